package tile

// cutter makes pieces of a layer's features for one tile. It belongs to one
// goroutine, and is reused from tile to tile.
type cutter struct {
	*Layer
	view
	clip     clipper
	arranger arranger
	rings    [][]point // of the piece, on the lattice
	taken    [][]point // the rings before the easy ones were taken away
	patches  []patch   // polygons that the rings are of
	group    [][]point // rings of polygons that may meet
	store    []point   // of the rings
	coarse   int32     // lattice points between those that the piece is drawn on
}

// piece is what of an item a tile shows: rings on the lattice, outer ones
// first in each polygon. Beside it is where it lies before rounding, in steps:
// empty where the tile has nothing of it.
func (c *cutter) piece(n int) (shape [][][]point, seen extent) {
	from := int32(0)
	if n > 0 {
		from = c.items[n-1].Parts
	}
	c.rings, c.patches, c.store, c.coarse = c.rings[:0], c.patches[:0], c.store[:0], 1
	seen = noExtent()
	for k := from; k < c.items[n].Parts; k++ {
		at := len(c.rings)
		seen = seen.union(c.part(int(k)))
		if len(c.rings) > at {
			c.patches = append(c.patches, patch{box: boxOf(c.rings[at]), from: int32(at), to: int32(len(c.rings))})
		}
	}
	shape = c.easy()
	if more, ok := c.grouped(); ok {
		return append(shape, more...), seen
	}
	for len(c.rings) > 0 {
		work := maxWork
		if more, ok := c.arranger.polygons(c.rings, &work); ok {
			return append(shape, more...), seen
		}
		c.coarsen()
	}
	return shape, seen
}

// part takes in the rings of one polygon and tells where it lies.
func (c *cutter) part(k int) extent {
	p := &c.parts[k]
	e := c.extent(p.Box)
	if e.max.x < c.lo || e.min.x > c.hi || e.max.y < c.lo || e.min.y > c.hi {
		return noExtent()
	}
	inside := e.min.x >= c.lo && e.max.x <= c.hi && e.min.y >= c.lo && e.max.y <= c.hi
	if a, b := e.min.snap(), e.max.snap(); inside && (a.X == b.X || a.Y == b.Y) {
		return e // rounded, it encloses nothing
	}
	ring := int32(0)
	if k > 0 {
		ring = c.parts[k-1].Rings
	}
	seen := e
	if !inside {
		seen = noExtent()
	}
	for outer := true; ring < p.Rings; ring, outer = ring+1, false {
		points := c.ringPoints(ring)
		c.clip.from = c.clip.from[:0]
		for _, q := range points {
			c.clip.from = append(c.clip.from, c.latticePoint(q))
		}
		spots := c.clip.from
		if !inside {
			spots = c.clip.ring(c.lo, c.hi)
		}
		if outer && len(spots) == 0 {
			break // a hole lies in its polygon
		}
		if outer && !inside {
			for _, s := range spots {
				seen = seen.union(extent{s, s})
			}
		}
		c.take(spots)
	}
	return seen
}

func (c *cutter) ringPoints(ring int32) []point {
	from := int32(0)
	if ring > 0 {
		from = c.Layer.rings[ring-1]
	}
	return c.points[from:c.Layer.rings[ring]]
}

// take puts a ring on the lattice.
func (c *cutter) take(spots []latticePoint) {
	if cap(c.store)-len(c.store) < len(spots) { // rings taken before keep the old one
		c.store = make([]point, 0, 2*len(spots)+4096)
	}
	at := len(c.store)
	r := c.store[at:at]
	for _, s := range spots {
		r = add(r, s.snap())
	}
	if r = tidy(r); r != nil {
		c.store = c.store[:at+len(spots)]
		c.rings = append(c.rings, r)
	}
}

// coarsen draws the piece half as finely as before: what meets too often to be
// made valid cannot be seen either. At last nothing is left.
func (c *cutter) coarsen() {
	c.coarse *= 2
	out := c.rings[:0]
	for _, r := range c.rings {
		var few []point
		for _, p := range r {
			few = add(few, point{(p.X + c.coarse/2) &^ (c.coarse - 1), (p.Y + c.coarse/2) &^ (c.coarse - 1)})
		}
		if few = tidy(few); few != nil {
			out = append(out, few)
		}
	}
	c.rings = out
}

// extent is a box between lattice points.
type extent struct{ min, max latticePoint }

func noExtent() extent { return extent{latticePoint{1, 1}, latticePoint{-1, -1}} }

func (e extent) empty() bool { return e.min.x > e.max.x }

func (e extent) union(f extent) extent {
	switch {
	case e.empty():
		return f
	case f.empty():
		return e
	}
	return extent{latticePoint{min(e.min.x, f.min.x), min(e.min.y, f.min.y)}, latticePoint{max(e.max.x, f.max.x), max(e.max.y, f.max.y)}}
}

func (e extent) middle() latticePoint {
	return latticePoint{(e.min.x + e.max.x) / 2, (e.min.y + e.max.y) / 2}
}

func (c *cutter) extent(b box) extent { return extent{c.latticePoint(b.Min), c.latticePoint(b.Max)} }
