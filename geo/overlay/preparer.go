package overlay

import (
	"math"

	"github.com/paulmach/orb"
)

// Preparer prepares shapes in memory that it uses again: those of a few dozen
// vertices are put on the grid in less time than it takes to keep them. It
// belongs to one goroutine; the zero Preparer is ready.
type Preparer struct {
	points []point
	boxes  []box
	rings  []ring
	shapes []Shape
}

// Prepare is the function of that name for a polygon whose box is known. The
// shape is good until Reset.
func (s *Preparer) Prepare(mp orb.MultiPolygon, bound orb.Bound) *Shape {
	return s.prepare(mp, bound, nil)
}

// prepare asks every lookEvery vertices whether to end, where it is told whom to
// ask: the shape means nothing then.
func (s *Preparer) prepare(mp orb.MultiPolygon, bound orb.Bound, ended func() bool) *Shape {
	from, left := len(s.rings), lookEvery
polygons:
	for _, polygon := range mp {
		for i, r := range polygon {
			if !s.add(r, i > 0, &left, ended) {
				break polygons
			}
		}
	}
	s.shapes = append(s.shapes, Shape{rings: s.rings[from:len(s.rings):len(s.rings)], bound: bound})
	return &s.shapes[len(s.shapes)-1]
}

// Reset gives all shapes up.
func (s *Preparer) Reset() {
	s.points, s.boxes, s.rings, s.shapes = s.points[:0], s.boxes[:0], s.rings[:0], s.shapes[:0]
}

// reserve takes the memory for one polygon.
func (s *Preparer) reserve(mp orb.MultiPolygon) {
	points, boxes, rings := 0, 0, 0
	for _, polygon := range mp {
		rings += len(polygon)
		for _, r := range polygon {
			points += len(r)
			blocks := len(r)/blockSize + 1
			boxes += blocks
			if blocks > 1 {
				boxes += blocks/groupSize + 1
			}
		}
	}
	s.points, s.boxes, s.rings = make([]point, 0, points), make([]box, 0, boxes), make([]ring, 0, rings)
}

// add puts a ring on the grid, drops repeated vertices and orients it: holes
// clockwise. It is left out when nothing areal remains. False where it was told to
// end; left is how many vertices there are to the next look.
func (s *Preparer) add(r orb.Ring, hole bool, left *int, ended func() bool) bool {
	from := len(s.points)
	for _, p := range r {
		if *left--; *left == 0 {
			if *left = lookEvery; ended != nil && ended() {
				s.points = s.points[:from]
				return false
			}
		}
		if q := fromInput(p); len(s.points) == from || q != s.points[len(s.points)-1] {
			s.points = append(s.points, q)
		}
	}
	for len(s.points) > from+1 && s.points[from] == s.points[len(s.points)-1] {
		s.points = s.points[:len(s.points)-1]
	}
	pts := oriented(s.points[from:len(s.points):len(s.points)], hole)
	if pts == nil {
		s.points = s.points[:from]
		return true
	}
	blocks := s.blocks(pts)
	groups := blocks
	if len(blocks) > 1 {
		groups = s.groups(blocks)
	}
	s.rings = append(s.rings, ring{pts, blocks, groups})
	return true
}

func (s *Preparer) blocks(pts []point) []box {
	start := len(s.boxes)
	for from := 0; from < len(pts); from += blockSize {
		b := box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
		for _, p := range pts[from:min(from+blockSize, len(pts))] {
			b = box{min(b.minX, p.x), min(b.minY, p.y), max(b.maxX, p.x), max(b.maxY, p.y)}
		}
		s.boxes = append(s.boxes, b)
	}
	return s.boxes[start:len(s.boxes):len(s.boxes)]
}

func (s *Preparer) groups(blocks []box) []box {
	start := len(s.boxes)
	for from := 0; from < len(blocks); from += groupSize {
		g := blocks[from]
		for _, b := range blocks[from+1 : min(from+groupSize, len(blocks))] {
			g = box{min(g.minX, b.minX), min(g.minY, b.minY), max(g.maxX, b.maxX), max(g.maxY, b.maxY)}
		}
		s.boxes = append(s.boxes, g)
	}
	return s.boxes[start:len(s.boxes):len(s.boxes)]
}
