package sample

import (
	"fmt"
	"slices"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// change is one feature of a plan layer, with what its layer states of it.
type change struct {
	id         string
	shape      orb.MultiPolygon
	village    string // ZLDWDM
	class      string // after
	grade      int    // after; 0 not stated
	slope      int
	ridge      int // 1/10000
	year       string
	date       string
	surveyDate string // "" not surveyed
	purpose    string
	subProject string
	declared   string // instead of the true area
}

// draft is a plan being made.
type draft struct {
	county  *County
	code    string
	name    string
	project orb.MultiPolygon

	out, in, use []change
	taken        map[int]bool // parcels that a change covers
	outDate      string
	inDate       string
	stage        string

	documents      []document
	justifications []justification
	quota          *quota
}

type document struct{ kind, village, from, subProject, file, text string }

type justification struct{ rule, scope, reason, document string }

type quota struct{ housing, development, mining, tradable int }

func newDraft(c *County, code, name string) *draft {
	return &draft{
		county: c, code: code, name: name, taken: map[int]bool{},
		project: c.shape(c.projectRect()), inDate: "20260630", outDate: "20260915", stage: "proposal",
	}
}

// at is a change of a whole parcel, with the standing that the parcel has.
func (d *draft) at(k int, prefix string, layer []change) change {
	c := d.county
	p := &c.parcels[k]
	d.taken[k] = true
	return change{
		id: fmt.Sprintf("%s%03d", prefix, len(layer)+1), shape: c.shape(p.rect), village: c.villageCode(p.village),
		grade: p.grade, slope: p.slope, ridge: p.ridge, year: "2026",
	}
}

// takeOut moves a parcel out of PBF.
func (d *draft) takeOut(k int) {
	x := d.at(k, "TC", d.out)
	x.date, x.subProject = d.outDate, "ZXM01"
	d.out = append(d.out, x)
}

// bringIn makes a parcel PBF.
func (d *draft) bringIn(k int) {
	x := d.at(k, "BH", d.in)
	x.date, x.surveyDate, x.subProject = d.inDate, d.inDate, "ZXM02"
	if !d.county.parcels[k].cropland() {
		x.grade, x.slope = newGrade, 1
	}
	d.in = append(d.in, x)
}

// newGrade is the grade that newly made cropland reaches.
const newGrade = 9

// turn changes a parcel's land class.
func (d *draft) turn(k int, class, purpose string) {
	x := d.at(k, "BG", d.use)
	x.class, x.purpose, x.date, x.subProject = class, purpose, d.inDate, "ZXM03"
	after := parcel{class: class}
	switch {
	case !after.cropland():
		x.grade, x.slope, x.ridge = 0, 0, 0
	case !d.county.parcels[k].cropland():
		x.grade, x.slope, x.ridge, x.surveyDate = newGrade, 1, 0, d.inDate
	}
	d.use = append(d.use, x)
}

// find lists, in order, the parcels of the project's villages that a test likes.
func (d *draft) find(likes func(p *parcel) bool) []int {
	area := d.county.projectRect()
	var out []int
	for k := range d.county.parcels {
		if p := &d.county.parcels[k]; !d.taken[k] && area.holds(p.rect) && likes(p) {
			out = append(out, k)
		}
	}
	return out
}

// apart reports whether a cell or a lane lies between a parcel and those in a list.
func (d *draft) apart(k int, from []int) bool {
	around := d.county.parcels[k].grown(1)
	return !slices.ContainsFunc(from, func(o int) bool { return around.meets(d.county.parcels[o].rect) })
}

// net is the cropland in changes, 0.01 m².
func (d *draft) net(changes []change) int64 {
	var sum int64
	for _, x := range changes {
		a := d.county.hundredths(x.shape)
		sum += a - (&parcel{ridge: x.ridge}).ridgeArea(a)
	}
	return sum
}

// row is a change with its serial number and its area, as tables need it.
type row struct {
	change
	area string
}

func orEmpty(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// tables draws the plan's layers.
func (d *draft) tables() []*geo.Table {
	c := d.county
	out := []*geo.Table{table(c, "ZZQY", []column[unit]{
		{text("BSM", 18), func(u unit) string { return u.code }},
		{text("XMMC", 60), func(u unit) string { return u.name }},
		{number("MJ", 18, 2), func(u unit) string { return metres(c.hundredths(u.shape)) }},
	}, []unit{{1, "ZZQY01", d.name, d.project}}, func(u unit) orb.MultiPolygon { return u.shape })}
	common := []column[row]{
		{text("BSM", 18), func(r row) string { return r.id }},
		{text("ZLDWDM", 19), func(r row) string { return r.village }},
		{number("MJ", 18, 2), func(r row) string { return r.area }},
		{number("NF", 4, 0), func(r row) string { return r.year }},
		{text("XMBH", 12), func(r row) string { return r.subProject }},
	}
	after := []column[row]{
		{date("YSRQ"), func(r row) string { return r.date }},
		{number("ZLDB", 2, 0), func(r row) string { return orEmpty(r.grade) }},
		{text("GDPDJB", 2), func(r row) string { return orEmpty(r.slope) }},
		{number("KCXS", 6, 4), func(r row) string {
			if r.grade == 0 {
				return ""
			}
			return fmt.Sprintf("0.%04d", r.ridge)
		}},
		{number("SCMJ", 18, 2), func(r row) string {
			if r.surveyDate == "" {
				return ""
			}
			return metres(c.hundredths(r.shape))
		}},
		{text("SCFF", 8), func(r row) string {
			if r.surveyDate == "" {
				return ""
			}
			return "RTK"
		}},
		{date("SCRQ"), func(r row) string { return r.surveyDate }},
	}
	left := []column[row]{{date("DCRQ"), func(r row) string { return r.date }}}
	use := []column[row]{
		{text("BGHDLBM", 5), func(r row) string { return r.class }},
		{text("YT", 8), func(r row) string { return r.purpose }},
	}
	for _, layer := range []struct {
		name    string
		changes []change
		columns []column[row]
	}{
		{"YJJBNTTC", d.out, slices.Concat(common, left)},
		{"YJJBNTBH", d.in, slices.Concat(common, after)},
		{"DLBG", d.use, slices.Concat(common, use, after)},
	} {
		if len(layer.changes) == 0 {
			continue
		}
		rows := make([]row, len(layer.changes))
		for i, x := range layer.changes {
			rows[i] = row{x, x.declared}
			if x.declared == "" {
				rows[i].area = metres(c.hundredths(x.shape))
			}
		}
		out = append(out, table(c, layer.name, layer.columns, rows, func(r row) orb.MultiPolygon { return r.shape }))
	}
	return out
}
