package tile

// clipper cuts rings at a square, side by side (Sutherland and Hodgman 1974).
// Where a ring leaves the square more than once, it comes back along the
// square's side; arrange takes such bridges away.
type clipper struct{ from, to []latticePoint }

// ring cuts a ring in the clipper's from at the sides lo and hi. The result is
// good until the next call; it may have fewer than three points.
func (c *clipper) ring(lo, hi float64) []latticePoint {
	c.side(func(p latticePoint) float64 { return p.x - lo }, func(p *latticePoint) { p.x = lo })
	c.side(func(p latticePoint) float64 { return hi - p.x }, func(p *latticePoint) { p.x = hi })
	c.side(func(p latticePoint) float64 { return p.y - lo }, func(p *latticePoint) { p.y = lo })
	c.side(func(p latticePoint) float64 { return hi - p.y }, func(p *latticePoint) { p.y = hi })
	return c.from
}

// side keeps what lies at the side where inside is not negative; put moves a
// point onto the line, so that rounding leaves it exactly there.
func (c *clipper) side(inside func(latticePoint) float64, put func(*latticePoint)) {
	c.to = c.to[:0]
	n := len(c.from)
	for i, b := range c.from {
		a := c.from[(i+n-1)%n]
		da, db := inside(a), inside(b)
		if (da < 0) != (db < 0) {
			p := between(a, b, da, db)
			put(&p)
			c.to = append(c.to, p)
		}
		if db >= 0 {
			c.to = append(c.to, b)
		}
	}
	c.from, c.to = c.to, c.from
}

// between is where an edge meets a line, of whose ends the distances are given:
// the same place whichever way the edge runs, so neighbours stay joined.
func between(a, b latticePoint, da, db float64) latticePoint {
	if a.x > b.x || a.x == b.x && a.y > b.y {
		a, b, da, db = b, a, db, da
	}
	t := da / (da - db)
	return latticePoint{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)}
}
