package filegdb

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// Curves are drawn out by straight segments between points of theirs, so dense
// that none leaves its curve by more than sagitta metres, nor turns by more
// than turn.
const (
	sagitta      = 0.0001
	degreeMetres = 111_000
	turn         = math.Pi / 720
	fewestPieces = 4
	mostPieces   = 10_000
	// mostDrawn is how many points the curves of one shape may take.
	mostDrawn = 1_000_000
)

// curve is the bent way from one vertex to the next.
type curve struct {
	from int // its vertex, counted through all parts
	way  way
}

// way gives the points between the ends of a curve; back asks for the curve
// that runs from b to a, as it does from a to b. False: it cannot be drawn.
type way func(a, b orb.Point, back bool, tolerance float64) ([]orb.Point, bool)

// draw gives the points between two ends. A ring that has the curve the other
// way round gets the same ones, so that neighbours stay joined.
func (c *curve) draw(a, b orb.Point, tolerance float64) ([]orb.Point, bool) {
	if b[0] < a[0] || b[0] == a[0] && b[1] < a[1] {
		points, ok := c.way(b, a, true, tolerance)
		slices.Reverse(points)
		return points, ok
	}
	return c.way(a, b, false, tolerance)
}

// drawn puts the points of a shape's curves between its vertices.
func (h *head) drawn(blob []byte, at int, rings []orb.Ring, g *grid) ([]orb.Ring, *damage) {
	c := cursor{data: blob, at: at}
	if h.z {
		c.skip(h.points)
	}
	if h.m {
		c.measures(h.points)
	}
	curves, bad := c.curves(h)
	if bad != nil {
		return nil, bad
	}
	tolerance := sagitta
	if math.Abs(g.x0) <= 400 && g.scale > 1e6 { // degrees
		tolerance /= degreeMetres
	}
	box := h.box(g)
	box = inplace.Box{box[0] - tolerance, box[1] - tolerance, box[2] + tolerance, box[3] + tolerance}
	first, added := 0, 0
	for r, ring := range rings {
		n := len(ring)
		var out orb.Ring
		last := 0 // of the ring's vertices not yet taken
		for len(curves) > 0 && curves[0].from < first+n {
			k := curves[0].from - first
			if k+1 >= n {
				return nil, damaged(c.at, "曲线从环的最后一个顶点开始", "a curve begins at the last vertex of a ring")
			}
			points, ok := curves[0].draw(ring[k], ring[k+1], tolerance)
			if !ok {
				return nil, damaged(c.at, "第 %d 个顶点之后的曲线无法画出", "the curve after vertex %d cannot be drawn", curves[0].from+1)
			}
			// A search that believes a box that is too small passes over land in silence.
			if slices.ContainsFunc(points, func(p orb.Point) bool { return !box.Covers(inplace.Box{p[0], p[1], p[0], p[1]}) }) {
				return nil, damaged(h.partsStart, "图形自带的外包矩形没有包住第 %d 个顶点之后的曲线", "the shape's own box does not cover the curve after vertex %d", curves[0].from+1)
			}
			if added += len(points); added > mostDrawn {
				return nil, &damage{offset: c.at, message: geo.TooMany(geo.VerticesOfShape, mostDrawn).Message}
			}
			out = append(append(out, ring[last:k+1]...), points...)
			last, curves = k+1, curves[1:]
		}
		if out != nil {
			rings[r] = append(out, ring[last:]...)
		}
		first += n
	}
	return rings, nil
}

// curves reads the descriptions of a shape's curves.
func (c *cursor) curves(h *head) ([]curve, *damage) {
	list := make([]curve, 0, min(h.curves, 1024))
	before := -1
	for range h.curves {
		from, kind := c.uint(), c.uint()
		if c.bad {
			return nil, shortShape(c)
		}
		if from >= h.points-1 || int(from) <= before {
			return nil, damaged(c.at, "曲线的起始顶点 %[1]d 不合理（共 %[2]d 个顶点）", "a curve is said to begin at vertex %[1]d of %[2]d", from, h.points)
		}
		before = int(from)
		one := curve{from: before}
		switch kind {
		case 1:
			one.way = c.arc()
		case 4:
			one.way = c.bezier()
		case 5:
			one.way = c.ellipse()
		}
		if c.bad {
			return nil, shortShape(c)
		}
		if one.way == nil {
			return nil, &damage{offset: c.at, message: geo.Textf("曲线类型 %d 不能读取", "curves of kind %d are not read", kind),
				advice: geo.Text{ZH: "请在 ArcGIS 中用 Densify 将曲线改为折线后重试", EN: "Turn curves into straight segments in ArcGIS (Densify)"}}
		}
		list = append(list, one)
	}
	return list, nil
}

func (c *cursor) uint32() uint32 {
	if c.left() < 4 {
		c.bad = true
		return 0
	}
	c.at += 4
	return binary.LittleEndian.Uint32(c.data[c.at-4:])
}

func straight(_, _ orb.Point, _ bool, _ float64) ([]orb.Point, bool) { return nil, true }

func finite(p orb.Point) bool { return p[0]-p[0] == 0 && p[1]-p[1] == 0 }

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
		r, s := math.Hypot(a[0]-p[0], a[1]-p[1]), math.Hypot(b[0]-p[0], b[1]-p[1])
		if !finite(p) || !(r > 0) || math.Abs(r-s) > 1e-4*r {
			return nil, false
		}
		from := math.Atan2(a[1]-p[1], a[0]-p[0])
		return ellipse{centre: p, major: r, minor: r}.points(from, sweep(from, math.Atan2(b[1]-p[1], b[0]-p[0]), (flags&counter != 0) != back, a == b), tolerance)
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
		centre := orb.Point{(a[0] + p[0]) / 2, (a[1] + p[1]) / 2}
		r := math.Hypot(a[0]-centre[0], a[1]-centre[1])
		if r == 0 {
			return nil, true
		}
		return ellipse{centre: centre, major: r, minor: r}.points(math.Atan2(a[1]-centre[1], a[0]-centre[0]), -2*math.Pi, tolerance)
	}
	bx, by, px, py := b[0]-a[0], b[1]-a[1], p[0]-a[0], p[1]-a[1]
	cross := bx*py - by*px
	chord := math.Hypot(bx, by)
	if math.Abs(cross) <= 1e-12*chord*math.Max(chord, math.Hypot(px, py)) {
		return nil, true // in line: straight
	}
	d := 2 * cross
	b2, p2 := bx*bx+by*by, px*px+py*py
	ux, uy := (py*b2-by*p2)/d, (bx*p2-px*b2)/d
	centre := orb.Point{a[0] + ux, a[1] + uy}
	r := math.Hypot(ux, uy)
	from, to := math.Atan2(-uy, -ux), math.Atan2(by-uy, bx-ux)
	return ellipse{centre: centre, major: r, minor: r}.points(from, sweep(from, to, cross < 0, false), tolerance)
}

// ellipse is a circle when both half axes are the same.
type ellipse struct {
	centre       orb.Point
	major, minor float64 // half axes
	turned       float64 // counter-clockwise, radians
}

func (e ellipse) at(angle float64) orb.Point {
	sin, cos := math.Sincos(angle)
	x, y := e.major*cos, e.minor*sin
	ts, tc := math.Sincos(e.turned)
	return orb.Point{e.centre[0] + x*tc - y*ts, e.centre[1] + x*ts + y*tc}
}

// points are those between the ends of an arc; false for one that no numbers
// hold.
func (e ellipse) points(from, sweep, tolerance float64) ([]orb.Point, bool) {
	each := turn
	if e.major > tolerance {
		// A chord of this angle is at most the tolerance away: 1 - cos(each/2) is
		// tolerance/major. By the sine of its quarter it is never 0.
		each = min(each, 4*math.Asin(math.Sqrt(tolerance/e.major/2)))
	}
	if pieces := math.Abs(sweep) / each; pieces-pieces != 0 || !finite(e.centre) {
		return nil, false
	}
	n := int(min(mostPieces, max(fewestPieces, math.Ceil(math.Abs(sweep)/each))))
	points := make([]orb.Point, 0, n-1)
	for k := 1; k < n; k++ {
		points = append(points, e.at(from+sweep*float64(k)/float64(n)))
	}
	return points, true
}

// bezier reads a cubic curve by its two inner control points.
func (c *cursor) bezier() way {
	p, q := orb.Point{c.float64(), c.float64()}, orb.Point{c.float64(), c.float64()}
	return func(a, b orb.Point, back bool, tolerance float64) ([]orb.Point, bool) {
		if !finite(p) || !finite(q) {
			return nil, false
		}
		p, q := p, q
		if back {
			p, q = q, p
		}
		// The second derivative is at most 6 times the larger second difference;
		// a piece of 1/n leaves the curve by an eighth of it over n².
		bend := 6 * math.Max(math.Hypot(a[0]-2*p[0]+q[0], a[1]-2*p[1]+q[1]), math.Hypot(p[0]-2*q[0]+b[0], p[1]-2*q[1]+b[1]))
		n := int(min(mostPieces, max(2*math.Pi/turn/4, math.Ceil(math.Sqrt(bend/8/tolerance)))))
		points := make([]orb.Point, 0, n-1)
		for k := 1; k < n; k++ {
			t := float64(k) / float64(n)
			u := 1 - t
			points = append(points, orb.Point{
				u*u*u*a[0] + 3*u*u*t*p[0] + 3*u*t*t*q[0] + t*t*t*b[0],
				u*u*u*a[1] + 3*u*u*t*p[1] + 3*u*t*t*q[1] + t*t*t*b[1],
			})
		}
		return points, true
	}
}

// ellipse reads an elliptic arc by its centre.
func (c *cursor) ellipse() way {
	const otherForm, line, point, counter, complete = 0x200 | 0x400, 0x40, 0x80, 0x800, 0x2000
	e := ellipse{centre: orb.Point{c.float64(), c.float64()}, turned: c.float64(), major: c.float64()}
	e.minor = e.major * c.float64()
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
	ts, tc := math.Sincos(e.turned)
	x, y := p[0]-e.centre[0], p[1]-e.centre[1]
	return math.Atan2((y*tc-x*ts)/e.minor, (x*tc+y*ts)/e.major)
}
