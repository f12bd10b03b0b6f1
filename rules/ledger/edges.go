package ledger

import (
	"sync"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// From so many edges on an outline is looked through by an index of blocks of
// them: a change of 20 000 teeth is held against itself and its neighbours edge
// by edge.
const (
	manyEdges = 256
	edgeBlock = 16
)

// indexedShape is an outline with its box.
type indexedShape struct {
	outline orb.MultiPolygon
	box     orb.Bound
	index   func() *edgeIndex // of an outline of many edges, made for whoever asks first; else nil
}

func indexShape(outline orb.MultiPolygon) *indexedShape {
	return boxedShape(outline, geo.Bound(outline))
}

func boxedShape(outline orb.MultiPolygon, box orb.Bound) *indexedShape {
	f := &indexedShape{outline: outline, box: box}
	if vertices(outline) >= manyEdges {
		f.index = sync.OnceValue(func() *edgeIndex { return indexEdges(outline) })
	}
	return f
}

// edgeIndex is runs of edges by their boxes.
type edgeIndex struct {
	runs  []orb.Ring // the ends of edgeBlock edges each, and no ring
	parts []int32    // run → part of the outline
	boxes *geo.Index
}

func indexEdges(outline orb.MultiPolygon) *edgeIndex {
	ix := &edgeIndex{}
	var boxes []orb.Bound
	for k, p := range outline {
		for _, r := range p {
			for from := 0; from+1 < len(r); from += edgeBlock {
				run := r[from:min(from+edgeBlock+1, len(r))]
				ix.runs, ix.parts, boxes = append(ix.runs, run), append(ix.parts, int32(k)), append(boxes, run.Bound())
			}
		}
	}
	ix.boxes = geo.NewIndex(boxes)
	return ix
}

// near yields the edges whose boxes meet another, in an order of their own;
// false when it was told to stop.
func (f *indexedShape) near(box *orb.Bound, yield func(p, q *orb.Point) bool) bool {
	if f.index == nil {
		for _, p := range f.outline {
			for _, r := range p {
				if !nearOf(r, box, yield) {
					return false
				}
			}
		}
		return true
	}
	ix, on := f.index(), true
	ix.boxes.Search(*box, func(i int) bool {
		on = nearOf(ix.runs[i], box, yield)
		return on
	})
	return on
}

func nearOf(r orb.Ring, box *orb.Bound, yield func(p, q *orb.Point) bool) bool {
	for i := 1; i < len(r); i++ {
		if near(&r[i-1], &r[i], box) && !yield(&r[i-1], &r[i]) {
			return false
		}
	}
	return true
}

// holds tells whether a place lies in a shape or on its outline.
func (f *indexedShape) holds(p orb.Point) bool {
	if !f.box.Contains(p) {
		return false
	}
	if f.index == nil {
		return geo.Locate(p, f.outline) != geo.Outside
	}
	return f.index().holds(p, f.box.Max[0])
}

// holds is geo.Locate by the edges about a ray to the east.
func (ix *edgeIndex) holds(p orb.Point, east float64) bool {
	on, odd := false, map[int32]bool{} // parts that the ray leaves an odd number of times
	ix.boxes.Search(orb.Bound{Min: p, Max: orb.Point{east, p[1]}}, func(i int) bool {
		run := ix.runs[i]
		for k := 1; k < len(run) && !on; k++ {
			switch geo.EastOf(p, run[k-1], run[k]) {
			case geo.OnBoundary:
				on = true
			case geo.Inside:
				odd[ix.parts[i]] = !odd[ix.parts[i]]
			}
		}
		return !on
	})
	for _, inside := range odd {
		on = on || inside
	}
	return on
}

// onOutline tells whether a place lies on the outline of a shape.
func (f *indexedShape) onOutline(p orb.Point) bool {
	at := orb.Bound{Min: p, Max: p}
	return !f.near(&at, func(a, b *orb.Point) bool { return geo.EastOf(p, *a, *b) != geo.OnBoundary })
}
