package overlay

import (
	"cmp"
	"context"
	"math"
	"slices"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// Dissolve is the union of cells. Cells of one arrangement share their edges
// bit for bit, so the inner ones cancel; cells of several arrangements are cut
// against each other first. Parts come by their smallest vertices. An
// *Excess names no cells: they count as one input.
func Dissolve(ctx context.Context, cells []orb.Polygon) (orb.MultiPolygon, error) {
	var ar Arranger
	var parts []UnionPolygon
	for _, cluster := range Clusters(cells) {
		together := make([]orb.Polygon, len(cluster))
		for k, i := range cluster {
			together[k] = cells[i]
		}
		union, err := ar.Unite(ctx, together)
		if err != nil {
			return nil, err
		}
		parts = append(parts, union...)
	}
	slices.SortStableFunc(parts, UnionPolygon.Compare)
	union := make(orb.MultiPolygon, len(parts))
	for i, p := range parts {
		union[i] = p.Polygon
	}
	return union, nil
}

// UnionPolygon is a polygon of a union.
type UnionPolygon struct {
	Polygon orb.Polygon
	Start   orb.Point // its smallest vertex
}

// Compare orders parts by their smallest vertices.
func (p UnionPolygon) Compare(q UnionPolygon) int { return compareVertices(p.Start, q.Start) }

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
func (ar *Arranger) Unite(ctx context.Context, cells []orb.Polygon) ([]UnionPolygon, error) {
	polygons, err := ar.unite(ctx, cells)
	if err != nil {
		return nil, err
	}
	return Apart(polygons), nil
}

// Apart is cells as parts, each by itself.
func Apart(cells []orb.Polygon) []UnionPolygon {
	parts := make([]UnionPolygon, len(cells))
	for i, p := range cells {
		parts[i] = UnionPolygon{p, smallest(p)}
	}
	return parts
}

func (ar *Arranger) unite(ctx context.Context, cells []orb.Polygon) ([]orb.Polygon, error) {
	if len(cells) == 1 {
		return cells, nil
	}
	edges := 0
	for _, cell := range cells {
		for _, r := range cell {
			edges += len(r)
		}
	}
	if edges < largeUnion {
		return ar.uniteAtOnce(ctx, cells, edges)
	}
	select {
	case largeUnions <- struct{}{}:
		defer func() { <-largeUnions }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	return new(Arranger).uniteAtOnce(ctx, cells, edges)
}

// A union of so many edges takes 40 MB and more: it waits until no other is
// made, and keeps nothing.
const largeUnion = 200_000

var largeUnions = make(chan struct{}, 1)

func (ar *Arranger) uniteAtOnce(ctx context.Context, cells []orb.Polygon, edges int) ([]orb.Polygon, error) {
	ar.clear()
	ar.window = box{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64}
	ar.reserve(edges)
	for _, cell := range cells {
		for i, r := range cell {
			pts := ar.ring[:0]
			for _, p := range r[:max(len(r)-1, 0)] {
				q := fromCell(p)
				pts = append(pts, q)
				ar.window.minX, ar.window.maxX = min(ar.window.minX, q.x), max(ar.window.maxX, q.x)
				ar.window.minY, ar.window.maxY = min(ar.window.minY, q.y), max(ar.window.maxY, q.y)
			}
			ar.ring = pts
			if pts = oriented(pts, i > 0); pts != nil {
				ar.addRing(pts, 0)
			}
		}
	}
	ar.setIslandsApart(0, false)
	if err := ar.link(ctx); err != nil {
		return nil, err
	}
	if err := ar.label(ctx); err != nil {
		return nil, err
	}
	united, err := ar.collect(ctx, func([]int32) bool { return true })
	var union []orb.Polygon
	for _, c := range united {
		union = append(union, c.Polygon)
	}
	return union, err
}
