package overlay

import (
	"cmp"
	"context"
)

// An input is worth looking at edge by edge from so many edges about it on, if
// it has no more vertices than that itself.
const (
	manyEdges  = 4096
	fewCorners = 4096
	// Of an input of so few vertices an edge is told in less time than it takes
	// to be merged and swept with the others.
	someEdges     = 256
	fewestCorners = 16
)

// setAside keeps of the segments from the given one on those that may cut the
// first input, and counts the others among the far ones: those that lie outside
// it and touch it, if at all, in one of its own vertices. Of ten thousand
// changes that meet in a corner so remain the neighbours, of the parcels about
// a road across the county those along the road.
func (ar *Arranger) setAside(ctx context.Context, s *Shape, from int) error {
	corners, least := s.vertices(), manyEdges
	if corners <= fewestCorners {
		least = someEdges
	}
	if len(ar.segments)-from < cmp.Or(ar.aside, least) || corners > fewCorners {
		return nil
	}
	kept := ar.segments[:from]
	for i := from; i < len(ar.segments); i++ {
		g := ar.segments[i]
		if i%256 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		cuts, looks := s.cutBy(g.a, g.b)
		ar.spending.spent += looks
		if cuts {
			kept = append(kept, g)
			continue
		}
		d := ar.deltas[g.from]
		ar.far = append(ar.far, farEdge{g.a, g.b, d})
	}
	ar.segments = kept
	return nil
}

// cutBy tells whether an edge enters a shape or touches it elsewhere than in
// its vertices, and in how many looks that was found out.
func (s *Shape) cutBy(a, b point) (cuts bool, looks int64) {
	box := box{a.x, min(a.y, b.y), b.x, max(a.y, b.y)}
	middle := point{a.x + b.x, a.y + b.y} // twice
	winding := int32(0)
	for i := range s.rings {
		r := &s.rings[i]
		for k, block := range r.blocks {
			from := k * blockSize
			p := r.pts[(from+len(r.pts)-1)%len(r.pts)]
			block = block.with(p)
			looks++
			if box.sides(block) != 0 && (2*block.maxY < middle.y || 2*block.minY > middle.y) {
				continue
			}
			for _, q := range r.pts[from:min(from+blockSize, len(r.pts))] {
				looks++
				if touches(a, b, p, q) {
					return true, looks
				}
				winding += windingOf(p.twice(), q.twice(), middle)
				p = q
			}
		}
	}
	return winding != 0, looks
}

// touches tells whether two edges share a place that is not an end of both, or
// lie on one line.
func touches(a, b, p, q point) bool {
	if max(p.x, q.x) < a.x || min(p.x, q.x) > b.x || max(p.y, q.y) < min(a.y, b.y) || min(p.y, q.y) > max(a.y, b.y) {
		return false
	}
	sp, sq := turn(a, b, p), turn(a, b, q)
	if sp*sq > 0 {
		return false
	}
	sa, sb := turn(p, q, a), turn(p, q, b)
	if sa*sb > 0 {
		return false
	}
	if sp == 0 && sq == 0 {
		return true
	}
	return !(a == p || a == q || b == p || b == q)
}
