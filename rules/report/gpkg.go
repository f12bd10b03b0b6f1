package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/geo/outfile"
	"landcheck/geo/symbol"
	"landcheck/geo/transient"

	"github.com/paulmach/orb"
)

// geoPackageFile writes the findings on CGCS2000 longitude and latitude, as in
// the report, the plan's layers and the faces of the ledger in its own system,
// and a table without shapes of what the report says first. Layers are drawn as
// on the page; people are shown titles in place of names.
func geoPackageFile(ctx context.Context, path string, in Input) error {
	if err := in.check(Format{Name: "gpkg", Ledger: true}); err != nil {
		return err
	}
	tables := []*geo.Table{findingTable(in)}
	if in.Report.Layer == nil { // one layer has no plan and no faces
		tables = append(tables, planTables(in)...)
		tables = append(tables, faceTable(in))
	}
	return geopackage.Write(ctx, path, append(tables, verdictTable(in)))
}

// writeGeoPackage makes the database in a temporary directory and copies it: a
// stream has no context to be cancelled by, WriteFile has.
func writeGeoPackage(w io.Writer, in Input) error {
	if err := in.check(Format{Name: "gpkg", Ledger: true}); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "landcheck-*")
	if err != nil {
		return fmt.Errorf("report: %w", transient.Mark(err))
	}
	defer outfile.RemoveAll(dir)
	path := filepath.Join(dir, "report.gpkg")
	if err := geoPackageFile(context.Background(), path, in); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer f.Close()
	_, err = io.Copy(w, bufio.NewReader(f))
	return err
}

// findingFields are the columns of the findings; the last is there against a
// baseline alone.
var findingFields = []struct {
	Name  string
	Title geo.Text
	Type  geo.FieldType
}{
	{"number", geo.Text{ZH: "编号", EN: "number"}, geo.NumberField},
	{"finding", geo.Text{ZH: "问题标识", EN: "id of the finding"}, geo.TextField},
	{"rule", geo.Text{ZH: "规则", EN: "rule"}, geo.TextField},
	{"title", geo.Text{ZH: "规则名称", EN: "title of the rule"}, geo.TextField},
	{"level", geo.Text{ZH: "级别", EN: "level"}, geo.TextField},
	{"status", geo.Text{ZH: "状态", EN: "status"}, geo.TextField},
	{"message", geo.Text{ZH: "问题说明", EN: "what is wrong"}, geo.TextField},
	{"remedy", geo.Text{ZH: "整改建议", EN: "what to do"}, geo.TextField},
	{"scope_kind", geo.Text{ZH: "范围类型", EN: "kind of scope"}, geo.TextField},
	{"scope_code", geo.Text{ZH: "范围代码", EN: "code of the scope"}, geo.TextField},
	{"scope_name", geo.Text{ZH: "范围名称", EN: "name of the scope"}, geo.TextField},
	{"area_m2", geo.Text{ZH: "面积（m²）", EN: "area (m²)"}, geo.NumberField},
	{"features", geo.Text{ZH: "涉及图斑", EN: "features"}, geo.TextField},
	{"faces", geo.Text{ZH: "涉及台账面编号", EN: "faces of the ledger"}, geo.TextField},
	{"baseline", geo.Text{ZH: "与基准报告比较", EN: "against the baseline"}, geo.TextField},
}

func findingTable(in Input) *geo.Table {
	t := &geo.Table{Name: "findings", Title: geo.Text{ZH: "问题", EN: "findings"}.In(in.Lang), CRS: geo.CRS{Kind: geo.Geographic},
		Styles: []symbol.Style{findingStyle(in.Lang)}}
	against := in.Report.Baseline != nil
	for _, f := range findingFields {
		if f.Name != "baseline" || against {
			t.Fields = append(t.Fields, geo.Field{Name: f.Name, Alias: f.Title.In(in.Lang), Type: f.Type})
		}
	}
	for _, f := range WorstFirst(in.Report) {
		p := propertiesOf(f, in.Lang)
		row := geo.Feature{Record: f.Number, Values: []string{strconv.Itoa(p.Number), f.Finding.ID, p.Rule, p.Title, p.Level, p.Status,
			clean(p.Message), clean(p.Remedy), p.ScopeKind, clean(p.ScopeCode), clean(p.ScopeName), figureText(p.Area), p.Features, faceList(f.Finding.Faces)}}
		if against {
			row.Values = append(row.Values, p.Baseline)
		}
		if g := f.Finding.Geometry; g != nil {
			row.Geometry = g.Polygons
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// verdictTable is the headline and, under it, what the verdict does not cover.
func verdictTable(in Input) *geo.Table {
	t := &geo.Table{Name: "verdict", Title: geo.Text{ZH: "核查结论", EN: "verdict"}.In(in.Lang), CRS: geo.CRS{Kind: geo.Geographic}, Fields: []geo.Field{
		{Name: "kind", Alias: geo.Text{ZH: "类别", EN: "kind"}.In(in.Lang), Type: geo.TextField},
		{Name: "text", Alias: geo.Text{ZH: "内容", EN: "text"}.In(in.Lang), Type: geo.TextField}}}
	add := func(kind string, text geo.Text) {
		t.Rows = append(t.Rows, geo.Feature{Record: len(t.Rows) + 1, Values: []string{kind, clean(text.In(in.Lang))}})
	}
	h := HeadlineOf(in.Report)
	add(string(in.Report.Verdict), h.Head)
	if b := in.Report.Baseline; b != nil {
		add("baseline", baselineLine(b))
	}
	add("means", h.Means)
	for _, r := range h.Remarks {
		add(r.Kind, r.Text)
	}
	add("next", h.Next)
	return t
}

// faceList names the rows of the layer of faces behind a finding: "3 17 18".
func faceList(faces []int) string {
	var b strings.Builder
	for i, id := range faces {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(id))
	}
	return b.String()
}

func faceTable(in Input) *geo.Table {
	l := in.Ledger
	t := &geo.Table{Name: "faces", Title: geo.Text{ZH: "台账图斑", EN: "faces of the ledger"}.In(in.Lang), CRS: l.CRS, Styles: faceStyles(in.Lang)}
	cols := faceColumns(l)
	for _, c := range cols {
		t.Fields = append(t.Fields, geo.Field{Name: c.Name, Alias: c.Title.In(in.Lang), Type: c.Type})
	}
	for i := range l.Faces {
		f := &l.Faces[i]
		row := geo.Feature{Record: i + 1, Geometry: orb.MultiPolygon{f.Geometry}, Values: make([]string, len(cols))}
		for j, c := range cols {
			row.Values[j] = c.Of(f)
			if c.Type == geo.TextField {
				row.Values[j] = clean(row.Values[j])
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
