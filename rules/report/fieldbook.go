package report

import (
	"fmt"
	"io"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/xuri/excelize/v2"
)

// WriteFieldsXLSX writes the reference of layers and fields as a workbook: a sheet
// with a row for each field, one of the layers, and, of the whole reference, one
// each of land classes and of papers, departments and stages.
func WriteFieldsXLSX(w io.Writer, ref domain.Reference, lang string) error {
	b := &book{f: excelize.NewFile(), lang: lang}
	defer b.f.Close()
	if err := b.prepare(); err != nil {
		return fmt.Errorf("report: workbook: %w", err)
	}
	b.fieldRows(ref)
	b.layerRows(ref)
	b.classRows(ref)
	b.codeRows(ref)
	return b.write(w)
}

func (b *book) fieldRows(ref domain.Reference) {
	s := b.sheet(geo.Text{ZH: "字段", EN: "Fields"}, true, 24, 22, 20, 16, 26, 16, 60)
	s.add(b.style.head, b.words("图层", "layer", "用途（plan.yaml 的键）", "role (key in plan.yaml)", "列名", "columns", "fields: 的键", "key under fields:", "含义", "meaning", "类型", "type", "取值", "values")...)
	for _, l := range ref.Layers {
		for _, f := range l.Fields {
			s.add(b.style.cell, l.Title.In(b.lang), string(l.Role), strings.Join(f.Columns, ", "), string(f.Field), f.Title.In(b.lang), f.Kind().In(b.lang), f.Domain(b.lang))
		}
	}
	s.table(1)
}

func (b *book) layerRows(ref domain.Reference) {
	s := b.sheet(geo.Text{ZH: "图层", EN: "Layers"}, true, 24, 22, 12, 44, 70)
	s.add(b.style.head, b.words("图层", "layer", "用途", "role", "属于", "in", "图层名", "names", "内容", "holds")...)
	for _, l := range ref.Layers {
		where := geo.Text{ZH: "方案", EN: "plan"}
		if l.In == "base" {
			where = geo.Text{ZH: "底图", EN: "base data"}
		}
		s.add(b.style.cell, l.Title.In(b.lang), string(l.Role), where.In(b.lang), strings.Join(l.Names, ", "), l.Holds.In(b.lang))
	}
	s.table(1)
}

func (b *book) classRows(ref domain.Reference) {
	if len(ref.Classes) == 0 {
		return
	}
	s := b.sheet(geo.Text{ZH: "地类", EN: "Land classes"}, true, 12, 34, 24)
	s.add(b.style.head, b.words("编码", "code", "名称", "name", "归类", "group")...)
	for _, c := range ref.Classes {
		s.add(b.style.cell, c.Code, c.Title.In(b.lang), domain.ClassGroupTitle(c.Group).In(b.lang))
	}
	s.table(1)
}

func (b *book) codeRows(ref domain.Reference) {
	if len(ref.Documents) == 0 {
		return
	}
	s := b.sheet(geo.Text{ZH: "材料和阶段", EN: "Papers and stages"}, true, 20, 28, 60)
	s.add(b.style.head, b.words("键", "key", "代码", "code", "含义", "meaning")...)
	for _, list := range []struct {
		key   string
		codes []domain.CodeReference
	}{{"documents: kind", ref.Documents}, {"documents: from", ref.Departments}, {"project: stage", ref.Stages}} {
		for _, c := range list.codes {
			s.add(b.style.cell, list.key, c.Code, c.Title.In(b.lang))
		}
	}
	s.table(1)
}
