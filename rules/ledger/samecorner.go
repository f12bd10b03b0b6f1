package ledger

import (
	"math"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"
)

// mostCorners is how many corners are remembered while shapes are joined at
// them, in 16 MB; what lies beyond is found by its edges. Tests set it lower.
var mostCorners = 1 << 20

// cornerShapes is which shape first had a corner, by hash, open addressing.
type cornerShapes struct {
	hashes []uint32
	shapes []int32 // + 1; 0 is free
	free   int
}

// joinAtCorners joins those of some shapes that have a corner in common, to the
// bit: they touch, whatever lies between them. Of ten thousand wedges about one
// place, whose boxes all overlap, no pair is left to be looked at. Which shapes
// are joined in the end is the same with it and without.
func (j *grouping) joinAtCorners(which []int) {
	n := 0
	for _, a := range which {
		n += vertices(j.shapes[a].outline)
	}
	size := 1 << bits.Len(uint(2*min(n, mostCorners)))
	seen := cornerShapes{make([]uint32, size), make([]int32, size), size / 2}
	for _, a := range which {
		f := j.shapes[a]
		if f.index != nil { // too many corners to look through them
			continue
		}
		for p := range corners(f) {
			if j.looks.ended() {
				return
			}
			if b, known := seen.at(p, a, j.shapes); known {
				j.groups.join(a, b)
			}
		}
	}
}

// at is the shape that had a corner before; else it is of shape a from now on.
func (c *cornerShapes) at(p orb.Point, a int, shapes []*indexedShape) (b int, known bool) {
	h := hashOf(p)
	mask := uint64(len(c.shapes) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch b := int(c.shapes[i]) - 1; {
		case b < 0 && c.free == 0:
			return 0, false
		case b < 0:
			c.hashes[i], c.shapes[i] = uint32(h>>32), int32(a+1)
			c.free--
			return 0, false
		case c.hashes[i] == uint32(h>>32) && hasCorner(shapes[b], p):
			return b, true
		}
	}
}

func hasCorner(f *indexedShape, p orb.Point) bool {
	for _, polygon := range f.outline {
		for _, r := range polygon {
			if slices.Contains(r, p) {
				return true
			}
		}
	}
	return false
}

// hashOf mixes the bits of a place.
func hashOf(p orb.Point) uint64 {
	h := (math.Float64bits(p[0])*0x9e3779b97f4a7c15 ^ math.Float64bits(p[1])) * 0xff51afd7ed558ccd
	return h ^ h>>32
}
