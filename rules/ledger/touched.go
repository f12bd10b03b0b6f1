package ledger

import (
	"context"
	"slices"

	"landcheck/geo/guard"

	"github.com/paulmach/orb"
)

// Touched lists, for each of some land, which of the others it touches, ascending:
// they come within a millimetre, be it at a corner, as faces of one patch do.
func Touched(ctx context.Context, land, others []LandShape, jobs int) ([][]int, error) {
	const few = 64
	looks := looksAt(ending(ctx))
	shapes, in := indexedLand(others), indexOf(looks, indexedLand(others))
	if looks.err != nil {
		return nil, looks.err
	}
	out := make([][]int, len(land))
	group, ctx := guard.WithContext(ctx)
	group.SetLimit(max(jobs, 1))
	for from := 0; from < len(land); from += few {
		group.Go(func() error {
			if err := stopped(ctx); err != nil {
				return err
			}
			looks := looksAt(ending(ctx))
			for i := from; i < min(from+few, len(land)); i++ {
				own := boxedShape(land[i].Geometry, land[i].Box)
				in.Search(own.box.Pad(touching), func(k int) bool {
					if touch(own, shapes[k], looks) {
						out[i] = append(out[i], k)
					}
					return !looks.ended()
				})
				slices.Sort(out[i])
			}
			return looks.err
		})
	}
	return out, group.Wait()
}

// touch tells whether two shapes come within touching.
func touch(a, b *indexedShape, looks *looks) bool {
	found := false
	bridges(a, b, touching, looks, func([2]orb.Point, float64) bool {
		found = true
		return false
	})
	return found
}
