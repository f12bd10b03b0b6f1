package filegdb

import (
	"math"

	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// arc reads a circular arc: by a point on it, or by its centre.
func (c *cursor) arc() way {
	const empty, counter, line, point, onArc = 0x1, 0x8, 0x20, 0x40, 0x80
	p := orb.Point{c.float64(), c.float64()}
	flags := c.uint32()
	switch {
	case flags&(empty|line|point) != 0:
		return straight
	case flags&onArc != 0:
		return func(a, b orb.Point, _ bool, tolerance float64) ([]orb.Point, bool) {
			return arcThrough(a, p, b, tolerance)
		}
	}
	return func(a, b orb.Point, back bool, tolerance float64) ([]orb.Point, bool) {
		r, s := portable.Hypot(a[0]-p[0], a[1]-p[1]), portable.Hypot(b[0]-p[0], b[1]-p[1])
		if !finite(p) || !(r > 0) || math.Abs(r-s) > 1e-4*r {
			return nil, false
		}
		from := portable.Atan2(a[1]-p[1], a[0]-p[0])
		return ellipse{centre: p, major: r, minor: r}.points(from, sweep(from, portable.Atan2(b[1]-p[1], b[0]-p[0]), (flags&counter != 0) != back, a == b), tolerance)
	}
}

// sweep is the angle from one direction to another, counter-clockwise positive.
func sweep(from, to float64, counter, whole bool) float64 {
	d := math.Mod(to-from, 2*math.Pi)
	switch {
	case whole && counter:
		return 2 * math.Pi
	case whole:
		return -2 * math.Pi
	case counter && d < 0:
		return d + 2*math.Pi
	case !counter && d > 0:
		return d - 2*math.Pi
	}
	return d
}

// arcThrough draws the arc from a by p to b.
func arcThrough(a, p, b orb.Point, tolerance float64) ([]orb.Point, bool) {
	if !finite(p) {
		return nil, false
	}
	if a == b { // a full circle; p lies opposite
		centre := orb.Point{float64((a[0] + p[0]) / 2), float64((a[1] + p[1]) / 2)}
		r := portable.Hypot(a[0]-centre[0], a[1]-centre[1])
		if r == 0 {
			return nil, true
		}
		return ellipse{centre: centre, major: r, minor: r}.points(portable.Atan2(a[1]-centre[1], a[0]-centre[0]), -2*math.Pi, tolerance)
	}
	bx, by, px, py := b[0]-a[0], b[1]-a[1], p[0]-a[0], p[1]-a[1]
	cross := float64(bx*py) - float64(by*px)
	chord := portable.Hypot(bx, by)
	if math.Abs(cross) <= 1e-12*chord*math.Max(chord, portable.Hypot(px, py)) {
		return nil, true // in line: straight
	}
	d := float64(2 * cross)
	b2, p2 := float64(bx*bx)+float64(by*by), float64(px*px)+float64(py*py)
	ux, uy := (float64(py*b2)-float64(by*p2))/d, (float64(bx*p2)-float64(px*b2))/d
	centre := orb.Point{a[0] + ux, a[1] + uy}
	r := portable.Hypot(ux, uy)
	from, to := portable.Atan2(-uy, -ux), portable.Atan2(by-uy, bx-ux)
	return ellipse{centre: centre, major: r, minor: r}.points(from, sweep(from, to, cross < 0, false), tolerance)
}

// ellipse is a circle when both half axes are the same.
type ellipse struct {
	centre       orb.Point
	major, minor float64 // half axes
	turned       float64 // counter-clockwise, radians
}

func (e ellipse) at(angle float64) orb.Point {
	sin, cos := portable.Sincos(angle)
	x, y := float64(e.major*cos), float64(e.minor*sin)
	ts, tc := portable.Sincos(e.turned)
	return orb.Point{e.centre[0] + float64(x*tc) - float64(y*ts), e.centre[1] + float64(x*ts) + float64(y*tc)}
}

// points are those between the ends of an arc; false for one that no numbers
// hold.
func (e ellipse) points(from, sweep, tolerance float64) ([]orb.Point, bool) {
	each := turn
	if e.major > tolerance {
		// A chord of this angle is at most the tolerance away: 1 - cos(each/2) is
		// tolerance/major. By the sine of its quarter it is never 0.
		each = min(each, float64(4*portable.Asin(math.Sqrt(tolerance/e.major/2))))
	}
	if pieces := math.Abs(sweep) / each; pieces-pieces != 0 || !finite(e.centre) {
		return nil, false
	}
	n := int(min(mostPieces, max(fewestPieces, math.Ceil(math.Abs(sweep)/each))))
	points := make([]orb.Point, 0, n-1)
	for k := 1; k < n; k++ {
		points = append(points, e.at(from+float64(sweep*float64(k)/float64(n))))
	}
	return points, true
}

// ellipse reads an elliptic arc by its centre.
func (c *cursor) ellipse() way {
	const otherForm, line, point, counter, complete = 0x200 | 0x400, 0x40, 0x80, 0x800, 0x2000
	e := ellipse{centre: orb.Point{c.float64(), c.float64()}, turned: c.float64(), major: c.float64()}
	e.minor = float64(e.major * c.float64())
	flags := c.uint32()
	switch {
	case flags&otherForm != 0:
		return nil
	case flags&(line|point) != 0:
		return straight
	}
	return func(a, b orb.Point, back bool, tolerance float64) ([]orb.Point, bool) {
		if !finite(e.centre) || !finite(orb.Point{e.major, e.minor}) || e.turned-e.turned != 0 || !(e.major > 0) || !(e.minor > 0) {
			return nil, false
		}
		from := e.angle(a)
		return e.points(from, sweep(from, e.angle(b), (flags&counter != 0) != back, a == b || flags&complete != 0), tolerance)
	}
}

// angle is the parameter of the ellipse's point in the direction of a point.
func (e ellipse) angle(p orb.Point) float64 {
	ts, tc := portable.Sincos(e.turned)
	x, y := p[0]-e.centre[0], p[1]-e.centre[1]
	return portable.Atan2((float64(y*tc)-float64(x*ts))/e.minor, (float64(x*tc)+float64(y*ts))/e.major)
}
