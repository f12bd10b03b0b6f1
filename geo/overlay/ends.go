package overlay

import (
	"cmp"
	"context"
	"slices"
)

// ends are those of a segment, by number, and which way it runs: of ten
// thousand edges that meet in one place each pair is looked at, and told to
// share no more than that without a look at the edges themselves.
type ends struct {
	a, b int32
	hub  int32   // the end in which many others end, + 1; 0 where there is none
	way  float64 // [-1, 1], rising with the slope; right to 2^-50
}

// hubEdges is how many edges a place has at least to be a hub: those of one hub
// are not held against each other but where they run the same way.
const hubEdges = 64

// numberEnds fills in the ends of every segment.
func (ar *Arranger) numberEnds() {
	g := &ar.graph
	g.reserve(len(ar.segments))
	ar.ends = resize(ar.ends, len(ar.segments))
	for i := range ar.segments {
		s := &ar.segments[i]
		dx, dy := float64(s.b.x-s.a.x), float64(s.b.y-s.a.y)
		ar.ends[i] = ends{a: g.vertexAt(s.a), b: g.vertexAt(s.b), way: dy / (dx + abs(dy))}
	}
	g.degree = resize(g.degree, len(g.at))
	clear(g.degree)
	for _, e := range ar.ends {
		g.degree[e.a]++
		g.degree[e.b]++
	}
	for i := range ar.ends {
		e := &ar.ends[i]
		hub := e.a
		if g.degree[e.b] > g.degree[e.a] {
			hub = e.b
		}
		if g.degree[hub] >= hubEdges {
			e.hub = hub + 1
		}
	}
}

// meetAlike holds the edges of a hub that run the same way against each other.
func (ar *Arranger) meetAlike(ctx context.Context) error {
	var edges []int32
	for i := range ar.ends {
		if ar.ends[i].hub > 0 {
			edges = append(edges, int32(i))
		}
	}
	ar.spending.steps += perVertex * int64(len(edges))
	slices.SortFunc(edges, func(i, j int32) int {
		e, f := &ar.ends[i], &ar.ends[j]
		return cmp.Or(cmp.Compare(e.hub, f.hub), cmp.Compare(e.way, f.way), cmp.Compare(i, j))
	})
	for n, i := range edges {
		for _, j := range edges[n+1:] {
			if ar.ends[i].hub != ar.ends[j].hub || ar.ends[i].joint(ar.ends[j]) {
				break
			}
			if s, t := &ar.segments[i], &ar.segments[j]; !(s.settled && t.settled) && !joint(s, t) {
				ar.meet(i, j)
			}
			if ar.spending.steps += 4; ar.spending.steps > ar.spending.look {
				ar.spending.latest = ar.inputsOf(i, j)
				if err := ar.withinBudget(ctx); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// joint is that of two segments, in doubt false: they share an end and run
// different ways.
func (e ends) joint(f ends) bool {
	return (e.a == f.a || e.b == f.b || e.a == f.b || e.b == f.a) && abs(e.way-f.way) > 0x1p-40
}
