package ledger

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// overlapPair is a pair of features of one layer that claim the same land.
type overlapPair struct{ keeps, loses *plan.Feature }

// overlapCell is a cell that an overlapPair is about.
type overlapCell struct {
	overlapPair
	polygon orb.Polygon
}

// joinOverlaps adds up the overlap of each pair, slivers left out:
// pieces are joined whatever pairs they come from, and above the ceiling none
// is a sliver (README.md, Pieces and slivers).
func (w *builder) joinOverlaps(ctx context.Context, found []overlapCell) error {
	l := w.ledger
	pairs, overlaps := byPair(found)
	byRole := map[domain.Role][]Shape{}
	of := map[domain.Role][]overlapPair{}
	for _, pair := range pairs {
		union, err := overlay.Dissolve(ctx, overlaps[pair])
		if err != nil {
			return named(err, func(int) *plan.Feature { return pair.keeps })
		}
		for _, polygon := range union {
			role := pair.keeps.Role
			byRole[role] = append(byRole[role], Shape{polygon, w.surveyor.Polygon(polygon)})
			of[role] = append(of[role], pair)
		}
	}
	for _, role := range slices.Sorted(maps.Keys(byRole)) {
		var last overlapPair
		slivers := l.sliversBelowCeiling(ending(ctx), byRole[role])
		for i, shape := range byRole[role] {
			if slivers[i] {
				continue
			}
			if pair := of[role][i]; pair != last {
				l.Overlaps = append(l.Overlaps, Overlap{Role: role, Keeps: *pair.keeps, Loses: *pair.loses})
				last = pair
			}
			o := &l.Overlaps[len(l.Overlaps)-1]
			o.Area += shape.Area
			o.Geometry = append(o.Geometry, shape.Polygon)
		}
	}
	if err := stopped(ctx); err != nil {
		return err
	}
	slices.SortStableFunc(l.Overlaps, func(a, b Overlap) int {
		return cmp.Or(compareFeatures(a.Keeps, b.Keeps), compareFeatures(a.Loses, b.Loses))
	})
	return nil
}

// byPair sorts cells by the pair that they are about. Pairs that no file and
// record tells apart, as of two counties whose files have one name, stay in the
// order in which they were found.
func byPair(found []overlapCell) (pairs []overlapPair, cells map[overlapPair][]orb.Polygon) {
	cells = map[overlapPair][]orb.Polygon{}
	for _, o := range found {
		if cells[o.overlapPair] == nil {
			pairs = append(pairs, o.overlapPair)
		}
		cells[o.overlapPair] = append(cells[o.overlapPair], o.polygon)
	}
	slices.SortStableFunc(pairs, func(a, b overlapPair) int {
		return cmp.Or(compareFeatures(*a.keeps, *b.keeps), compareFeatures(*a.loses, *b.loses))
	})
	return pairs, cells
}

// sliversBelowCeiling tells which shapes are slivers; none is where they
// add up to more than may be left out.
func (l *Ledger) sliversBelowCeiling(stopped func() error, shapes []Shape) map[int]bool {
	set := make([]int, len(shapes))
	for i := range set {
		set[i] = i
	}
	slivers, _ := NewComponents(stopped, shapes, l.Sliver).Slivers(set)
	out, sum := map[int]bool{}, 0.0
	for _, i := range slivers {
		out[i] = true
		sum += shapes[i].Area
	}
	if sum > l.Ceiling() {
		return nil
	}
	return out
}

// The ceiling on what may be left out as slivers: README.md,
// Pieces and slivers.
const (
	ceilingArea  = 10.0   // m²
	ceilingShare = 0.0001 // of the changed land
)

// Ceiling is the area of slivers that one rule may leave out, m².
func (l *Ledger) Ceiling() float64 { return max(ceilingArea, ceilingShare*l.Changed) }

// Is tells whether a polygon of that area is a sliver, and its average
// width 2A/P in metres.
func (s SliverLimits) Is(area float64, p orb.Polygon) (sliver bool, width float64) {
	if around := perimeter(orb.MultiPolygon{p}); around > 0 {
		width = 2 * area / around
	}
	return area < s.Area || width < s.Width, width
}
