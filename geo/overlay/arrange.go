package overlay

import (
	"context"
	"slices"

	"github.com/paulmach/orb"
)

// Cell is one face of an arrangement.
type Cell struct {
	Polygon         orb.Polygon // outer ring counter-clockwise, holes clockwise
	Cover           []int32     // the inputs that cover it, ascending
	SelfOverlapping []int32     // inputs that wind round it other than once: they cross or overlap themselves
}

// Arranger cuts shapes. It keeps its memory between calls and belongs to one
// goroutine. The zero Arranger is ready.
type Arranger struct {
	Preparer // for shapes that are cut once
	// Budget is what a cut of so many edges may cost; nil is BudgetFor.
	Budget func(edges int) Budget

	spending spending
	shapes   []*Shape // of the last cut
	aside    int      // from so many edges on those that do not cut are set aside; 0: manyEdges or someEdges

	window     box
	segments   []segment
	deltas     []delta
	round      int // of noding
	splits     []split
	strips     []strip
	ends       []ends // of the segments, where the land is turned
	ring       []point
	graph      graph
	around     []delta     // winding numbers that all cells have in common
	far        []farEdge   // edges that are not cut
	smallRings []smallRing // small rings among the segments
	fewest     int         // from so many of them on islands are looked for; 0: fewestIslands

	islands      []island // in the order of their keys
	islandPoints []point
	islandEdges  int
	firstIsland  []int32 // face → first island in it + 1

	winding [][]delta // face → winding numbers
	firsts  []int32   // face → winding number of the first input
	first   []int32   // face → first of its cycles
	sibling []int32   // cycle → next cycle of its face
	seen    []bool
	queue   []int32
	stack   []int32 // half-edges of the loop being taken apart
	onStack []int32 // vertex → its place in stack + 1; 0 is not there

	// Scratch of merge.
	freeNodes  []segment
	freeDeltas []delta
	table      []int32
	same       []int32
	counts     []int32
	keys       []uint64
}

// Cells cuts the shapes against each other inside a window and yields the
// cells for which keep holds of their cover. Only cells that lie in the window
// are right; keep must choose by a shape that does. Cells come in an order
// that depends on nothing but the shapes. The error is an *Excess, or that of a
// context which has ended.
func (ar *Arranger) Cells(ctx context.Context, window orb.Bound, shapes []*Shape, keep func(cover []int32) bool) ([]Cell, error) {
	ar.window = windowOf(window)
	return ar.cells(ctx, shapes, keep)
}

// cells is Cells in the window that is set.
func (ar *Arranger) cells(ctx context.Context, shapes []*Shape, keep func(cover []int32) bool) ([]Cell, error) {
	ar.shapes = shapes
	ar.clear()
	for i, s := range shapes {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		s.near(ar.window, func(r *ring) {
			ar.ring = ar.window.shorten(r, ar.ring[:0])
			ar.addRing(ar.ring, int32(i))
		})
	}
	ar.setIslandsApart(0, false)
	if err := ar.link(ctx); err != nil {
		return nil, err
	}
	if err := ar.label(ctx); err != nil {
		return nil, err
	}
	return ar.collect(ctx, keep)
}

// link makes a graph of the segments.
func (ar *Arranger) link(ctx context.Context) error {
	ar.begin()
	if err := ar.node(ctx); err != nil {
		return err
	}
	if err := ar.graph.build(ctx, ar.segments); err != nil {
		return err
	}
	ar.spending.steps += perSegment * int64(len(ar.segments)+ar.islandEdges)
	if err := ar.withinBudget(ctx); err != nil {
		return err
	}
	return ar.nest(ctx)
}

func (ar *Arranger) clear() {
	ar.segments, ar.deltas = ar.segments[:0], ar.deltas[:0]
	ar.around, ar.far = ar.around[:0], ar.far[:0]
	ar.smallRings, ar.islands, ar.islandPoints, ar.islandEdges = ar.smallRings[:0], ar.islands[:0], ar.islandPoints[:0], 0
}

// reserve makes place for so many edges: what grows bit by bit is copied over
// and over, and held twice meanwhile.
func (ar *Arranger) reserve(edges int) {
	ar.segments = slices.Grow(ar.segments[:0], edges)
	ar.deltas = slices.Grow(ar.deltas[:0], edges)
}

// collect lists the cells that are kept, by their smallest segments.
func (ar *Arranger) collect(ctx context.Context, keep func([]int32) bool) ([]Cell, error) {
	g := &ar.graph
	ar.onStack = resize(ar.onStack, len(g.at))
	clear(ar.onStack)
	ar.gatherIslands()
	var cells []Cell
	var cover []int32
	var inside []delta
	add := func(winding []delta, polygon func() orb.Polygon) error {
		cover = cover[:0]
		for _, d := range winding {
			cover = append(cover, d.input)
		}
		if len(cover) == 0 || !keep(cover) {
			return nil
		}
		if ar.spending.steps += int64(len(cover)); ar.spending.steps > ar.spending.look {
			if err := ar.withinBudget(ctx); err != nil {
				return err
			}
		}
		cell := Cell{Cover: append([]int32(nil), cover...), Polygon: polygon()}
		for _, d := range winding {
			if d.winding != 1 {
				cell.SelfOverlapping = append(cell.SelfOverlapping, d.input)
			}
		}
		cells = append(cells, cell)
		return nil
	}
	next := 0 // island
	until := func(least *segment) error {
		for ; next < len(ar.islands) && (least == nil || ar.islands[next].before(least)); next++ {
			i := &ar.islands[next]
			inside = across(inside[:0], ar.winding[i.face], []delta{i.delta}, false)
			if err := add(inside, func() orb.Polygon { return orb.Polygon{i.ring()} }); err != nil {
				return err
			}
		}
		return nil
	}
	for f := 1; f < g.faces; f++ {
		if err := until(&ar.segments[g.start[ar.first[f]]>>1]); err != nil {
			return nil, err
		}
		if err := add(ar.winding[f], func() orb.Polygon { return ar.polygon(int32(f)) }); err != nil {
			return nil, err
		}
	}
	return cells, until(nil)
}
