package ledger

import (
	"math"
	"math/bits"
	"slices"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// hubs are the corners in which many shapes meet, as wedges do, each of which
// touches all others: what meets in one is told by its list, not pair by pair.
type hubs struct {
	places  []orb.Point
	members [][]int   // hub → shapes, ascending
	of      [][]int32 // shape → hubs, ascending; nil where there are no hubs at all
	groups  []hubGroup
	boxes   *geo.Index  // of the groups
	rest    *shapeIndex // shapes in no group
	others  []int       // those shapes
}

// hubGroup is shapes of one hub; each shape is in no more than one group.
type hubGroup struct {
	hub    int32
	shapes []int
	index  *shapeIndex
}

// hubShapes is how many shapes meet in a corner at least for it to be a hub.
const hubShapes = 32

// hubsOf finds the hubs of shapes and sorts the shapes by them. What it gives
// means nothing once the looks have ended.
func hubsOf(looks *looks, shapes []*indexedShape) *hubs {
	h := &hubs{}
	h.find(looks, shapes)
	h.group(looks, shapes)
	return h
}

// crowds counts the corners in each place by a hash, which others may share.
type crowds []uint8

func crowdsOf(looks *looks, shapes []*indexedShape) crowds {
	n := 1
	for _, f := range shapes {
		n += vertices(f.outline)
	}
	c := make(crowds, 1<<min(bits.Len(uint(n)), 22))
	for _, f := range shapes {
		for p := range corners(f) {
			if looks.ended() {
				return c
			}
			if k := c.slot(p); c[k] < math.MaxUint8 {
				c[k]++
			}
		}
	}
	return c
}

func (c crowds) slot(p orb.Point) uint64 {
	return hashOf(p) >> 32 & uint64(len(c)-1)
}

// find fills in places, members and of. Corners are counted by their hash first: of
// millions nearly none is a hub.
func (h *hubs) find(looks *looks, shapes []*indexedShape) {
	if len(shapes) < hubShapes {
		return
	}
	crowds := crowdsOf(looks, shapes)
	meeting := map[orb.Point][]int{}
	for i, f := range shapes {
		for p := range corners(f) {
			if looks.ended() {
				return
			}
			if crowds[crowds.slot(p)] < hubShapes {
				continue
			}
			if m := meeting[p]; len(m) == 0 || m[len(m)-1] != i {
				meeting[p] = append(m, i)
			}
		}
	}
	for p, m := range meeting {
		if len(m) >= hubShapes {
			h.places = append(h.places, p)
		}
	}
	if len(h.places) == 0 {
		return
	}
	slices.SortFunc(h.places, func(p, q orb.Point) int { return slices.Compare(p[:], q[:]) })
	h.of = make([][]int32, len(shapes))
	for k, p := range h.places {
		h.members = append(h.members, meeting[p])
		for _, i := range meeting[p] {
			h.of[i] = append(h.of[i], int32(k))
		}
	}
}

// group puts each shape into the group of its largest hub.
func (h *hubs) group(looks *looks, shapes []*indexedShape) {
	groups := make([][]int, len(h.members))
	for i := range shapes {
		if of := h.hubs(i); len(of) > 0 {
			top := slices.MaxFunc(of, func(a, b int32) int { return len(h.members[a]) - len(h.members[b]) })
			groups[top] = append(groups[top], i)
		} else {
			h.others = append(h.others, i)
		}
	}
	var boxes []orb.Bound
	for k, g := range groups {
		if len(g) < hubShapes {
			h.others = append(h.others, g...)
			continue
		}
		own, box := pick(shapes, g), shapes[g[0]].box
		for _, f := range own {
			box = box.Union(f.box)
		}
		h.groups, boxes = append(h.groups, hubGroup{int32(k), g, indexOf(looks, own)}), append(boxes, box)
	}
	h.boxes, h.rest = geo.NewIndex(boxes), indexOf(looks, pick(shapes, h.others))
}

func pick(shapes []*indexedShape, which []int) []*indexedShape {
	out := make([]*indexedShape, len(which))
	for k, i := range which {
		out[k] = shapes[i]
	}
	return out
}

// hubs are those of a shape.
func (h *hubs) hubs(i int) []int32 {
	if h.of == nil {
		return nil
	}
	return h.of[i]
}

// share tells whether two shapes meet in a hub.
func (h *hubs) share(i, j int) bool {
	a, b := h.hubs(i), h.hubs(j)
	if len(a) > len(b) {
		a, b = b, a
	}
	return slices.ContainsFunc(a, func(k int32) bool {
		_, in := slices.BinarySearch(b, k)
		return in
	})
}

// around visits the shapes that are asked about, come near that of number a and
// meet it in no hub.
func (h *hubs) around(shapes []*indexedShape, a int, gap float64, asked func(b int) bool, visit func(b int)) {
	apart := func(b int) bool { return asked(b) && !h.share(a, b) }
	around(shapes, a, gap, shapeSet{index: h.rest, at: h.others}, apart, visit)
	h.boxes.Search(shapes[a].box.Pad(gap+touching), func(k int) bool {
		if g := &h.groups[k]; !slices.Contains(h.hubs(a), g.hub) {
			around(shapes, a, gap, shapeSet{index: g.index, at: g.shapes}, apart, visit)
		}
		return true
	})
}

// corners yields the corners of a shape, but for the one that closes each ring.
func corners(f *indexedShape) func(yield func(orb.Point) bool) {
	return func(yield func(orb.Point) bool) {
		for e := range edges(f.outline) {
			if !yield(e[0]) {
				return
			}
		}
	}
}
