// Package svgpath draws polygons as data of SVG paths: cut to a frame, simplified
// to what a page shows, in whole numbers relative to the point before, so that
// 10 000 parcels stay under a megabyte or two.
package svgpath

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// View maps the plane, in metres, to a drawing, whose y runs down from the top.
type View struct {
	Frame    orb.Bound // metres; its upper left corner is the drawing's origin
	Scale    float64   // units of the drawing per metre
	Detail   float64   // units that Douglas–Peucker may move an edge
	Smallest int       // units: what is smaller is drawn as a square of that side
}

// Point is a point of the plane in the drawing.
func (v View) Point(p orb.Point) orb.Point {
	return orb.Point{float64((p[0] - v.Frame.Min[0]) * v.Scale), float64((v.Frame.Max[1] - p[1]) * v.Scale)}
}

// InFrame is what of polygons lies in the frame, and a little around it.
func (v View) InFrame(mp orb.MultiPolygon) orb.MultiPolygon {
	var in orb.MultiPolygon
	edge := v.Frame.Pad(60 / v.Scale)
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

// Coarse leaves out the vertices of long rings that the page cannot show, a
// third of what drawing them leaves out.
func (v View) Coarse(mp orb.MultiPolygon) orb.MultiPolygon {
	const long = 64
	out := make(orb.MultiPolygon, len(mp))
	for i, poly := range mp {
		out[i] = slices.Clone(poly)
		for k, ring := range poly {
			if len(ring) <= long {
				continue
			}
			if few := simplify.DouglasPeucker(v.Detail / (3 * v.Scale)).Ring(ring.Clone()); len(few) >= 4 {
				out[i][k] = few
			}
		}
	}
	return out
}

// Middle is where a label stands: the centroid of the largest visible
// part or, where that lies outside of it (a township bent round another), the
// middle of its widest stretch at that height; false when none is visible.
func (v View) Middle(mp orb.MultiPolygon) (orb.Point, bool) {
	var best orb.Polygon
	most := -1.0
	for _, poly := range mp {
		if len(poly) == 0 || len(poly[0]) == 0 || !v.Frame.Intersects(poly[0].Bound()) {
			continue
		}
		seen := clip.Polygon(v.Frame, orb.Polygon{poly[0]}.Clone())
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
	return v.Point(at), true
}

// widest is the x in the middle of the widest stretch of a ring at y; of its
// box where the ring has none there.
func widest(ring orb.Ring, y float64) float64 {
	var crossings []float64
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a[1] > y) != (b[1] > y) {
			crossings = append(crossings, a[0]+float64((y-a[1])/(b[1]-a[1])*(b[0]-a[0])))
		}
	}
	slices.Sort(crossings)
	x, most := ring.Bound().Center()[0], 0.0
	for i := 1; i < len(crossings); i += 2 {
		if w := crossings[i] - crossings[i-1]; w > most {
			x, most = crossings[i-1]+float64(w/2), w
		}
	}
	return x
}
