package overlay

import (
	"cmp"
	"math"
	"slices"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// Dissolve is the union of cells. Cells of one arrangement share their edges
// bit for bit, so the inner ones cancel; cells of several arrangements are cut
// against each other first. Parts come by their smallest vertices.
func Dissolve(cells []orb.Polygon) orb.MultiPolygon {
	var ar Arranger
	var parts []Part
	for _, cluster := range Clusters(cells) {
		together := make([]orb.Polygon, len(cluster))
		for k, i := range cluster {
			together[k] = cells[i]
		}
		parts = append(parts, ar.Unite(together)...)
	}
	slices.SortStableFunc(parts, Part.Compare)
	union := make(orb.MultiPolygon, len(parts))
	for i, p := range parts {
		union[i] = p.Polygon
	}
	return union
}

// Part is a polygon of a union.
type Part struct {
	Polygon orb.Polygon
	Start   orb.Point // its smallest vertex
}

// Compare orders parts by their smallest vertices.
func (p Part) Compare(q Part) int { return compareVertices(p.Start, q.Start) }

// Clusters parts cells that cannot touch, by their boxes: what lies far apart is
// not searched through for neighbours. It gives the places of the cells,
// ascending in a cluster; clusters come by their first.
func Clusters(cells []orb.Polygon) [][]int {
	boxes := make([]orb.Bound, len(cells))
	for i, c := range cells {
		boxes[i] = geo.Bound(orb.MultiPolygon{c}).Pad(1.0 / perInput)
	}
	return geo.Clusters(boxes)
}

func smallest(p orb.Polygon) orb.Point {
	least := orb.Point{math.Inf(1), math.Inf(1)}
	if len(p) > 0 {
		for _, v := range p[0] {
			if compareVertices(v, least) < 0 {
				least = v
			}
		}
	}
	return least
}

func compareVertices(a, b orb.Point) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// Unite is the union of cells that lie together; a cell alone is a face already.
func (ar *Arranger) Unite(cells []orb.Polygon) []Part {
	var union []Part
	for _, p := range ar.unite(cells) {
		union = append(union, Part{p, smallest(p)})
	}
	return union
}

func (ar *Arranger) unite(cells []orb.Polygon) []orb.Polygon {
	if len(cells) == 1 {
		return cells
	}
	ar.clear()
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
		return cells
	}
	ar.graph.build(ar.segments)
	ar.graph.nest(ar.segments)
	ar.label()
	var union []orb.Polygon
	for _, c := range ar.collect(func([]int32) bool { return true }) {
		union = append(union, c.Polygon)
	}
	return union
}
