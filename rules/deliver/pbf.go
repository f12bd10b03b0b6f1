package deliver

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// What the plan did with a record.
const (
	changedIn     = "补划"
	changedOut    = "调出"
	changedRest   = "余留" // what stays of a parcel that was cut
	changedTraits = "属性更新"
)

// pbfUpdate is the layer of permanent basic farmland after the plan (三（二）):
// (before ∖ out) ∪ in. Records that the plan does not touch stay as they are; one
// that is cut becomes records of its pieces.
func (d *delivery) pbfUpdate(ctx context.Context) error {
	out := d.sum(leaves, func(f *ledger.Face) float64 { return f.Before.PBFNet })
	in := d.sum(enters, func(f *ledger.Face) float64 { return f.After.PBFNet })
	l := newPBFLayer(d.Base.Columns(domain.PBF))
	c := d.newPBFCutter(l)
	if err := d.dates(); err != nil {
		return err
	}
	rows, before, err := d.readPBF(ctx, l, func(row *pbfRow, r *plan.Record) ([]*pbfRow, error) { return c.cut(ctx, row, r) })
	if err != nil {
		return err
	}
	entered, err := c.entries(ctx)
	if err != nil {
		return err
	}
	rows = append(rows, entered...)
	repeated := l.identify(rows, d.Report.Plan.County)
	d.complete(l, rows)
	after := int64(0)
	for _, row := range rows {
		after += row.net
	}
	d.figure(float64(before)/100, "调整前永久基本农田", "PBF before")
	d.figure(out, "调出", "out")
	d.figure(in, "补划", "in")
	d.figure(float64(after)/100, "调整后永久基本农田", "PBF after")
	if len(entered) == 0 && len(c.ended) == 0 && !slices.ContainsFunc(rows, func(r *pbfRow) bool { return r.change != "" }) {
		return d.nothing("方案没有调出、补划永久基本农田，数据库无需更新", "the plan moves no permanent basic farmland: the database needs no update")
	}
	d.tellPBF(l, c, rows, repeated, after-(before-centi(out)+centi(in)))
	title := geo.Text{ZH: "永久基本农田图斑", EN: "permanent basic farmland"}
	d.out.layers = append(d.out.layers, layer{l.fill(d, d.newTable("YJJBNTTB", title, domain.PBF), rows), nil})
	if len(c.ended) > 0 {
		title = geo.Text{ZH: "保护结束图斑", EN: "parcels that leave"}
		d.out.layers = append(d.out.layers, layer{l.fill(d, d.newTable(title.ZH, title, domain.PBFOut), c.ended), nil})
	}
	d.townshipSheet(l, rows, c.ended)
	d.changeSheet(l, rows, c.ended)
	return nil
}

// complete writes what every record that the plan touches states, and drafts say.
func (d *delivery) complete(l *pbfLayer, rows []*pbfRow) {
	yes, no := "1", "0"
	for _, row := range rows {
		if v := l.get(row, fieldStable); v == "是" || v == "否" {
			yes, no = "是", "否"
			break
		}
	}
	for _, row := range rows {
		if row.change != changedIn && row.change != changedTraits {
			continue
		}
		l.set(row, fieldStable, yes)
		if domain.Unstable(l.get(row, fieldTBXHDM)) || l.get(row, fieldSlope) == "5" {
			l.set(row, fieldStable, no)
		}
		if l.get(row, fieldXZQMC) == "" {
			l.set(row, fieldXZQMC, d.unitName(l.get(row, fieldXZQDM)))
		}
	}
}

// unitName is the name of a village or township.
func (d *delivery) unitName(code string) string {
	return cmp.Or(d.Ledger.Villages[code], d.Ledger.Townships[code])
}

// fill puts rows into a layer.
func (l *pbfLayer) fill(d *delivery, t *geo.Table, rows []*pbfRow) *geo.Table {
	for _, f := range l.fields {
		t.Fields = append(t.Fields, f.Field)
	}
	t.Rows = make([]geo.Feature, len(rows))
	for i, row := range rows {
		if d.Draft && !strings.HasPrefix(l.get(row, fieldRemark), draftMark) {
			l.set(row, fieldRemark, remarks(true, l.get(row, fieldRemark)))
		}
		t.Rows[i] = geo.Feature{Record: i + 1, Geometry: row.geometry, Values: row.values}
	}
	widen(t)
	return t
}

// dates refuses a plan that does not say from when its parcels count.
func (d *delivery) dates() error {
	for i := range d.Ledger.Faces {
		f := &d.Ledger.Faces[i]
		c := f.In
		if leaves(f) {
			c = f.Out
		} else if !enters(f) {
			continue
		}
		if d.day(c) == "" {
			return &geo.InputError{File: c.File, Record: c.Record,
				Message: geo.Textf("图斑 %s 没有日期和年份，plan.yaml 也没有 year，不知道从哪天起生效", "the parcel %s has neither date nor year, and plan.yaml no year: from when it counts is not known", c.ID),
				Advice:  geo.Text{ZH: "请填写 YSRQ（补划）、DCRQ（调出）或 NF，或给出成果日期", EN: "Fill in YSRQ (in), DCRQ (out) or NF, or give the deliverable a day"}}
		}
	}
	return nil
}

// day is when a change takes effect, YYYYMMDD: its own date (YSRQ, DCRQ), else that
// of the deliverable, else the last day of its year or the plan's; "" unknown.
func (d *delivery) day(c *plan.Change) string {
	if c.Date != "" {
		return c.Date
	}
	if d.Dated != "" {
		return dayOf(d.Dated)
	}
	if year := yearOf(c, d.Ledger.Plan); year != 0 {
		return level(year) + "1231"
	}
	return ""
}

// yearOfFaces is the last year in which a change of faces takes effect.
func (d *delivery) yearOfFaces(faces []*ledger.Face) (year int) {
	for _, f := range faces {
		for _, c := range f.Changes() {
			year = max(year, yearOf(c, d.Ledger.Plan))
		}
	}
	if year == 0 && d.Dated != "" {
		year = yearOf(&plan.Change{Date: dayOf(d.Dated)}, d.Ledger.Plan)
	}
	return year
}

// changeIDs are the ids of the changes of faces, each once.
func changeIDs(faces []*ledger.Face) string {
	ids := map[string]bool{}
	for _, f := range faces {
		for _, c := range f.Changes() {
			ids[c.ID] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(ids)), "、")
}
