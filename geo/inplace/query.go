package inplace

import (
	"math"

	"github.com/paulmach/orb"
)

// Query answers for many record boxes whether they meet any of the query
// boxes. Records stream past a grid over the few query boxes; an index over
// the many records would have to be built first (BenchmarkNear).
type Query struct {
	bound  Box
	side   int
	sx, sy float64 // cells per unit
	full   []bool  // the cell is covered by one query box
	starts []int   // of each other cell's boxes in lists
	lists  []int32 // places in boxes
	boxes  []Box
}

const maxGridSide = 256

// NewQuery prepares for boxes; empty ones meet nothing.
func NewQuery(bounds []orb.Bound) *Query {
	q := &Query{bound: EmptyBox}
	for _, b := range bounds {
		c := Box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		if !(c[0] <= c[2] && c[1] <= c[3]) {
			continue // an empty box, or NaN
		}
		q.boxes = append(q.boxes, c)
		q.bound = Box{min(q.bound[0], c[0]), min(q.bound[1], c[1]), max(q.bound[2], c[2]), max(q.bound[3], c[3])}
	}
	q.side = min(maxGridSide, 1+2*int(math.Sqrt(float64(len(q.boxes)))))
	q.sx = float64(q.side) / (q.bound[2] - q.bound[0])
	q.sy = float64(q.side) / (q.bound[3] - q.bound[1])
	q.fill()
	q.list()
	return q
}

// fill marks the cells strictly between the outermost ones of a box: whoever
// reaches such a cell meets the box, without a test.
func (q *Query) fill() {
	q.full = make([]bool, q.side*q.side)
	for _, b := range q.boxes {
		x0, y0, x1, y1 := q.span(b)
		for y := y0 + 1; y < y1; y++ {
			for x := x0 + 1; x < x1; x++ {
				q.full[y*q.side+x] = true
			}
		}
	}
}

// list gathers the boxes of the cells that are not full: counted first, so
// that all lists share one slice.
func (q *Query) list() {
	q.starts = make([]int, q.side*q.side+1)
	q.eachListed(func(cell, _ int) { q.starts[cell]++ })
	total := 0
	for cell, n := range q.starts {
		total += n
		q.starts[cell] = total // its end; the next loop takes it back to its start
	}
	q.lists = make([]int32, total)
	q.eachListed(func(cell, i int) {
		q.starts[cell]--
		q.lists[q.starts[cell]] = int32(i)
	})
}

func (q *Query) eachListed(visit func(cell, i int)) {
	for i, b := range q.boxes {
		x0, y0, x1, y1 := q.span(b)
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				if cell := y*q.side + x; !q.full[cell] {
					visit(cell, i)
				}
			}
		}
	}
}

// span is the range of cells that a Box meeting the bound reaches.
func (q *Query) span(b Box) (x0, y0, x1, y1 int) {
	at := func(v, low, scale float64) int {
		f := (v - low) * scale
		if !(f > 0) { // also NaN, when all boxes share a coordinate
			return 0
		}
		return int(min(f, float64(q.side-1)))
	}
	return at(b[0], q.bound[0], q.sx), at(b[1], q.bound[1], q.sy), at(b[2], q.bound[0], q.sx), at(b[3], q.bound[1], q.sy)
}

// Meets reports whether a box meets any of those of the query.
func (q *Query) Meets(b Box) bool {
	if !b.Meets(q.bound) {
		return false
	}
	x0, y0, x1, y1 := q.span(b)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			cell := y*q.side + x
			if q.full[cell] {
				return true
			}
			for _, i := range q.lists[q.starts[cell]:q.starts[cell+1]] {
				if q.boxes[i].Meets(b) {
					return true
				}
			}
		}
	}
	return false
}
