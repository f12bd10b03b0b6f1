package overlay

import "github.com/paulmach/orb"

// Cell is one face of an arrangement.
type Cell struct {
	Polygon orb.Polygon // outer ring counter-clockwise, holes clockwise
	Cover   []int32     // the inputs that cover it, ascending
	Twisted []int32     // inputs that wind round it other than once: they cross or overlap themselves
}

// Arranger cuts shapes. It keeps its memory between calls and belongs to one
// goroutine. The zero Arranger is ready.
type Arranger struct {
	Preparer // for shapes that are cut once

	window   box
	segments []segment
	deltas   []delta
	round    int // of noding
	splits   []split
	strips   []strip
	ring     []point
	graph    graph
	around   []delta   // winding numbers that all cells have in common
	far      []farEdge // edges that are not cut
	winding  [][]delta // face → winding numbers
	firsts   []int32   // face → winding number of the first input
	first    []int32   // face → first of its cycles
	sibling  []int32   // cycle → next cycle of its face
	seen     []bool
	queue    []int32
	stack    []int32 // half-edges of the loop being taken apart
	onStack  []int32 // vertex → its place in stack + 1; 0 is not there

	// Scratch of merge.
	spare       []segment
	spareDeltas []delta
	table       []int32
	same        []int32
	counts      []int32
	keys        []uint64
}

// Cells cuts the shapes against each other inside a window and yields the
// cells for which keep holds of their cover. Only cells that lie in the window
// are right; keep must choose by a shape that does. Cells come in an order
// that depends on nothing but the shapes. The error is internal: noding did
// not settle.
func (ar *Arranger) Cells(window orb.Bound, shapes []*Shape, keep func(cover []int32) bool) ([]Cell, error) {
	ar.window = windowOf(window)
	ar.clear()
	for i, s := range shapes {
		for j := range s.rings {
			ar.ring = ar.window.shorten(&s.rings[j], ar.ring[:0])
			ar.addRing(ar.ring, int32(i))
		}
	}
	if err := ar.node(); err != nil {
		return nil, err
	}
	ar.graph.build(ar.segments)
	ar.graph.nest(ar.segments)
	ar.label()
	return ar.collect(keep), nil
}

func (ar *Arranger) clear() {
	ar.segments, ar.deltas = ar.segments[:0], ar.deltas[:0]
	ar.around, ar.far = ar.around[:0], ar.far[:0]
}

func (ar *Arranger) collect(keep func([]int32) bool) []Cell {
	ar.onStack = resize(ar.onStack, len(ar.graph.at))
	clear(ar.onStack)
	var cells []Cell
	var cover []int32
	for f := 1; f < ar.graph.faces; f++ {
		cover = cover[:0]
		for _, d := range ar.winding[f] {
			cover = append(cover, d.input)
		}
		if len(cover) == 0 || !keep(cover) {
			continue
		}
		cell := Cell{Cover: append([]int32(nil), cover...), Polygon: ar.polygon(int32(f))}
		for _, d := range ar.winding[f] {
			if d.winding != 1 {
				cell.Twisted = append(cell.Twisted, d.input)
			}
		}
		cells = append(cells, cell)
	}
	return cells
}
