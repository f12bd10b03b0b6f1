package ogc

import (
	"math"
	"strconv"
	"strings"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// ParseBox reads four or six numbers in the order of a system's axes; heights
// are passed over. In degrees a box whose west lies east of its east crosses
// the 180th meridian and comes back as two.
func ParseBox(s string, in System) ([]orb.Bound, bool) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, false
	}
	v := make([]float64, len(parts))
	for i, p := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, false
		}
		v[i] = f
	}
	half := len(v) / 2
	lo, hi := orb.Point{v[0], v[1]}, orb.Point{v[half], v[half+1]}
	if in.Swapped {
		lo[0], lo[1], hi[0], hi[1] = lo[1], lo[0], hi[1], hi[0]
	}
	switch {
	case lo[1] > hi[1]:
		return nil, false
	case lo[0] <= hi[0]:
		return []orb.Bound{{Min: lo, Max: hi}}, true
	case in.CRS.Kind == geo.Geographic:
		return []orb.Bound{{Min: lo, Max: orb.Point{180, hi[1]}}, {Min: orb.Point{-180, lo[1]}, Max: hi}}, true
	}
	return nil, false
}

// Meets tells whether a figure and a box have a point in common.
func Meets(mp orb.MultiPolygon, b orb.Bound) bool {
	own := geo.Bound(mp)
	if own.IsEmpty() || !own.Intersects(b) {
		return false
	}
	if b.Contains(own.Min) && b.Contains(own.Max) {
		return true
	}
	for _, p := range mp {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				if crosses(r[i-1], r[i], b) {
					return true
				}
			}
		}
	}
	return geo.Locate(b.Min, mp) != geo.Outside // no edge in the box: it lies inside or outside as a whole
}

// crosses tells whether an edge has a point in a box: what of it lies between
// the box's sides (Liang and Barsky 1984).
func crosses(a, b orb.Point, box orb.Bound) bool {
	from, to := 0.0, 1.0
	for i := range 2 {
		d := b[i] - a[i]
		lo, hi := box.Min[i]-a[i], box.Max[i]-a[i]
		if d == 0 {
			if lo > 0 || hi < 0 {
				return false
			}
			continue
		}
		s, t := lo/d, hi/d
		from, to = max(from, min(s, t)), min(to, max(s, t))
	}
	return from <= to
}

// Inner is a box whose every point lies in a box of another system, a little
// smaller than need be, and empty where that leaves nothing; back leads from
// the other system here. Sides come out curved: they are looked at in steps.
func Inner(back *geo.Transform, b orb.Bound) (orb.Bound, error) {
	const steps = 20
	sides := [4]float64{math.Inf(-1), math.Inf(-1), math.Inf(1), math.Inf(1)} // west, south, east, north
	for i := range steps + 1 {
		f := float64(i) / steps
		x, y := b.Min[0]+(b.Max[0]-b.Min[0])*f, b.Min[1]+(b.Max[1]-b.Min[1])*f
		var at [4]orb.Point
		for k, p := range []orb.Point{{b.Min[0], y}, {x, b.Min[1]}, {b.Max[0], y}, {x, b.Max[1]}} {
			var err error
			if at[k], err = back.Point(p); err != nil {
				return orb.Bound{}, err
			}
		}
		sides = [4]float64{max(sides[0], at[0][0]), max(sides[1], at[1][1]), min(sides[2], at[2][0]), min(sides[3], at[3][1])}
	}
	inner := orb.Bound{Min: orb.Point{sides[0], sides[1]}, Max: orb.Point{sides[2], sides[3]}}
	margin := 0.002 * (inner.Max[0] - inner.Min[0] + inner.Max[1] - inner.Min[1])
	return inner.Pad(-margin), nil
}
