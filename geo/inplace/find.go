package inplace

import (
	"slices"

	"github.com/paulmach/orb"
)

// Finder appends to out the candidates among the records of a block. It reads
// mapped bytes where a cache holds the boxes: it is run under Guard.
type Finder func(block int, out []int32) ([]int32, error)

// Numbers are all records, whose boxes are not asked for.
func (r *Records) Numbers(block int, out []int32) ([]int32, error) {
	from, to := r.Block(block)
	for i := from; i < to; i++ {
		out = append(out, int32(i))
	}
	return out, nil
}

// Finding finds the records that meet any of the boxes; nil boxes mean all.
// Most blocks get no further than their box.
func (r *Records) Finding(boxes []orb.Bound) Finder {
	if boxes == nil {
		return func(block int, out []int32) ([]int32, error) {
			if err := r.Sound(block); err != nil {
				return nil, err
			}
			return r.Numbers(block, out)
		}
	}
	q := NewQuery(boxes)
	return func(block int, out []int32) ([]int32, error) {
		if !q.Meets(r.Blocks[block]) {
			return out, nil
		}
		if err := r.Sound(block); err != nil {
			return nil, err
		}
		from, to := r.Block(block)
		for i := from; i < to; i++ {
			if q.Meets(r.Boxes[i]) {
				out = append(out, int32(i))
			}
		}
		return out, nil
	}
}

// Within finds what another does among the records from one up to another,
// without that.
func (r *Records) Within(first, end int, find Finder) Finder {
	if first <= 0 && end >= len(r.Boxes) {
		return find
	}
	return func(block int, out []int32) ([]int32, error) {
		if from, to := r.Block(block); to <= first || from >= end {
			return out, nil
		}
		out, err := find(block, out)
		return slices.DeleteFunc(out, func(i int32) bool { return int(i) < first || int(i) >= end }), err
	}
}

// Sound holds what a cache gave of a block against its checksum. A cache that is
// damaged is removed, and a *geo.InputError.
func (r *Records) Sound(block int) error {
	if r.check == nil {
		return nil
	}
	return r.check(block)
}
