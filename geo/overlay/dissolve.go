package overlay

import (
	"math"

	"github.com/paulmach/orb"
)

// Dissolve is the union of cells. Cells of one arrangement share their edges
// bit for bit, so the inner ones cancel; cells of several arrangements are cut
// against each other first.
func Dissolve(cells []orb.Polygon) orb.MultiPolygon {
	if len(cells) == 1 {
		return orb.MultiPolygon{cells[0]} // a cell is a face already
	}
	var ar Arranger
	ar.window = box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
	for _, cell := range cells {
		for i, r := range cell {
			pts := make([]point, 0, len(r))
			for _, p := range r[:max(len(r)-1, 0)] {
				q := fromCell(p)
				pts = append(pts, q)
				ar.window.minX, ar.window.maxX = min(ar.window.minX, q.x), max(ar.window.maxX, q.x)
				ar.window.minY, ar.window.maxY = min(ar.window.minY, q.y), max(ar.window.maxY, q.y)
			}
			if pts = oriented(pts, i > 0); pts != nil {
				ar.addRing(pts, 0)
			}
		}
	}
	if ar.node() != nil {
		return append(orb.MultiPolygon(nil), cells...)
	}
	ar.graph.build(ar.segments)
	ar.graph.nest(ar.segments)
	ar.label()
	var union orb.MultiPolygon
	for _, c := range ar.collect(func([]int32) bool { return true }) {
		union = append(union, c.Polygon)
	}
	return union
}
