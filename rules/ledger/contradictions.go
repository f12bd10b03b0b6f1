package ledger

import (
	"cmp"
	"math"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// contradiction is a way in which columns of a record contradict each other or
// its shape.
type contradiction struct {
	field           string
	message, remedy geo.Text // %[1]d: records
}

const (
	netOffShape = iota
	netAboveGross
	grossOffShape
	otherTownship
	contradictionKinds
)

func contradictionOf(kind int, role domain.Role) contradiction {
	column := "TBMJ"
	if role == domain.PBF {
		column = "YJJBNTTBMJ"
	}
	check := geo.Text{ZH: "请核对底图的属性表", EN: "Check the attributes of the base data"}
	switch kind {
	case netOffShape:
		return contradiction{"YJJBNTMJ", geo.Text{
			ZH: "变更地块所涉有 %[1]d 条记录的永久基本农田面积 YJJBNTMJ（或 JBNTMJ）与图形面积相差过大，单位可能不是平方米；这些地块按图形面积计算",
			EN: "%[1]d records under changed land declare a PBF area (YJJBNTMJ or JBNTMJ) that their shape cannot have: it may not be in square metres; their shapes count instead"},
			geo.Text{ZH: "请以平方米为单位重新填写底图的永久基本农田面积（1 公顷 = 10000 平方米，1 亩 = 666.67 平方米），或留空由图形计算",
				EN: "Write the PBF area of the base data in square metres (1 hm² is 10000, 1 mu 666.67), or leave it empty to have it computed"}}
	case netAboveGross:
		return contradiction{"YJJBNTMJ", geo.Text{ZH: "变更地块所涉有 %[1]d 条记录的永久基本农田面积大于图斑面积 YJJBNTTBMJ",
			EN: "%[1]d records under changed land declare more PBF than the parcel's area YJJBNTTBMJ"}, check}
	case grossOffShape:
		return contradiction{column, geo.Text{ZH: "变更地块所涉有 %[1]d 条记录的图斑面积 " + column + " 与图形面积相差超过 1 m² 和 1%%",
			EN: "%[1]d records under changed land declare an area " + column + " that differs from the shape's by more than 1 m² and 1 %%"}, check}
	}
	return contradiction{"ZLDWDM", geo.Text{ZH: "变更地块所涉有 %[1]d 条记录的坐落单位代码 ZLDWDM 与其所在的苏木乡镇不符",
		EN: "%[1]d records under changed land have a ZLDWDM of another township than the one in which they lie"}, check}
}

// leastTouched is how many records of a layer must be under changed land before
// most of them being wrong says something about the layer.
const leastTouched = 3

// touched is the records of one layer under changed land, and which of them are
// wrong.
type touched struct {
	role   domain.Role
	file   string
	all    int
	wrong  [contradictionKinds][]*parcel
	either []*parcel // whose shape is not what the columns say
}

// contradictions tells of parcels under changed land whose columns contradict
// each other, each kind once for a layer (README.md of rules/plan, Base data).
func (w *builder) contradictions() {
	layers := map[string]*touched{}
	var order []*touched // as they are met: reports are the same to the byte
	for i := range w.layers {
		for j := range w.layers[i].parcels {
			p := &w.layers[i].parcels[j]
			if !p.under.Load() || p.Role != domain.PBF && p.Role != domain.LandUse {
				continue
			}
			t := layers[p.File]
			if t == nil {
				t = &touched{role: p.Role, file: p.File}
				layers[p.File], order = t, append(order, t)
			}
			t.all++
			w.contradicts(t, p)
		}
	}
	for _, t := range order {
		for kind, wrong := range t.wrong {
			w.tellContradiction(t, contradictionOf(kind, t.role), wrong)
		}
		if t.all >= leastTouched && 2*len(t.either) > t.all {
			w.tellContradiction(t, contradiction{"", geo.Text{
				ZH: "变更地块所涉的记录中多半（%[1]d 条）属性与图形不符，疑似 .dbf 单独排序后与 .shp 错位",
				EN: "most of the records under changed land (%[1]d) contradict their shapes: it looks like a .dbf that was sorted apart from its .shp"},
				geo.Text{ZH: "请从原始数据重新导出该图层", EN: "Export the layer again from its source"}}, t.either)
		}
	}
}

func (w *builder) contradicts(t *touched, p *parcel) {
	note := func(kind int, apart bool) {
		t.wrong[kind] = append(t.wrong[kind], p)
		if n := len(t.either); apart && (n == 0 || t.either[n-1] != p) {
			t.either = append(t.either, p)
		}
	}
	if p.Net.Known && !plan.PlausibleNet(p.Net.Value, p.whole(w.surveyor.MultiPolygon)) {
		note(netOffShape, true)
	}
	if p.Gross.Known {
		if p.Net.Known && p.Net.Value > p.Gross.Value+0.01 {
			note(netAboveGross, false)
		}
		// The plane tells most of them: it is off by a thousandth at most.
		off := math.Abs(p.Gross.Value - w.surveyor.Planar(p.Geometry))
		if slack := max(1, 0.01*p.Gross.Value); off > 0.7*slack {
			whole := p.whole(w.surveyor.MultiPolygon)
			if math.Abs(p.Gross.Value-whole) > max(1, 0.01*whole) {
				note(grossOffShape, true)
			}
		}
	}
	if code := prefix(p.Unit, 9); code != "" && !p.home.Load() {
		if in := w.townshipAt(p); in != "" && in != code {
			note(otherTownship, true)
		}
	}
}

// townshipAt is the township near the changes in which the middle of a parcel
// lies, "" for none.
func (w *builder) townshipAt(p *parcel) (code string) {
	if len(p.Geometry) == 0 {
		return ""
	}
	at := within(p.Geometry[0])
	for i := range w.layers {
		if w.layers[i].role != domain.Townships {
			continue
		}
		for j := range w.layers[i].parcels {
			t := &w.layers[i].parcels[j]
			if code == "" && t.Box.Contains(at) && geo.Locate(at, t.Geometry) == geo.Inside {
				code = prefix(t.Code, 9)
			}
		}
	}
	return code
}

func (w *builder) tellContradiction(t *touched, c contradiction, wrong []*parcel) {
	if len(wrong) == 0 {
		return
	}
	// Files of two counties may have one name, and records one number in both.
	slices.SortStableFunc(wrong, func(a, b *parcel) int { return cmp.Compare(a.Record, b.Record) })
	f := BaseIssue{Records: len(wrong), Area: w.changedOver(wrong), Issue: plan.Issue{
		Role: t.role, File: t.file, Record: wrong[0].Record, ID: wrong[0].ID, Field: c.field, Remedy: c.remedy,
		Message: geo.Textf(c.message.ZH, c.message.EN, len(wrong))}}
	for _, p := range wrong[1:min(len(wrong), 3)] {
		f.With = append(f.With, bare(p.Feature))
	}
	w.inputError(f)
}

// changedOver is the changed land over some parcels, m².
func (w *builder) changedOver(parcels []*parcel) float64 {
	those := map[Ref]bool{}
	for _, p := range parcels {
		those[Ref{p.Role, p.ID}] = true
	}
	sum := 0.0
	for i := range w.ledger.Faces {
		f := &w.ledger.Faces[i]
		if slices.ContainsFunc(f.Refs, func(r Ref) bool { return those[r] }) {
			sum += f.Area
		}
	}
	return sum
}
