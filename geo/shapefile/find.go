package shapefile

import (
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// finder appends to out the candidates among the records of a block.
type finder func(block int, out []int32) ([]int32, error)

// rows are all records, whose places are not asked for.
func (l *Layer) rows(block int, out []int32) ([]int32, error) {
	from, to := l.records.block(block)
	for i := from; i < to; i++ {
		out = append(out, int32(i))
	}
	return out, nil
}

// all are all records, with their places.
func (l *Layer) all(block int, out []int32) ([]int32, error) {
	if !l.sound(block) {
		return nil, l.damaged()
	}
	return l.rows(block, out)
}

// finding finds the records that meet any of the boxes; nil boxes mean all.
func (l *Layer) finding(boxes []orb.Bound) finder {
	if boxes == nil {
		return l.all
	}
	return l.meeting(inplace.NewQuery(boxes))
}

// following finds what another does but for the first records.
func (l *Layer) following(after int, find finder) finder {
	if after <= 0 {
		return find
	}
	return func(block int, out []int32) ([]int32, error) {
		if _, to := l.records.block(block); to <= after {
			return out, nil
		}
		out, err := find(block, out)
		return slices.DeleteFunc(out, func(i int32) bool { return int(i) < after }), err
	}
}

// within finds what another does in the blocks of a span.
func (l *Layer) within(in geo.Span, find finder) finder {
	return func(block int, out []int32) ([]int32, error) {
		if from, to := l.records.block(block); to < in.First || from >= in.Last {
			return out, nil
		}
		out, err := find(block, out)
		return slices.DeleteFunc(out, func(i int32) bool { return int(i) < in.First-1 || int(i) >= in.Last }), err
	}
}

func (l *Layer) sound(block int) bool {
	from, to := l.records.block(block)
	return l.kept == nil || l.kept.sound(block, from, to)
}

// meeting finds the records that meet a query. Most blocks get no further than
// their box.
func (l *Layer) meeting(q *inplace.Query) finder {
	return func(block int, out []int32) ([]int32, error) {
		if !q.Meets(l.records.blocks[block]) {
			return out, nil
		}
		if !l.sound(block) {
			return nil, l.damaged()
		}
		from, to := l.records.block(block)
		for i := from; i < to; i++ {
			if q.Meets(l.records.boxes[i]) {
				out = append(out, int32(i))
			}
		}
		return out, nil
	}
}
