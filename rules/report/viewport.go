package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// The drawing is 960 px wide; paths are in tenths of a pixel, whole numbers,
// relative to the point before: 10 000 parcels stay under a megabyte or two.
const (
	viewportWidth  = 960
	viewportMin    = 440
	viewportMax    = 900
	viewportDetail = 3  // tenths of a px that Douglas–Peucker may move an edge
	minVisible     = 15 // tenths of a px: smaller is drawn as a square of that side
)

// viewport maps the plane to the page.
type viewport struct {
	frame  orb.Bound // metres
	scale  float64   // tenths of a px per metre
	height int       // px
}

// newViewport frames the plan and its findings, not the base outlines round it;
// false when there is nothing to frame.
func newViewport(d *Drawing) (viewport, bool) {
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, l := range d.Layers {
		if baseOutline(l.Role) {
			continue
		}
		for _, f := range l.Features {
			for _, p := range f.Geometry {
				if len(p) > 0 && len(p[0]) > 0 {
					box = box.Union(p[0].Bound())
				}
			}
		}
	}
	w, h := box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	if !(w >= 0 && h >= 0) || math.IsInf(w, 0) || math.IsInf(h, 0) {
		return viewport{}, false
	}
	box = box.Pad(math.Max(math.Max(w, h)*0.05, 10))
	w, h = box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	height := int(math.Round(math.Min(viewportMax, math.Max(viewportMin, viewportWidth*h/w))))
	scale := math.Min(viewportWidth/w, float64(height)/h)
	dx, dy := (viewportWidth/scale-w)/2, (float64(height)/scale-h)/2
	box.Min[0], box.Max[0], box.Min[1], box.Max[1] = box.Min[0]-dx, box.Max[0]+dx, box.Min[1]-dy, box.Max[1]+dy
	return viewport{frame: box, scale: scale * 10, height: height}, true
}

func baseOutline(role string) bool {
	switch role {
	case "townships", "villages", "red_line", "urban_boundary", "pbf", "land_use", "basic_grassland", "heritage":
		return true
	}
	return false
}

func (c viewport) point(p orb.Point) orb.Point {
	return orb.Point{(p[0] - c.frame.Min[0]) * c.scale, (c.frame.Max[1] - p[1]) * c.scale}
}

// pathWriter writes the data of one SVG path.
type pathWriter struct {
	c     viewport
	d     strings.Builder
	specs map[[2]int]bool // where a minimal mark was drawn already
}

func (c viewport) pathWriter() *pathWriter { return &pathWriter{c: c, specs: map[[2]int]bool{}} }

// inFrame is what of polygons lies in the frame, and a little around it.
func (c viewport) inFrame(mp orb.MultiPolygon) orb.MultiPolygon {
	var in orb.MultiPolygon
	edge := c.frame.Pad(60 / c.scale)
	for _, poly := range mp {
		if len(poly) == 0 || len(poly[0]) == 0 {
			continue
		}
		if b := poly[0].Bound(); !edge.Contains(b.Min) || !edge.Contains(b.Max) {
			if !edge.Intersects(b) {
				continue
			}
			if poly = clip.Polygon(edge, poly.Clone()); len(poly) == 0 {
				continue
			}
		}
		in = append(in, poly)
	}
	return in
}

// coarse leaves out the vertices of long rings that the page cannot show, a
// third of what drawing them leaves out.
func (c viewport) coarse(mp orb.MultiPolygon) orb.MultiPolygon {
	const long = 64
	out := make(orb.MultiPolygon, len(mp))
	for i, poly := range mp {
		out[i] = slices.Clone(poly)
		for k, ring := range poly {
			if len(ring) <= long {
				continue
			}
			if few := simplify.DouglasPeucker(viewportDetail / (3 * c.scale)).Ring(ring.Clone()); len(few) >= 4 {
				out[i][k] = few
			}
		}
	}
	return out
}

// draw adds polygons, cut to the frame and simplified to what the page shows.
func (p *pathWriter) draw(mp orb.MultiPolygon) {
	for _, poly := range p.c.inFrame(mp) {
		for i, ring := range poly {
			p.ring(ring, i == 0)
		}
	}
}

func (p *pathWriter) ring(ring orb.Ring, outer bool) {
	if len(ring) < 4 {
		return
	}
	px := make(orb.Ring, len(ring))
	for i, v := range ring {
		px[i] = p.c.point(v)
	}
	b := px.Bound()
	if b.Max[0]-b.Min[0] < minVisible && b.Max[1]-b.Min[1] < minVisible {
		if outer {
			p.isSmall(b.Center())
		}
		return
	}
	px = simplify.DouglasPeucker(viewportDetail).Ring(px)
	x, y, n := 0, 0, 0
	for i := 0; i+1 < len(px); i++ {
		nx, ny := int(math.Round(px[i][0])), int(math.Round(px[i][1]))
		switch {
		case n == 0:
			p.d.WriteString("M" + strconv.Itoa(nx))
			p.num(ny)
		case nx == x && ny == y:
			continue
		default:
			if n == 1 {
				p.d.WriteByte('l')
				p.d.WriteString(strconv.Itoa(nx - x))
			} else {
				p.num(nx - x)
			}
			p.num(ny - y)
		}
		x, y, n = nx, ny, n+1
	}
	if n > 0 {
		p.d.WriteByte('z')
	}
}

// num writes a number after another; a minus sign parts them well enough.
func (p *pathWriter) num(n int) {
	if n >= 0 {
		p.d.WriteByte(' ')
	}
	p.d.WriteString(strconv.Itoa(n))
}

func (p *pathWriter) isSmall(at orb.Point) {
	k := [2]int{int(math.Floor(at[0] / minVisible)), int(math.Floor(at[1] / minVisible))}
	if p.specs[k] {
		return
	}
	p.specs[k] = true
	fmt.Fprintf(&p.d, "M%d %dh%dv%dh-%dz", k[0]*minVisible, k[1]*minVisible, minVisible, minVisible, minVisible)
}

// middle is where a label stands, in px: the centroid of the largest visible
// part or, where that lies outside of it (a township bent round another), the
// middle of its widest stretch at that height; false when none is visible.
func (c viewport) middle(mp orb.MultiPolygon) (orb.Point, bool) {
	var best orb.Polygon
	most := -1.0
	for _, poly := range mp {
		if len(poly) == 0 || len(poly[0]) == 0 || !c.frame.Intersects(poly[0].Bound()) {
			continue
		}
		seen := clip.Polygon(c.frame, orb.Polygon{poly[0]}.Clone())
		if len(seen) == 0 || len(seen[0]) == 0 {
			continue
		}
		if a := math.Abs(planar.Area(seen)); a > most {
			most, best = a, seen
		}
	}
	if best == nil {
		return orb.Point{}, false
	}
	at, a := planar.CentroidArea(best)
	if a == 0 || math.IsNaN(at[0]) || math.IsNaN(at[1]) {
		at = best[0].Bound().Center()
	}
	if !planar.RingContains(best[0], at) {
		at[0] = widest(best[0], at[1])
	}
	p := c.point(at)
	return orb.Point{p[0] / 10, p[1] / 10}, true
}

// widest is the x in the middle of the widest stretch of a ring at y; of its
// box where the ring has none there.
func widest(ring orb.Ring, y float64) float64 {
	var crossings []float64
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a[1] > y) != (b[1] > y) {
			crossings = append(crossings, a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]))
		}
	}
	slices.Sort(crossings)
	x, most := ring.Bound().Center()[0], 0.0
	for i := 1; i < len(crossings); i += 2 {
		if w := crossings[i] - crossings[i-1]; w > most {
			x, most = crossings[i-1]+w/2, w
		}
	}
	return x
}
