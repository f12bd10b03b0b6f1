package overlay

import (
	"context"
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
	rings  []ring
	bound  orb.Bound
	raster *raster    // of a shape with many vertices
	index  *geo.Index // of the boxes of its rings, where they are many
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
	s, _ := PrepareContext(context.Background(), mp)
	return s
}

// PrepareContext is Prepare for a polygon of any number of vertices, with the error
// of a context that has ended.
func PrepareContext(ctx context.Context, mp orb.MultiPolygon) (*Shape, error) {
	var p Preparer
	p.reserve(mp)
	s := p.prepare(mp, geo.Bound(mp), func() bool { return ctx.Err() != nil })
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if s.vertices() >= rasterVertices {
		s.raster = new(raster)
	}
	if len(s.rings) >= indexedRings {
		s.index = s.ringIndex()
	}
	return s, nil
}

// indexedRings is from how many rings on they are found by an index: of 40 000
// holes a change meets three.
const indexedRings = 64

// ringIndex indexes rings by their boxes in grid units, which doubles hold.
func (s *Shape) ringIndex() *geo.Index {
	boxes := make([]orb.Bound, len(s.rings))
	for i := range s.rings {
		one := Shape{rings: s.rings[i : i+1]}
		b, _ := one.box()
		boxes[i] = b.bound()
	}
	return geo.NewIndex(boxes)
}

func (b box) bound() orb.Bound {
	return orb.Bound{Min: orb.Point{float64(b.minX), float64(b.minY)}, Max: orb.Point{float64(b.maxX), float64(b.maxY)}}
}

// near visits the rings whose boxes meet a window, in an order of its own, and
// where they are few the others too. A ring elsewhere does not run round it.
func (s *Shape) near(w box, visit func(r *ring)) {
	if s.index == nil {
		for i := range s.rings {
			visit(&s.rings[i])
		}
		return
	}
	s.index.Search(w.bound(), func(i int) bool {
		visit(&s.rings[i])
		return true
	})
}

func (s *Shape) vertices() int {
	n := 0
	for i := range s.rings {
		n += len(s.rings[i].pts)
	}
	return n
}

// box is the box of a shape on the grid; not ok where nothing is left of it.
func (s *Shape) box() (b box, ok bool) {
	b = box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
	for i := range s.rings {
		for _, g := range s.rings[i].groups {
			b = box{min(b.minX, g.minX), min(b.minY, g.minY), max(b.maxX, g.maxX), max(b.maxY, g.maxY)}
		}
	}
	return b, len(s.rings) > 0
}

func (b box) with(p point) box {
	return box{min(b.minX, p.x), min(b.minY, p.y), max(b.maxX, p.x), max(b.maxY, p.y)}
}

func (b box) grown(by int64) box {
	return box{b.minX - by, b.minY - by, b.maxX + by, b.maxY + by}
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

// oriented turns an open ring the right way round, in place; nil when it is
// not a ring.
func oriented(pts []point, hole bool) []point {
	if len(pts) < 3 {
		return nil
	}
	if sign := orientation(pts); sign < 0 != hole {
		for i, j := 0, len(pts)-1; i < j; i, j = i+1, j-1 {
			pts[i], pts[j] = pts[j], pts[i]
		}
	}
	return pts
}

// orientation is the sign of a ring's area, exact: in doubles where rounding
// cannot turn it (Shewchuk 1997, the first filter).
func orientation(pts []point) int {
	var sum, size float64
	o := pts[0]
	ux, uy := float64(pts[1].x-o.x), float64(pts[1].y-o.y)
	for _, p := range pts[2:] {
		vx, vy := float64(p.x-o.x), float64(p.y-o.y)
		left, right := float64(ux*vy), float64(uy*vx)
		sum += left - right
		size += math.Abs(left) + math.Abs(right)
		ux, uy = vx, vy
	}
	if slack := float64(size * float64(len(pts)) * 0x1p-51); sum > slack {
		return 1
	} else if -sum > slack {
		return -1
	}
	return doubleArea(pts).sign()
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
