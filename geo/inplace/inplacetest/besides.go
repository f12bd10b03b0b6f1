// Package inplacetest draws boxes to try searches with.
package inplacetest

import (
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// Besides draws query boxes and records at their rims.
func Besides(rng *rand.Rand, boxes, records int) (bounds, found []orb.Bound) {
	for range boxes {
		x, y, size := 1000*rng.Float64(), 1000*rng.Float64(), []float64{0, 5, 5, 5, 300}[rng.IntN(5)]
		bounds = append(bounds, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + size*rng.Float64(), y + size*rng.Float64()}})
	}
	for range records {
		beside := bounds[rng.IntN(len(bounds))]
		r := orb.Bound{Min: beside.Min, Max: beside.Max}
		for axis := range 2 {
			size, off := 20*rng.Float64(), []float64{0, 1e-6, 3, 30}[rng.IntN(4)]
			low := beside.Min[axis] + rng.Float64()*(beside.Max[axis]-beside.Min[axis])
			switch rng.IntN(3) {
			case 0:
				low = beside.Min[axis] - off - size
			case 1:
				low = beside.Max[axis] + off
			}
			r.Min[axis], r.Max[axis] = low, low+size
		}
		found = append(found, r)
	}
	return bounds, found
}
