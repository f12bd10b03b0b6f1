package tile

import (
	"math"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// Warp is a reprojection near one place, by a polynomial through 4 × 4 points
// that are exact: over a box of 20 km it stays within a hundredth of a
// millimetre, and costs a tenth (BenchmarkWarp). For drawing only.
type Warp struct {
	exact  *geo.Transform
	middle orb.Point
	half   orb.Point
	x, y   [4][4]float64 // coefficients of u^i v^j, -1 ≤ u, v ≤ 1 over the box
}

const (
	warpBox = 20_000 // widest box, metres
	warpFar = 8      // halves of the box that a figure may reach from its middle
)

// NewWarp prepares the way over a box in metres. A box that is too wide for it,
// and figures that reach far out of theirs, go exactly, point for point.
func NewWarp(t *geo.Transform, box orb.Bound) (*Warp, error) { return newWarp(t, t.Point, box) }

// newWarp has the polynomial go through the points that at gives.
func newWarp(t *geo.Transform, at func(orb.Point) (orb.Point, error), box orb.Bound) (*Warp, error) {
	w := &Warp{exact: t, middle: box.Center(), half: orb.Point{(box.Max[0] - box.Min[0]) / 2, (box.Max[1] - box.Min[1]) / 2}}
	if !(max(w.half[0], w.half[1]) <= warpBox/2 && min(w.half[0], w.half[1]) > 0) {
		w.half = orb.Point{}
		return w, nil
	}
	var values [2][4][4]float64
	var nodes [4]float64
	for i := range nodes {
		nodes[i] = math.Cos(math.Pi * (2*float64(i) + 1) / 8) // Chebyshev
	}
	for i, u := range nodes {
		for j, v := range nodes {
			p, err := at(orb.Point{w.middle[0] + u*w.half[0], w.middle[1] + v*w.half[1]})
			if err != nil {
				return nil, err
			}
			values[0][i][j], values[1][i][j] = p[0], p[1]
		}
	}
	// Coefficients along each axis: the inverse of the nodes' Vandermonde matrix.
	inverse := lagrange(nodes)
	for k, into := range []*[4][4]float64{&w.x, &w.y} {
		for a := range 4 {
			for b := range 4 {
				for i := range 4 {
					for j := range 4 {
						into[a][b] += inverse[i][a] * inverse[j][b] * values[k][i][j]
					}
				}
			}
		}
	}
	return w, nil
}

// lagrange gives, for each node, the coefficients of the cubic that is 1 there
// and 0 at the others.
func lagrange(nodes [4]float64) (c [4][4]float64) {
	for i := range nodes {
		c[i] = [4]float64{1}
		for k := range nodes {
			if k == i {
				continue
			}
			d := nodes[i] - nodes[k]
			var next [4]float64
			for p := range 4 {
				next[p] -= c[i][p] * nodes[k] / d
				if p < 3 {
					next[p+1] += c[i][p] / d
				}
			}
			c[i] = next
		}
	}
	return c
}

// MultiPolygon reprojects a figure with a box. The input is not changed.
func (w *Warp) MultiPolygon(mp orb.MultiPolygon, box orb.Bound) (orb.MultiPolygon, error) {
	if box.IsEmpty() || !w.holds(box.Min) || !w.holds(box.Max) {
		return w.exact.MultiPolygon(mp)
	}
	out := make(orb.MultiPolygon, len(mp))
	for i, p := range mp {
		out[i] = make(orb.Polygon, len(p))
		for j, r := range p {
			out[i][j] = make(orb.Ring, len(r))
			for k, v := range r {
				out[i][j][k] = w.point(v)
			}
		}
	}
	return out, nil
}

func (w *Warp) holds(p orb.Point) bool {
	return w.half[0] > 0 && math.Abs(p[0]-w.middle[0]) <= warpFar*w.half[0] && math.Abs(p[1]-w.middle[1]) <= warpFar*w.half[1]
}

func (w *Warp) point(p orb.Point) orb.Point {
	u, v := (p[0]-w.middle[0])/w.half[0], (p[1]-w.middle[1])/w.half[1]
	return orb.Point{cubic(&w.x, u, v), cubic(&w.y, u, v)}
}

func cubic(c *[4][4]float64, u, v float64) float64 {
	var sum float64
	for a := 3; a >= 0; a-- {
		sum = sum*u + ((c[a][3]*v+c[a][2])*v+c[a][1])*v + c[a][0]
	}
	return sum
}
