package filegdb

import (
	"math"
	"math/bits"

	"github.com/paulmach/orb"
)

// walk sums the steps from vertex to vertex, through all parts. Vertices are
// counted from a corner, in steps of the grid: the low one of the shape's box, a
// step further out.
type walk struct {
	data, more    []byte // the shape; with what follows it in the file, eight bytes at most
	at            int
	x, y          int64 // the last vertex
	cornerX       int64
	cornerY       int64
	width, height int64 // of the box, with a step all round
	begun         bool
	bad           bool // the numbers end short or do not fit
	out           bool // a vertex lies outside of the box: what follows it is worth nothing
}

// room is where shapes are decoded, one after another.
type room struct {
	vertices [64][2]int64 // some of a shape, in steps of the grid
	rings    []orb.Ring
}

// walk begins before the first vertex, whose numbers lie at a place of the blob.
func (h *head) walk(blob []byte, at int) walk {
	return walk{
		data: blob, more: blob[:min(cap(blob), len(blob)+8)], at: at,
		x: 1 - h.x0, y: 1 - h.y0, cornerX: h.x0 - 1, cornerY: h.y0 - 1,
		width: h.x1 - h.x0 + 2, height: h.y1 - h.y0 + 2,
	}
}

// next gives the next vertices, n at most, some at a time, in a room.
func (w *walk) next(n int, in *room) [][2]int64 {
	to := in.vertices[:min(n, len(in.vertices))]
	rest := to
	if !w.begun && n > 0 {
		w.begun = true
		w.long()
		to[0] = [2]int64{w.x, w.y}
		rest = to[1:]
	}
	if w.width <= math.MaxInt32 && w.height <= math.MaxInt32 {
		w.short(rest)
	} else {
		for k := range rest {
			w.long()
			rest[k] = [2]int64{w.x, w.y}
		}
	}
	return to
}

// short is the loop that a county's time goes into, for shapes less than 2³¹
// steps wide. Both steps to a vertex mostly fit into eight bytes together: they
// are read at once, put side by side and pressed together in one go, without a
// branch on their lengths, which no processor could foretell. Both coordinates
// are summed and held against the box as one number, x in its low half: a step of
// four bytes at most, less than 2²⁷, cannot take either so far out of the box that
// it seems to be in it again. Longer ones are taken one by one.
func (w *walk) short(to [][2]int64) {
	const highest = 0x8000000080000000
	data, at, out := w.more, w.at, uint64(0)
	sum, limit := uint64(w.x)+uint64(w.y)<<32, uint64(w.width)+uint64(w.height)<<32
	for k := range to {
		if at+7 < len(data) {
			both := eight(data, at)
			ends := ^both & 0x8080808080808080
			second := ends & (ends - 1)
			if ends != 0 && second != 0 {
				first := uint(bits.TrailingZeros64(ends)) + 1 // bits
				all := uint(bits.TrailingZeros64(second)) + 1
				if first <= 32 && all-first <= 32 {
					sum += steps32(both&(ends^(ends-1)) | both&(second^(second-1))>>(first&63)<<32)
					out |= sum | (limit - sum) // a half that is negative
					at += int(all >> 3)
					to[k] = [2]int64{int64(uint32(sum)), int64(sum >> 32)}
					continue
				}
			}
		}
		w.at, w.x, w.y = at, int64(uint32(sum)), int64(sum>>32)
		w.long()
		at, sum = w.at, uint64(w.x)+uint64(w.y)<<32
		to[k] = [2]int64{w.x, w.y}
	}
	w.at, w.x, w.y = at, int64(uint32(sum)), int64(sum>>32)
	w.out = w.out || out&highest != 0
	w.bad = w.bad || at > len(w.data)
}

// eight is the number in the eight bytes from a place, which lie in data.
func eight(data []byte, at int) uint64 {
	_ = data[at+7]
	return uint64(data[at]) | uint64(data[at+1])<<8 | uint64(data[at+2])<<16 | uint64(data[at+3])<<24 |
		uint64(data[at+4])<<32 | uint64(data[at+5])<<40 | uint64(data[at+6])<<48 | uint64(data[at+7])<<56
}

// steps32 sums two signed numbers of four bytes at most, the second times 2³². The
// first lies in the low half.
func steps32(v uint64) uint64 {
	u := v&0x0000003f0000003f | v&0x00007f0000007f00>>2 | v&0x007f0000007f0000>>3 | v&0x7f0000007f000000>>4
	signs := v >> 6 & 0x0000000100000001
	negative := signs<<32 - signs // all bits of the halves that are
	return (u ^ negative) - negative
}

// long goes to the next vertex by numbers of any length.
func (w *walk) long() {
	c := cursor{data: w.data, at: w.at, bad: w.bad || w.at > len(w.data)}
	w.x += c.int()
	w.y += c.int()
	w.at, w.bad = c.at, c.bad
	if w.x > farthest || w.x < -farthest || w.y > farthest || w.y < -farthest {
		w.bad = true
	}
	if w.x < 0 || w.x > w.width || w.y < 0 || w.y > w.height {
		w.out, w.x, w.y = true, 0, 0
	}
}
