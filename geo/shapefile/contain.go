package shapefile

import "github.com/paulmach/orb"

// contains reports whether the inner ring lies inside the outer one. The
// first vertex or edge middle of the inner ring that is off the outer ring's
// line settles it, so rings may touch at vertices and along edges.
func (outer *node) contains(inner *node) bool {
	for i, p := range inner.ring[1:] {
		switch side(outer.ring, p) {
		case inside:
			return true
		case outside:
			return false
		}
		if i > maxTouching {
			break
		}
	}
	for i, p := range inner.ring[1:] {
		q := inner.ring[i]
		switch side(outer.ring, orb.Point{p[0]/2 + q[0]/2, p[1]/2 + q[1]/2}) {
		case inside:
			return true
		case outside:
			return false
		}
		if i > maxTouching {
			break
		}
	}
	// All of it runs along the outer ring: the same ring twice, which is two
	// polygons for the kernel to judge, not a polygon and its hole.
	return false
}

// maxTouching bounds the tries on rings that share long stretches.
const maxTouching = 1 << 10

const (
	outside = -1
	onLine  = 0
	inside  = +1
)

// side tells where a point lies by counting the edges to its right.
func side(ring orb.Ring, p orb.Point) int {
	in := false
	x, y := p[0], p[1]
	a := ring[0]
	for _, b := range ring[1:] {
		if (a[1] > y) != (b[1] > y) {
			// The sign of the cross product says on which side of the edge
			// the point lies; differences keep it exact for near points.
			cross := (b[0]-a[0])*(y-a[1]) - (x-a[0])*(b[1]-a[1])
			if cross == 0 {
				return onLine
			}
			if (cross > 0) == (b[1] > a[1]) {
				in = !in
			}
		} else if a[1] == y && b[1] == y {
			if min(a[0], b[0]) <= x && x <= max(a[0], b[0]) {
				return onLine
			}
		} else if a == p || b == p {
			return onLine
		}
		a = b
	}
	if in {
		return inside
	}
	return outside
}
