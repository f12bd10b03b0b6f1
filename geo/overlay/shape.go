package overlay

import (
	"math"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// blockSize is how many vertices share one box: a red line of 50 000 vertices
// is passed over in some 60 steps by a change that is nowhere near it.
const (
	blockSize = 64
	groupSize = 16
)

// Shape is a polygon prepared for cutting. It is immutable and may be used by
// any number of goroutines.
type Shape struct {
	rings []ring
	bound orb.Bound
}

type ring struct {
	pts    []point // not closed; holes clockwise, outer rings counter-clockwise
	blocks []box   // one for each blockSize vertices
	groups []box   // one for each groupSize blocks
}

type box struct{ minX, minY, maxX, maxY int64 }

// Prepare puts a polygon on the grid. Rings are taken in either orientation;
// the first of each polygon is the outer one. Rings that vanish on the grid
// are dropped.
func Prepare(mp orb.MultiPolygon) *Shape {
	s := &Shape{bound: geo.Bound(mp)}
	for _, polygon := range mp {
		for i, r := range polygon {
			if pts := onGrid(r, i > 0); pts != nil {
				s.rings = append(s.rings, newRing(pts))
			}
		}
	}
	return s
}

// within tells whether all of a shape lies in a window.
func (s *Shape) within(w box) bool {
	for i := range s.rings {
		for _, g := range s.rings[i].groups {
			if g.minX < w.minX || g.maxX > w.maxX || g.minY < w.minY || g.maxY > w.maxY {
				return false
			}
		}
	}
	return true
}

// Bound is the box of the polygon as it was handed over.
func (s *Shape) Bound() orb.Bound { return s.bound }

// Rounded is the polygon with its vertices on the input grid, as the overlay
// sees it: the geometry whose area the cells add up to.
func Rounded(mp orb.MultiPolygon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, len(mp))
	for i, polygon := range mp {
		out[i] = make(orb.Polygon, len(polygon))
		for j, r := range polygon {
			out[i][j] = make(orb.Ring, len(r))
			for k, p := range r {
				out[i][j][k] = fromInput(p).toOrb()
			}
		}
	}
	return out
}

// onGrid rounds a ring, drops repeated vertices and orients it: holes
// clockwise. It is nil when nothing areal is left.
func onGrid(r orb.Ring, hole bool) []point {
	pts := make([]point, 0, len(r))
	for _, p := range r {
		if q := fromInput(p); len(pts) == 0 || q != pts[len(pts)-1] {
			pts = append(pts, q)
		}
	}
	for len(pts) > 1 && pts[0] == pts[len(pts)-1] {
		pts = pts[:len(pts)-1]
	}
	return oriented(pts, hole)
}

// oriented turns an open ring the right way round, in place; nil when it is
// not a ring.
func oriented(pts []point, hole bool) []point {
	if len(pts) < 3 {
		return nil
	}
	if sign := doubleArea(pts).sign(); sign < 0 != hole {
		for i, j := 0, len(pts)-1; i < j; i, j = i+1, j-1 {
			pts[i], pts[j] = pts[j], pts[i]
		}
	}
	return pts
}

// doubleArea is twice the signed area of a ring, exact.
func doubleArea(pts []point) wide {
	var sum wide
	o := pts[0]
	for i := 1; i+1 < len(pts); i++ {
		p, q := pts[i], pts[i+1]
		sum = sum.plus(cross(p.x-o.x, p.y-o.y, q.x-o.x, q.y-o.y))
	}
	return sum
}

func newRing(pts []point) ring {
	r := ring{pts: pts, blocks: blocksOf(pts)}
	if len(r.blocks) > 1 {
		r.groups = make([]box, 0, (len(r.blocks)+groupSize-1)/groupSize)
		for from := 0; from < len(r.blocks); from += groupSize {
			g := r.blocks[from]
			for _, b := range r.blocks[from+1 : min(from+groupSize, len(r.blocks))] {
				g = box{min(g.minX, b.minX), min(g.minY, b.minY), max(g.maxX, b.maxX), max(g.maxY, b.maxY)}
			}
			r.groups = append(r.groups, g)
		}
	} else {
		r.groups = r.blocks
	}
	return r
}

func blocksOf(pts []point) []box {
	blocks := make([]box, 0, (len(pts)+blockSize-1)/blockSize)
	for from := 0; from < len(pts); from += blockSize {
		b := box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
		for _, p := range pts[from:min(from+blockSize, len(pts))] {
			b = box{min(b.minX, p.x), min(b.minY, p.y), max(b.maxX, p.x), max(b.maxY, p.y)}
		}
		blocks = append(blocks, b)
	}
	return blocks
}
