package report

import (
	"math"

	"landcheck/geo/svgpath"

	"github.com/paulmach/orb"
)

// The drawing is 960 px wide; paths are in tenths of a pixel.
const (
	viewportWidth  = 960
	viewportMin    = 440
	viewportMax    = 900
	viewportDetail = 3  // tenths of a px that Douglas–Peucker may move an edge
	minVisible     = 15 // tenths of a px: smaller is drawn as a square of that side
)

// viewport maps the plane to the page.
type viewport struct {
	svgpath.View     // in tenths of a px
	height       int // px
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
	box = box.Pad(math.Max(float64(math.Max(w, h)*0.05), 10))
	w, h = box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	height := int(math.Round(math.Min(viewportMax, math.Max(viewportMin, viewportWidth*h/w))))
	scale := math.Min(viewportWidth/w, float64(height)/h)
	dx, dy := float64((float64(viewportWidth/scale)-w)/2), float64((float64(float64(height)/scale)-h)/2)
	box.Min[0], box.Max[0], box.Min[1], box.Max[1] = box.Min[0]-dx, box.Max[0]+dx, box.Min[1]-dy, box.Max[1]+dy
	return viewport{svgpath.View{Frame: box, Scale: float64(scale * 10), Detail: viewportDetail, Smallest: minVisible}, height}, true
}

func baseOutline(role string) bool {
	switch role {
	case "townships", "villages", "red_line", "urban_boundary", "pbf", "land_use", "basic_grassland", "heritage":
		return true
	}
	return false
}

// middle is where a label stands, in px; false where nothing of it is visible.
func (c viewport) middle(mp orb.MultiPolygon) (orb.Point, bool) {
	at, ok := c.Middle(mp)
	return orb.Point{at[0] / 10, at[1] / 10}, ok
}
