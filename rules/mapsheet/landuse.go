package mapsheet

import (
	"fmt"
	"maps"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// landUse draws the land use of the project area, before or after, a path a
// class; after is before with the faces that change drawn over it. The areas are
// the report's table.
func (s *sheet) landUse() legend {
	before := map[string][]orb.MultiPolygon{}
	for i := range s.in.Land.LandUse {
		p := &s.in.Land.LandUse[i]
		code := domain.ClassCode(p.Traits.Class)
		before[code] = append(before[code], p.Geometry)
	}
	s.beginMap()
	s.b.WriteString(`<g class="land" clip-path="url(#project)">` + "\n")
	s.classes(before)
	if s.kind == LandUseAfter {
		s.classes(s.changed())
	}
	s.b.WriteString("</g>\n")
	s.boundaries()
	s.endMap()

	l := legend{heads: areaHeads(), source: domain.SheetColourSource}
	sum := 0.0
	for _, r := range s.in.Report.LandUse {
		area := r.Before
		if s.kind == LandUseAfter {
			area = r.After
		}
		if area == 0 {
			continue
		}
		sum += area
		l.rows = append(l.rows, areaRow(classLook(r.Code), r.Code+" "+r.Title.In(s.in.Lang), area))
	}
	total := areaRow("", geo.Text{ZH: "合计", EN: "total"}.In(s.in.Lang), sum)
	total.strong = true
	l.rows = append(l.rows, total)
	return l
}

// changed is the land of the project area whose class the plan changes, by its
// class after: what the table of the report moves.
func (s *sheet) changed() map[string][]orb.MultiPolygon {
	after := map[string][]orb.MultiPolygon{}
	for i := range s.in.Ledger.Faces {
		if f := &s.in.Ledger.Faces[i]; f.InProject && f.Before.Class != f.After.Class {
			after[f.After.Class] = append(after[f.After.Class], orb.MultiPolygon{f.Geometry})
		}
	}
	return after
}

func (s *sheet) classes(shapes map[string][]orb.MultiPolygon) {
	for _, code := range slices.Sorted(maps.Keys(shapes)) {
		s.fill(classLook(code), shapes[code])
	}
}

func classLook(code string) string { return fmt.Sprintf(`fill="#%06x"`, domain.SheetColour(code)) }
