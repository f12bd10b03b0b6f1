package overlay

import (
	"context"
	"slices"
)

// graph is the arrangement as half-edges: 2k runs from the smaller to the
// larger end of segment k, 2k+1 back. A cycle keeps one face on its left.
type graph struct {
	origin  []int32 // half-edge → vertex
	next    []int32 // half-edge → the next around the face on its left
	cycle   []int32 // half-edge → cycle
	start   []int32 // cycle → one half-edge
	outer   []bool  // cycle → runs counter-clockwise, so bounds a face from outside
	face    []int32 // cycle → face; 0 is the unbounded one
	faces   int     // faces, the unbounded one included
	at      []point // vertex → place
	table   []int32 // hash of place → vertex + 1, open addressing; 0 is free
	degree  []int32 // vertex → end of its half-edges in around
	around  []int32 // half-edges leaving each vertex, counter-clockwise
	lowest  []int32 // inner cycle → half-edge leaving its smallest vertex
	parents []int32 // scratch of nest
}

func resize[T any](s []T, n int) []T {
	return slices.Grow(s[:0], n)[:n]
}

// build links the noded segments into cycles. It fails only where the context has
// ended.
func (g *graph) build(ctx context.Context, segs []segment) error {
	n := 2 * len(segs)
	g.origin, g.next, g.cycle = resize(g.origin, n), resize(g.next, n), resize(g.cycle, n)
	g.reserve(len(segs)) // rings have as many vertices as edges
	for k := range segs {
		if k%lookEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		g.origin[2*k] = g.vertexAt(segs[k].a)
		g.origin[2*k+1] = g.vertexAt(segs[k].b)
	}
	if err := g.sortAround(ctx, n); err != nil {
		return err
	}
	for v := range g.at {
		if v%lookEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		out := g.leaving(int32(v))
		for i, h := range out {
			// Arriving by the twin of h, the face on the left goes on along the
			// half-edge that comes before h counter-clockwise.
			g.next[h^1] = out[(i+len(out)-1)%len(out)]
		}
	}
	return g.trace(ctx)
}

// reserve makes place for about so many vertices.
func (g *graph) reserve(n int) {
	g.at = slices.Grow(g.at[:0], n)
	size := 16
	for size < 2*n { // at most half full
		size *= 2
	}
	g.table = resize(g.table, size)
	clear(g.table)
}

// vertexAt is the number of a place.
func (g *graph) vertexAt(p point) int32 {
	mask := uint64(len(g.table) - 1)
	for i := p.hash() & mask; ; i = (i + 1) & mask {
		switch v := g.table[i]; {
		case v == 0:
			g.at = append(g.at, p)
			g.table[i] = int32(len(g.at))
			if 2*len(g.at) > len(g.table) {
				g.rehash()
			}
			return int32(len(g.at) - 1)
		case g.at[v-1] == p:
			return v - 1
		}
	}
}

// hash mixes the bits of a place.
func (p point) hash() uint64 {
	return (uint64(p.x)*0x9e3779b97f4a7c15 ^ uint64(p.y)) * 0xff51afd7ed558ccd >> 20
}

// rehash doubles the table.
func (g *graph) rehash() {
	g.table = resize(g.table, 2*len(g.table))
	clear(g.table)
	mask := uint64(len(g.table) - 1)
	for v, p := range g.at {
		i := p.hash() & mask
		for g.table[i] != 0 {
			i = (i + 1) & mask
		}
		g.table[i] = int32(v + 1)
	}
}

// leaving lists the half-edges of a vertex counter-clockwise, once sorted.
func (g *graph) leaving(v int32) []int32 {
	from := int32(0)
	if v > 0 {
		from = g.degree[v-1]
	}
	return g.around[from:g.degree[v]]
}

// sortAround fills around and degree.
func (g *graph) sortAround(ctx context.Context, n int) error {
	g.degree = resize(g.degree, len(g.at))
	clear(g.degree)
	for _, v := range g.origin {
		g.degree[v]++
	}
	sum := int32(0)
	for v, d := range g.degree {
		g.degree[v] = sum
		sum += d
	}
	g.around = resize(g.around, n)
	for h, v := range g.origin {
		g.around[g.degree[v]] = int32(h)
		g.degree[v]++
	}
	for v := range g.at {
		if v%lookEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		out := g.leaving(int32(v))
		if len(out) < 3 {
			continue // the first follows the second and the second the first
		}
		slices.SortFunc(out, func(h, k int32) int {
			hx, hy := g.direction(h)
			kx, ky := g.direction(k)
			if a, b := lowerHalf(hx, hy), lowerHalf(kx, ky); a != b {
				return a - b
			}
			return -crossSign(hx, hy, kx, ky)
		})
	}
	return nil
}

func (g *graph) direction(h int32) (dx, dy int64) {
	p, q := g.at[g.origin[h]], g.at[g.origin[h^1]]
	return q.x - p.x, q.y - p.y
}

// lowerHalf is 0 for directions in [0°, 180°) and 1 for the others.
func lowerHalf(dx, dy int64) int {
	if dy > 0 || (dy == 0 && dx > 0) {
		return 0
	}
	return 1
}

// trace numbers the cycles and tells outer ones by their exact area.
func (g *graph) trace(ctx context.Context) error {
	for i := range g.cycle {
		g.cycle[i] = -1
	}
	g.start, g.outer, g.lowest = g.start[:0], g.outer[:0], g.lowest[:0]
	traced := 0
	for h := range g.next {
		if g.cycle[h] >= 0 {
			continue
		}
		c := int32(len(g.start))
		o := g.at[g.origin[h]]
		lowest := int32(h)
		var double wide
		for e := int32(h); g.cycle[e] < 0; e = g.next[e] {
			if traced++; traced%lookEvery == 0 && ctx.Err() != nil {
				return context.Cause(ctx)
			}
			g.cycle[e] = c
			p, q := g.at[g.origin[e]], g.at[g.origin[e^1]]
			double = double.plus(cross(p.x-o.x, p.y-o.y, q.x-o.x, q.y-o.y))
			if p.less(g.at[g.origin[lowest]]) {
				lowest = e
			}
		}
		g.start = append(g.start, int32(h))
		g.outer = append(g.outer, double.sign() > 0)
		g.lowest = append(g.lowest, lowest)
	}
	return nil
}
