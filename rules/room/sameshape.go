package room

import (
	"math"
	"slices"

	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// byShape finds parcels that are drawn alike: most basic farmland is a whole parcel
// of the land use, and is then no cropland to be cut.
type byShape map[uint64][]*plan.Parcel

func parcelsByShape(parcels []*plan.Parcel) byShape {
	all := make(byShape, len(parcels))
	for _, p := range parcels {
		k := shapeKey(p)
		all[k] = append(all[k], p)
	}
	return all
}

// has tells whether one of the parcels has the same outline, to the bit.
func (b byShape) has(p *plan.Parcel) bool {
	return slices.ContainsFunc(b[shapeKey(p)], func(q *plan.Parcel) bool { return sameShape(p.Geometry, q.Geometry) })
}

func shapeKey(p *plan.Parcel) uint64 {
	key := uint64(len(p.Geometry))
	for _, v := range [...]float64{p.Box.Min[0], p.Box.Min[1], p.Box.Max[0], p.Box.Max[1]} {
		key = (key ^ math.Float64bits(v)) * 0x9e3779b97f4a7c15
		key ^= key >> 29
	}
	return key
}

// sameShape compares polygon by polygon and ring by ring, in whatever direction
// and from whatever vertex they run; false in doubt.
func sameShape(a, b orb.MultiPolygon) bool {
	return slices.EqualFunc(a, b, func(p, q orb.Polygon) bool { return slices.EqualFunc(p, q, sameRing) })
}

func sameRing(a, b orb.Ring) bool {
	n := len(a) - 1 // the last is the first
	if len(a) != len(b) || n < 3 {
		return false
	}
	for from := range n {
		if a[from] != b[0] {
			continue
		}
		for _, step := range []int{1, n - 1} {
			k, i := from, 0
			for ; i < n && a[k] == b[i]; i++ {
				k = (k + step) % n
			}
			if i == n {
				return true
			}
		}
	}
	return false
}
