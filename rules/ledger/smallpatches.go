package ledger

import (
	"context"

	"github.com/paulmach/orb"
)

// LandShape is land with its area in m², to be joined into patches.
type LandShape struct {
	Geometry orb.MultiPolygon
	Box      orb.Bound // of Geometry
	Area     float64
}

// SmallPatches joins land into patches as Patches does, up to gap metres and not
// across barriers, and numbers those of most m² at most from 0 by their first
// members; land of a larger patch has -1. Whole counties are asked about: once a
// patch is too large nothing more is joined to it.
func SmallPatches(ctx context.Context, land []LandShape, gap, most float64, barriers []LandShape) ([]int, error) {
	looks := looksAt(ending(ctx))
	j := grouping{shapes: indexedLand(land), groups: newDisjointSets(len(land)), gap: max(gap, touching), barriers: indexedLand(barriers), looks: looks}
	j.wallIndex = indexOf(looks, j.barriers)
	in := shapeSet{index: indexOf(looks, j.shapes)}
	areas := make([]float64, len(land)) // of the patch, at its first member
	for i := range land {
		areas[i] = land[i].Area
	}
	small := func(i int) bool { return areas[j.groups.find(i)] <= most }
	for a := range land {
		if looks.ended() {
			return nil, looks.err
		}
		if !small(a) {
			continue
		}
		around(j.shapes, a, j.gap, in, func(b int) bool { return small(a) && j.asked(a, b) }, func(b int) {
			mine, other := j.groups.find(a), j.groups.find(b)
			if j.pair(a, b); j.groups.find(a) == j.groups.find(b) {
				areas[j.groups.find(a)] = areas[mine] + areas[other]
			}
		})
	}
	return smallNumbers(j.groups, small), stopped(ctx)
}

func indexedLand(land []LandShape) []*indexedShape {
	shapes := make([]*indexedShape, len(land))
	for i := range land {
		shapes[i] = boxedShape(land[i].Geometry, land[i].Box)
	}
	return shapes
}

// smallNumbers counts the small groups up from 0 by their first members.
func smallNumbers(groups disjointSets, small func(i int) bool) []int {
	out, next := make([]int, len(groups)), 0
	for i := range out {
		switch first := groups.find(i); {
		case !small(i):
			out[i] = -1
		case first == i:
			out[i] = next
			next++
		default:
			out[i] = out[first]
		}
	}
	return out
}
