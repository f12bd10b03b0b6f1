package ledger

import (
	"cmp"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// clash is a pair of features of one layer that claim the same land.
type clash struct{ keeps, loses *plan.Feature }

// overlapping is a cell that a clash is about.
type overlapping struct {
	clash
	polygon orb.Polygon
}

// joinOverlaps adds up the overlap of each pair, boundary noise left out.
func (w *works) joinOverlaps(overlaps map[clash][]orb.Polygon) {
	l := w.ledger
	for pair, cells := range overlaps {
		var kept orb.MultiPolygon
		area := 0.0
		for _, polygon := range overlay.Dissolve(cells) {
			a := w.surveyor.Polygon(polygon)
			if sliver, _ := l.Sliver.Is(a, polygon); !sliver {
				kept = append(kept, polygon)
				area += a
			}
		}
		if len(kept) > 0 {
			l.Overlaps = append(l.Overlaps, Overlap{Role: pair.keeps.Role, Keeps: *pair.keeps, Loses: *pair.loses, Area: area, Geometry: kept})
		}
	}
	slices.SortFunc(l.Overlaps, func(a, b Overlap) int {
		return cmp.Or(compareFeatures(a.Keeps, b.Keeps), compareFeatures(a.Loses, b.Loses))
	})
}

// Is tells whether a polygon of that area is boundary noise, and its average
// width 2A/P in metres.
func (s SliverLimits) Is(area float64, p orb.Polygon) (sliver bool, width float64) {
	if around := perimeter(orb.MultiPolygon{p}); around > 0 {
		width = 2 * area / around
	}
	return area < s.Area || width < s.Width, width
}
