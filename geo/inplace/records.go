package inplace

import "github.com/paulmach/orb"

// BlockSize is how many records a search passes over at one look: files keep
// neighbours together, so that most blocks get no further than their box.
const BlockSize = 256

// BlockCount is the number of blocks of so many records.
func BlockCount(records int) int { return (records + BlockSize - 1) / BlockSize }

// Records are the boxes of a layer's records, in the order in which the reader
// counts them, from 0.
type Records struct {
	Boxes  []Box // EmptyBox of a record without a shape
	Blocks []Box // round every BlockSize of them

	check func(block int) error // holds a block against its checksum; nil where the boxes are no cache's
}

// NewRecords makes the blocks of records.
func NewRecords(boxes []Box) Records {
	r := Records{Boxes: boxes, Blocks: make([]Box, BlockCount(len(boxes)))}
	for b := range r.Blocks {
		from, to := r.Block(b)
		r.Blocks[b] = Around(boxes[from:to])
	}
	return r
}

// Block is the range of records of a block.
func (r *Records) Block(b int) (from, to int) {
	return b * BlockSize, min((b+1)*BlockSize, len(r.Boxes))
}

// Bound is the box of all records.
func (r *Records) Bound() orb.Bound { return Around(r.Blocks).Bound() }

// Split gives at most n ranges of records, [from, to), in order, that hold all
// whose boxes meet any of the boxes (nil: all), each about as many.
func (r *Records) Split(boxes []orb.Bound, n int) [][2]int {
	var meeting []int
	q := NewQuery(boxes)
	for b, around := range r.Blocks {
		if boxes == nil || q.Meets(around) {
			meeting = append(meeting, b)
		}
	}
	var ranges [][2]int
	for part := range n {
		from, to := len(meeting)*part/n, len(meeting)*(part+1)/n
		if from < to {
			first, _ := r.Block(meeting[from])
			_, last := r.Block(meeting[to-1])
			ranges = append(ranges, [2]int{first, last})
		}
	}
	return ranges
}
