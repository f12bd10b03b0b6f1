package filegdb

import (
	"encoding/binary"
	"math/bits"
)

// walk sums the steps from vertex to vertex, through all parts.
type walk struct {
	data       []byte
	at         int
	x, y       int64
	x0, y0     int64 // the box of the vertices
	x1, y1     int64
	begun, bad bool
	buffer     [64][2]int64
}

// next gives the next vertices, n at most, some at a time.
func (w *walk) next(n int) [][2]int64 {
	to := w.buffer[:min(n, len(w.buffer))]
	if !w.begun && n > 0 {
		w.begun = true
		w.long()
		w.x0, w.y0, w.x1, w.y1 = w.x, w.y, w.x, w.y
		to[0] = [2]int64{w.x, w.y}
		w.sum(to[1:])
		return to
	}
	w.sum(to)
	return to
}

// sum is the loop that a county's time goes into. Both steps to a vertex mostly
// fit into eight bytes together: they are read at once, put side by side and
// pressed together in one go, without a branch on their lengths, which no
// processor could foretell. Steps of four bytes at most cannot overflow a sum,
// whatever their number; longer ones are held against the farthest that there
// may be.
func (w *walk) sum(to [][2]int64) {
	data, at, x, y := w.data, w.at, w.x, w.y
	x0, y0, x1, y1 := w.x0, w.y0, w.x1, w.y1
	for k := range to {
		short := false
		if len(data)-at >= 8 {
			both := binary.LittleEndian.Uint64(data[at:])
			ends := ^both & 0x8080808080808080
			second := ends & (ends - 1)
			first := uint(bits.TrailingZeros64(ends)) + 1 // bits
			all := uint(bits.TrailingZeros64(second)) + 1 // 65 where the second does not end here
			if first <= 32 && all-first <= 32 {
				steps := both&(ends^(ends-1)) | both&(second^(second-1))>>(first&63)<<32
				dx, dy := numbers32(steps)
				x, y, at = x+dx, y+dy, at+int(all>>3)
				short = true
			}
		}
		if !short {
			w.at, w.x, w.y = at, x, y
			w.long()
			at, x, y = w.at, w.x, w.y
		}
		x0, x1 = min(x0, x), max(x1, x)
		y0, y1 = min(y0, y), max(y1, y)
		to[k] = [2]int64{x, y}
	}
	w.at, w.x, w.y = at, x, y
	w.x0, w.y0, w.x1, w.y1 = x0, y0, x1, y1
}

// numbers32 are two signed numbers of four bytes at most, the first in the low
// half.
func numbers32(v uint64) (first, second int64) {
	u := v&0x0000003f0000003f | v&0x00007f0000007f00>>2 | v&0x007f0000007f0000>>3 | v&0x7f0000007f000000>>4
	s, t := -int64(v>>6&1), -int64(v>>38&1)
	return (int64(u&(1<<32-1)) ^ s) - s, (int64(u>>32) ^ t) - t
}

// long goes to the next vertex by numbers of any length.
func (w *walk) long() {
	c := cursor{data: w.data, at: w.at, bad: w.bad}
	w.x += c.int()
	w.y += c.int()
	w.at, w.bad = c.at, c.bad
	if w.x > farthest || w.x < -farthest || w.y > farthest || w.y < -farthest {
		w.bad, w.x, w.y = true, 0, 0
	}
}
