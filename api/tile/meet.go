package tile

import (
	"cmp"
	"slices"
)

// edge is a piece of boundary from a to b, a left of b or below it in the order
// of points. Wind is how many more rings run from a to b than back.
type edge struct {
	a, b point
	wind int32
}

func (p point) before(q point) bool { return p.X < q.X || p.X == q.X && p.Y < q.Y }

// key orders points as before does. Lattice points of a tile fit 16 bits.
func (p point) key() uint64 {
	const middle = 1 << 15
	return uint64(uint16(p.X+middle))<<16 | uint64(uint16(p.Y+middle))
}

func compare(p, q point) int { return cmp.Compare(p.key(), q.key()) }

// key orders edges by their left ends, then by the others.
func (e *edge) key() uint64 { return e.a.key()<<32 | e.b.key() }

func newEdge(a, b point) edge {
	if b.before(a) {
		return edge{b, a, -1}
	}
	return edge{a, b, 1}
}

// cells is a square of cells over the lattice, each with the edges that may
// pass it: edges of land are short, so few share one. It is reused.
type cells struct {
	count, list []int32
	of          []int32 // cell of each entry while they are counted
	edges       []int32
}

const manyCells = 64 // a side at most

// pairs calls meet once or more often for every two edges that may meet, until
// it says no or work is used up; work counts the calls. It tells whether it
// came to the end.
func (c *cells) pairs(edges []edge, work *int, meet func(i, j int32) bool) bool {
	if len(edges) <= fewEdges {
		return fewPairs(edges, meet)
	}
	c.fill(edges)
	for k := range len(c.count) - 1 {
		in := c.list[c.count[k]:c.count[k+1]]
		for x, i := range in {
			for _, j := range in[:x] {
				if e, f := &edges[i], &edges[j]; max(e.a.X, f.a.X) > min(e.b.X, f.b.X) || e.apart(f) {
					continue
				}
				if *work--; *work < 0 || !meet(i, j) {
					return false
				}
			}
			if *work -= x / 8; *work < 0 {
				return false
			}
		}
	}
	return true
}

// fewEdges are so few that looking at all pairs is faster than sorting.
const fewEdges = 16

func fewPairs(edges []edge, meet func(i, j int32) bool) bool {
	for i := range edges {
		for j := range i {
			if e, f := &edges[i], &edges[j]; max(e.a.X, f.a.X) <= min(e.b.X, f.b.X) && !e.apart(f) && !meet(int32(i), int32(j)) {
				return false
			}
		}
	}
	return true
}

// apart tells whether two edges lie above each other.
func (e *edge) apart(f *edge) bool {
	return max(e.a.Y, e.b.Y) < min(f.a.Y, f.b.Y) || max(f.a.Y, f.b.Y) < min(e.a.Y, e.b.Y)
}

// fill sorts the edges into cells.
func (c *cells) fill(edges []edge) {
	b := nowhere()
	for i := range edges {
		b = b.union(box{edges[i].a, edges[i].a}).union(box{edges[i].b, edges[i].b})
	}
	side := int32(1)
	for side < manyCells && int(side*side) < len(edges)/2 {
		side *= 2
	}
	width, height := (b.Max.X-b.Min.X)/side+1, (b.Max.Y-b.Min.Y)/side+1
	c.of, c.edges = c.of[:0], c.edges[:0]
	for i := range edges {
		e := &edges[i]
		low, high := (min(e.a.Y, e.b.Y)-b.Min.Y)/height, (max(e.a.Y, e.b.Y)-b.Min.Y)/height
		for row := low; row <= high; row++ {
			x1, x2 := e.reach(b.Min.Y+row*height, b.Min.Y+(row+1)*height)
			for column := (x1 - b.Min.X) / width; column <= (x2-b.Min.X)/width; column++ {
				c.of, c.edges = append(c.of, row*side+column), append(c.edges, int32(i))
			}
		}
	}
	c.count = slices.Grow(c.count[:0], int(side*side)+1)[:side*side+1]
	clear(c.count)
	for _, k := range c.of {
		c.count[k+1]++
	}
	for k := 1; k < len(c.count); k++ {
		c.count[k] += c.count[k-1]
	}
	c.list = slices.Grow(c.list[:0], len(c.of))[:len(c.of)]
	for n := len(c.of) - 1; n >= 0; n-- { // from the back: each cell's are put before its end
		k := c.of[n]
		c.count[k+1]--
		c.list[c.count[k+1]] = c.edges[n]
	}
	// Every end has become the start of its own cell: move them back by one.
	copy(c.count, c.count[1:])
	c.count[len(c.count)-1] = int32(len(c.list))
}

// reach is from where to where an edge runs between two rows, outwards to
// whole numbers.
func (e *edge) reach(y1, y2 int32) (x1, x2 int32) {
	if e.a.Y == e.b.Y || e.a.X == e.b.X {
		return e.a.X, e.b.X
	}
	at := func(y int32) float64 {
		return float64(e.a.X) + float64(y-e.a.Y)/float64(e.b.Y-e.a.Y)*float64(e.b.X-e.a.X)
	}
	p, q := at(y1), at(y2)
	return max(e.a.X, int32(min(p, q))-1), min(e.b.X, int32(max(p, q))+1)
}
