package rings

import (
	"github.com/paulmach/orb"
)

// location is where a point lies with regard to a ring.
type location int

const (
	outside location = -1
	onLine  location = 0
	inside  location = +1
)

// side counts the edges to the right of the point.
func (n *node) side(p orb.Point, work *int) location {
	if n.tested++; n.bands == nil && n.tested > 8 && len(n.ring) > 64 {
		n.bands = newBands(n.ring, n.bound)
	}
	in := false
	if n.bands == nil {
		*work -= len(n.ring)
		for i, b := range n.ring[1:] {
			on, crosses := edge(n.ring[i], b, p)
			if on {
				return onLine
			}
			in = in != crosses
		}
	} else {
		edges := n.bands.at(p[1])
		*work -= len(edges)
		for _, i := range edges {
			on, crosses := edge(n.ring[i], n.ring[i+1], p)
			if on {
				return onLine
			}
			in = in != crosses
		}
	}
	if in {
		return inside
	}
	return outside
}

// edge reports whether p lies on the edge from a to b, and if not whether a
// ray from p to the right crosses it. Half-open in y, so that a vertex on the
// ray counts once.
func edge(a, b, p orb.Point) (on, crosses bool) {
	x, y := p[0], p[1]
	if (a[1] > y) != (b[1] > y) {
		// The sign of the cross product says on which side of the edge the
		// point lies; differences keep it exact for near points.
		cross := float64((b[0]-a[0])*(y-a[1])) - float64((x-a[0])*(b[1]-a[1]))
		return cross == 0, (cross > 0) == (b[1] > a[1])
	}
	if a[1] == y && b[1] == y {
		return min(a[0], b[0]) <= x && x <= max(a[0], b[0]), false
	}
	return a == p || b == p, false
}

// bands are the edges of a ring by the strips of y that they reach, so that a
// red line of 50 000 vertices does not pay for all of them at each hole.
type bands struct {
	low, scale float64
	starts     []int32 // of each band in edges, and the end
	edges      []int32
}

func newBands(ring orb.Ring, bound box) *bands {
	n := min(4096, len(ring)/4)
	b := &bands{low: bound[1]}
	for ; ; n /= 2 {
		b.scale = float64(n) / (bound[3] - bound[1])
		b.starts = make([]int32, n+1)
		total := 0
		for i := range len(ring) - 1 {
			first, last := b.reach(ring, i)
			total += last - first + 1
			for k := first; k <= last && total <= 8*len(ring); k++ {
				b.starts[k+1]++
			}
		}
		if total <= 8*len(ring) { // else the edges are long; one band always fits
			break
		}
	}
	for k := range n {
		b.starts[k+1] += b.starts[k]
	}
	b.edges = make([]int32, b.starts[n])
	next := append([]int32(nil), b.starts...)
	for i := range len(ring) - 1 {
		first, last := b.reach(ring, i)
		for k := first; k <= last; k++ {
			b.edges[next[k]] = int32(i)
			next[k]++
		}
	}
	return b
}

func (b *bands) reach(ring orb.Ring, i int) (first, last int) {
	y0, y1 := ring[i][1], ring[i+1][1]
	return b.band(min(y0, y1)), b.band(max(y0, y1))
}

func (b *bands) band(y float64) int {
	f := (y - b.low) * b.scale
	if !(f > 0) { // also NaN, for a ring without height
		return 0
	}
	return int(min(f, float64(len(b.starts)-2)))
}

// at lists the edges that reach the strip of y.
func (b *bands) at(y float64) []int32 {
	k := b.band(y)
	return b.edges[b.starts[k]:b.starts[k+1]]
}
