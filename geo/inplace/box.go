package inplace

import (
	"math"

	"github.com/paulmach/orb"
)

// Box is the box of a record's points, west south east north, whatever the
// record says of it. The box of a record without a shape is EmptyBox: it meets
// nothing.
type Box [4]float64

// EmptyBox holds no point.
var EmptyBox = Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}

// Meets reports whether two boxes share a point.
func (b Box) Meets(o Box) bool {
	return b[0] <= o[2] && o[0] <= b[2] && b[1] <= o[3] && o[1] <= b[3]
}

// Covers reports whether all of another box lies within.
func (b Box) Covers(o Box) bool {
	return b[0] <= o[0] && b[1] <= o[1] && b[2] >= o[2] && b[3] >= o[3]
}

// Valid reports whether the box is ordered and finite.
func (b Box) Valid() bool {
	return b[0] <= b[2] && b[1] <= b[3] && b[0]-b[0] == 0 && b[1]-b[1] == 0 && b[2]-b[2] == 0 && b[3]-b[3] == 0
}

// Bound is the same box as orb has it.
func (b Box) Bound() orb.Bound {
	return orb.Bound{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}
}

// Around is the box round boxes.
func Around(boxes []Box) Box {
	all := EmptyBox
	for _, b := range boxes {
		all[0], all[1] = min(all[0], b[0]), min(all[1], b[1])
		all[2], all[3] = max(all[2], b[2]), max(all[3], b[3])
	}
	return all
}
