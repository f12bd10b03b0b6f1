package report

import (
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// column is one column of the ledger as a table, the same in CSV, XLSX and
// GeoPackage. Values are what the rules computed with, not rounded: a reader
// sums them and gets the figure of the report.
type column struct {
	Name string // a GeoPackage column too: lower case
	Type geo.FieldType
	Of   func(*ledger.Face) string
}

// faceColumns lists the columns in reading order: where, before, after, the
// changes, the sources.
func faceColumns(l *ledger.Ledger) []column {
	cols := []column{
		{"face", geo.NumberField, func(f *ledger.Face) string { return strconv.Itoa(f.ID) }},
		{"area_m2", geo.NumberField, func(f *ledger.Face) string { return figureText(f.Area) }},
		{"width_m", geo.NumberField, func(f *ledger.Face) string { return figureText(f.Width) }},
		{"sliver", geo.NumberField, func(f *ledger.Face) string { return bit(f.Sliver) }},
		{"county", geo.TextField, func(f *ledger.Face) string { return f.County }},
		{"township", geo.TextField, func(f *ledger.Face) string { return f.Township }},
		{"township_name", geo.TextField, func(f *ledger.Face) string { return l.Townships[f.Township] }},
		{"village", geo.TextField, func(f *ledger.Face) string { return f.Village }},
		{"village_name", geo.TextField, func(f *ledger.Face) string { return l.Villages[f.Village] }},
		{"in_project", geo.NumberField, func(f *ledger.Face) string { return bit(f.InProject) }},
		{"sloped_block_m2", geo.NumberField, func(f *ledger.Face) string { return figureText(f.SlopedBlock) }},
	}
	cols = append(cols, stateColumns("before_", func(f *ledger.Face) *ledger.State { return &f.Before })...)
	cols = append(cols, stateColumns("after_", func(f *ledger.Face) *ledger.State { return &f.After })...)
	cols = append(cols, changeColumns("pbf_out", func(f *ledger.Face) *plan.Change { return f.Out })...)
	cols = append(cols, changeColumns("pbf_in", func(f *ledger.Face) *plan.Change { return f.In })...)
	cols = append(cols, changeColumns("land_use_change", func(f *ledger.Face) *plan.Change { return f.Use })...)
	cols = append(cols, changeColumns("urban_boundary_change", func(f *ledger.Face) *plan.Change { return f.Urban })...)
	cols = append(cols, changeColumns("red_line_change", func(f *ledger.Face) *plan.Change { return f.Line })...)
	return append(cols, column{"sources", geo.TextField, sources})
}

// stateColumns are what a face is, before or after.
func stateColumns(prefix string, of func(*ledger.Face) *ledger.State) []column {
	textual := func(name string, get func(*ledger.State) string) column {
		return column{prefix + name, geo.TextField, func(f *ledger.Face) string { return get(of(f)) }}
	}
	numeric := func(name string, get func(*ledger.State) string) column {
		return column{prefix + name, geo.NumberField, func(f *ledger.Face) string { return get(of(f)) }}
	}
	yes := func(name string, get func(*ledger.State) bool) column {
		return numeric(name, func(s *ledger.State) string { return bit(get(s)) })
	}
	cols := []column{
		textual("class", func(s *ledger.State) string { return s.Class }),
		yes("known", func(s *ledger.State) bool { return s.Known }),
		yes("cropland", func(s *ledger.State) bool { return s.Cropland }),
		numeric("cropland_net_m2", func(s *ledger.State) string { return figureText(s.CroplandNet) }),
		yes("pbf", func(s *ledger.State) bool { return s.PBF }),
		numeric("pbf_net_m2", func(s *ledger.State) string { return figureText(s.PBFNet) }),
		yes("construction", func(s *ledger.State) bool { return s.Construction }),
		yes("forest", func(s *ledger.State) bool { return s.Forest }),
		yes("grassland", func(s *ledger.State) bool { return s.Grassland }),
		yes("wetland", func(s *ledger.State) bool { return s.Wetland }),
		yes("ecological", func(s *ledger.State) bool { return s.Ecological }),
		yes("agricultural", func(s *ledger.State) bool { return s.Agricultural }),
		yes("unused", func(s *ledger.State) bool { return s.Unused }),
		numeric("slope", func(s *ledger.State) string { return known0(s.Slope) }),
		numeric("grade", func(s *ledger.State) string { return known0(s.Grade) }),
		textual("refinement", func(s *ledger.State) string { return s.Refinement }),
		yes("unstable", func(s *ledger.State) bool { return s.Unstable }),
		yes("red_line", func(s *ledger.State) bool { return s.RedLine }),
		yes("urban", func(s *ledger.State) bool { return s.Urban }),
	}
	for _, flag := range ledger.Flags() {
		cols = append(cols, yes(string(flag.Role), func(s *ledger.State) bool { return *flag.In(s) }))
	}
	return cols
}

// changeColumns are the change of one kind that covers a face, empty where none
// does.
func changeColumns(name string, of func(*ledger.Face) *plan.Change) []column {
	cell := func(suffix string, t geo.FieldType, get func(*plan.Change) string) column {
		return column{name + suffix, t, func(f *ledger.Face) string {
			c := of(f)
			if c == nil || !c.Exists {
				return ""
			}
			return get(c)
		}}
	}
	return []column{
		cell("", geo.TextField, func(c *plan.Change) string { return changeID(c) }),
		cell("_year", geo.NumberField, func(c *plan.Change) string { return known0(c.Year) }),
		cell("_date", geo.TextField, func(c *plan.Change) string { return c.Date }),
		cell("_purpose", geo.TextField, func(c *plan.Change) string { return c.Purpose }),
	}
}

func changeID(c *plan.Change) string {
	if c.ID == "" {
		return "#" + strconv.Itoa(c.Record)
	}
	return c.ID
}

// sources names every feature that covers a face: "pbf:15…;land_use:42".
func sources(f *ledger.Face) string {
	var b strings.Builder
	for i, r := range f.Refs {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(string(r.Role) + ":" + r.ID)
	}
	return b.String()
}

// figureText is a number as computed, in the fewest digits that read back the
// same, never with an exponent.
func figureText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func bit(b bool) string { return strconv.Itoa(b2i(b)) }

// known0 leaves an unknown class or year (0) empty.
func known0(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
