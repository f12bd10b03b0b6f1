package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// indexFan is the number of children of a node (BenchmarkIndexSearch).
const indexFan = 16

// Index is a packed Hilbert R-tree over boxes. It is immutable and safe for
// concurrent use; a search allocates nothing.
type Index struct {
	boxes  []box   // level by level, leaves first, the root last
	items  []int32 // position of each leaf in the slice that was indexed
	levels []int   // end of each level in boxes
}

type box struct{ minX, minY, maxX, maxY float64 }

func (b box) meets(o box) bool {
	return b.minX <= o.maxX && o.minX <= b.maxX && b.minY <= o.maxY && o.minY <= b.maxY
}

func boxOf(b orb.Bound) box { return box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} }

// NewIndex indexes boxes by their position. An empty box is never found, nor
// is one with a NaN.
func NewIndex(boxes []orb.Bound) *Index {
	ix := &Index{}
	all := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	leaves := make([]uint64, 0, len(boxes)) // place on the curve, then in boxes
	for i, b := range boxes {
		if c := boxOf(b); c.meets(c) { // false for an empty box and for NaN
			all = box{min(all.minX, c.minX), min(all.minY, c.minY), max(all.maxX, c.maxX), max(all.maxY, c.maxY)}
			leaves = append(leaves, uint64(i))
		}
	}
	if len(leaves) == 0 {
		return ix
	}
	for i, item := range leaves {
		b := boxOf(boxes[item])
		curve := hilbert(
			cell(float64(b.minX/2)+float64(b.maxX/2), all.minX, all.maxX),
			cell(float64(b.minY/2)+float64(b.maxY/2), all.minY, all.maxY))
		leaves[i] |= uint64(curve) << 32
	}
	slices.Sort(leaves)
	ix.items = make([]int32, len(leaves))
	ix.boxes = make([]box, len(leaves), len(leaves)+len(leaves)/(indexFan-1)+8)
	for i, l := range leaves {
		ix.items[i] = int32(l)
		ix.boxes[i] = boxOf(boxes[ix.items[i]])
	}
	ix.levels = []int{len(leaves)}
	for start, end := 0, len(leaves); end-start > 1; start, end = end, len(ix.boxes) {
		for at := start; at < end; at += indexFan {
			parent := ix.boxes[at]
			for _, c := range ix.boxes[at+1 : min(at+indexFan, end)] {
				parent = box{min(parent.minX, c.minX), min(parent.minY, c.minY), max(parent.maxX, c.maxX), max(parent.maxY, c.maxY)}
			}
			ix.boxes = append(ix.boxes, parent)
		}
		ix.levels = append(ix.levels, len(ix.boxes))
	}
	return ix
}

// Search calls visit with the position of each box that meets the given one,
// touching included, until visit returns false. The order is fixed for one
// index but follows no rule; an empty box meets nothing.
func (ix *Index) Search(b orb.Bound, visit func(i int) bool) {
	want := boxOf(b)
	if len(ix.boxes) == 0 || !want.meets(want) {
		return
	}
	ix.search(want, len(ix.levels)-1, 0, 1, visit)
}

// search walks the boxes first to last of a level, counted within the level.
func (ix *Index) search(want box, level, first, last int, visit func(i int) bool) bool {
	base := 0
	if level > 0 {
		base = ix.levels[level-1]
	}
	for i := first; i < last; i++ {
		if !ix.boxes[base+i].meets(want) {
			continue
		}
		if level == 0 {
			if !visit(int(ix.items[i])) {
				return false
			}
			continue
		}
		below := ix.levels[level-1]
		if level > 1 {
			below -= ix.levels[level-2]
		}
		if !ix.search(want, level-1, i*indexFan, min((i+1)*indexFan, below), visit) {
			return false
		}
	}
	return true
}

// cell puts a coordinate on a grid of 65 536.
func cell(v, low, high float64) uint32 {
	span := high - low
	if !(span > 0) || math.IsInf(span, 0) {
		return 0
	}
	return uint32(max(0, min(65535, float64((v-low)/span*65535))))
}

// hilbert is the distance along a Hilbert curve of order 16.
func hilbert(x, y uint32) uint32 {
	var d uint32
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d = d<<2 | (3 * rx) ^ ry
		if ry == 0 {
			if rx == 1 {
				x, y = 65535-x, 65535-y
			}
			x, y = y, x
		}
	}
	return d
}
