package inplace

import "github.com/paulmach/orb"

// ThreeDistinct reports whether a closed ring has three points that differ: it
// encloses nothing else.
func ThreeDistinct(ring orb.Ring) bool {
	if len(ring) < 4 {
		return false
	}
	a := ring[0]
	for i, b := range ring {
		if b == a {
			continue
		}
		for _, c := range ring[i:] {
			if c != a && c != b {
				return true
			}
		}
		return false
	}
	return false
}
