package ledger

import (
	"context"
	"math"
	"math/bits"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// holes are the holes of the union of a layer's features that come near the
// changes: windows 开天窗 of the urban boundary, and of the red line.
type holes struct {
	polygons []orb.MultiPolygon // one part each, whatever lies in it included
	index    *geo.Index
}

// gatherHoles reads the whole of a layer, since what encloses a change may lie
// far round it. Features whose boxes hang together make holes together; those
// round no change are passed over.
func (w *builder) gatherHoles(ctx context.Context, role domain.Role) (*holes, error) {
	h := &holes{index: geo.NewIndex(nil)}
	if !w.base.Has(role) {
		return h, nil
	}
	features, err := w.base.Near(ctx, role, w.ledger.CRS, nil)
	if err != nil {
		return nil, err
	}
	if h.polygons, err = Holes(ctx, features, w.nearChange); err != nil {
		return nil, err
	}
	if len(h.polygons) > 0 {
		h.index = indexOfShapes(h.polygons)
	}
	return h, ctx.Err()
}

// Holes are the holes of the union of features, one part each, whatever lies in
// them included; those of which wanted holds, by their boxes.
func Holes(ctx context.Context, features []plan.Parcel, wanted func(box orb.Bound) bool) ([]orb.MultiPolygon, error) {
	boxes := make([]orb.Bound, len(features))
	for i := range features {
		boxes[i] = geo.Bound(features[i].Geometry)
	}
	var holes []orb.MultiPolygon
	for _, cluster := range geo.Clusters(boxes) {
		var those []orb.MultiPolygon
		around := boxes[cluster[0]]
		for _, i := range cluster {
			those, around = append(those, features[i].Geometry), around.Union(boxes[i])
		}
		if !wanted(around) {
			continue
		}
		found, err := holesOf(ctx, those)
		if err != nil {
			return nil, named(err, func(i int) *plan.Feature { return &features[cluster[i]].Feature })
		}
		for _, p := range found {
			if mp := (orb.MultiPolygon{p}); wanted(geo.Bound(mp)) {
				holes = append(holes, mp)
			}
		}
	}
	return holes, nil
}

func (w *builder) nearChange(box orb.Bound) bool {
	near := false
	w.changeIndex.Search(box, func(int) bool {
		near = true
		return false
	})
	return near
}

func indexOfShapes(all []orb.MultiPolygon) *geo.Index {
	boxes := make([]orb.Bound, len(all))
	for i, mp := range all {
		boxes[i] = geo.Bound(mp)
	}
	return geo.NewIndex(boxes)
}

// holesOf are the holes of the union of features. One polygon whose rings touch
// nowhere has those that are drawn in it; all else is put together first.
func holesOf(ctx context.Context, features []orb.MultiPolygon) (orb.MultiPolygon, error) {
	if len(features) == 1 && len(features[0]) == 1 && apartRings(features[0][0]) {
		var holes orb.MultiPolygon
		for _, r := range features[0][0][1:] {
			holes = append(holes, orb.Polygon{r})
		}
		return holes, nil
	}
	shapes := make([]*overlay.Shape, len(features))
	for i, mp := range features {
		shapes[i] = overlay.Prepare(mp)
	}
	return filledHoles(ctx, shapes)
}

// apartRings tells whether no vertex stands twice: a ring that is led into the
// land and back to go round a hole comes by the same places twice.
func apartRings(p orb.Polygon) bool {
	n := 0
	for _, r := range p {
		n += len(r)
	}
	// A set of marks of places: boundaries of a county have tens of thousands.
	// Two places of one mark are taken for the same, which costs time only.
	seen := make([]uint64, 1<<bits.Len(uint(2*n)))
	for _, r := range p {
		for _, v := range r[:max(len(r)-1, 0)] {
			mark := math.Float64bits(v[0])*0x9e3779b97f4a7c15 ^ bits.RotateLeft64(math.Float64bits(v[1])*0xc2b2ae3d27d4eb4f, 31)
			at := mark >> 20 & uint64(len(seen)-1)
			for ; seen[at] != 0; at = (at + 1) & uint64(len(seen)-1) {
				if seen[at] == mark {
					return false
				}
			}
			seen[at] = mark
		}
	}
	return true
}

// enclose finishes the state before of a face. Outlines of holes are outlines
// of features and were cut along, so that a face lies in a hole wholly or not
// at all: one place of it tells.
func (c *cutter) enclose(f *Face) {
	s := &f.Before
	s.UrbanEnclosed = s.Urban || c.urbanHoles.contain(f.Geometry)
	s.RedLineWindow = !s.RedLine && c.redHoles.contain(f.Geometry)
}

func (h *holes) contain(p orb.Polygon) bool {
	if len(h.polygons) == 0 {
		return false
	}
	at := within(p)
	in := false
	h.index.Search(orb.Bound{Min: at, Max: at}, func(i int) bool {
		in = geo.Locate(at, h.polygons[i]) == geo.Inside
		return !in
	})
	return in
}

// PlaceIn is a place inside a polygon, away from its outline where it can be.
func PlaceIn(p orb.Polygon) orb.Point { return within(p) }

// within is a place inside a polygon: the middle of the longest stretch of a
// level line through it, halfway between two heights of its vertices.
func within(p orb.Polygon) orb.Point {
	var heights []float64
	for _, v := range p[0] {
		heights = append(heights, v[1])
	}
	slices.Sort(heights)
	heights = slices.Compact(heights)
	best, longest := p[0][0], 0.0
	try := func(y float64) {
		var xs []float64
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if (a[1] > y) != (b[1] > y) {
					xs = append(xs, a[0]+float64((y-a[1])/(b[1]-a[1])*(b[0]-a[0])))
				}
			}
		}
		slices.Sort(xs)
		for i := 0; i+1 < len(xs); i += 2 {
			if d := xs[i+1] - xs[i]; d > longest {
				best, longest = orb.Point{(xs[i] + xs[i+1]) / 2, y}, d
			}
		}
	}
	// The widest step between heights near the middle, then a few more: slivers
	// have steps that are no wider than rounding.
	for k := 1; k < len(heights); k++ {
		if len(heights) <= 16 || k%(len(heights)/16) == 0 {
			try(float64((heights[k-1] + heights[k]) / 2))
		}
	}
	return best
}
