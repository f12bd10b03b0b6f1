package filegdb

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
	"landcheck/geo/portable"
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
		bend := 6 * math.Max(portable.Hypot(a[0]-float64(2*p[0])+q[0], a[1]-float64(2*p[1])+q[1]), portable.Hypot(p[0]-float64(2*q[0])+b[0], p[1]-float64(2*q[1])+b[1]))
		n := int(min(mostPieces, max(2*math.Pi/turn/4, math.Ceil(math.Sqrt(bend/8/tolerance)))))
		points := make([]orb.Point, 0, n-1)
		for k := 1; k < n; k++ {
			t := float64(k) / float64(n)
			u := 1 - t
			points = append(points, orb.Point{
				float64(u*u*u*a[0]) + float64(3*u*u*t*p[0]) + float64(3*u*t*t*q[0]) + float64(t*t*t*b[0]),
				float64(u*u*u*a[1]) + float64(3*u*u*t*p[1]) + float64(3*u*t*t*q[1]) + float64(t*t*t*b[1]),
			})
		}
		return points, true
	}
}
