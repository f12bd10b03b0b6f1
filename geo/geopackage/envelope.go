package geopackage

import (
	"encoding/binary"
	"math"
)

// box is min x, min y, max x, max y.
type box [4]float64

var (
	emptyBox = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	anywhere = box{math.Inf(-1), math.Inf(-1), math.Inf(1), math.Inf(1)}
)

func (b box) empty() bool { return !(b[0] <= b[2] && b[1] <= b[3]) }

func (b box) covers(o box) bool {
	return b[0] <= o[0] && b[1] <= o[1] && b[2] >= o[2] && b[3] >= o[3]
}

// envelope is the box of the points of a geometry column's value, without
// making a shape of them, and the one that its header states (stated is false
// where it states none). A value that cannot be read may lie anywhere: whoever
// comes for it gets its input error.
func envelope(blob []byte) (b, said box, stated bool) {
	if len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' {
		return anywhere, said, false
	}
	flags := blob[3]
	code := int(flags >> 1 & 7)
	if flags&flagExtended != 0 || code >= len(envelopeBytes) || len(blob) < 8+envelopeBytes[code] {
		return anywhere, said, false
	}
	if flags&flagEmpty != 0 {
		return emptyBox, said, false
	}
	if code > 0 {
		var order binary.ByteOrder = binary.BigEndian
		if flags&flagLittleEndian != 0 {
			order = binary.LittleEndian
		}
		v := func(i int) float64 { return math.Float64frombits(order.Uint64(blob[8+8*i:])) }
		said, stated = box{v(0), v(2), v(1), v(3)}, true
	}
	s := scan{data: blob, at: 8 + envelopeBytes[code], box: emptyBox}
	if !s.geometry(0) {
		return anywhere, said, stated
	}
	if s.curved && !s.box.empty() { // an arc leaves the box of its points
		w, h := s.box[2]-s.box[0], s.box[3]-s.box[1]
		s.box = box{s.box[0] - w - h, s.box[1] - w - h, s.box[2] + w + h, s.box[3] + w + h}
	}
	return s.box, said, stated
}

// scan walks well-known binary of any kind for its points.
type scan struct {
	data   []byte
	at     int
	order  binary.ByteOrder
	box    box
	curved bool
}

func (s *scan) geometry(depth int) bool {
	r := wkbReader{data: s.data, at: s.at}
	kind, dims, err := r.head()
	if err != nil || depth > maxNesting {
		return false
	}
	s.at, s.order = r.at, r.order
	switch kind {
	case 1:
		return s.points(1, dims)
	case 2, 8: // line strings
		s.curved = s.curved || kind == 8
		return s.counted(dims)
	case 3, 17: // polygon, triangle
		n, ok := s.count(4)
		for range n {
			if !ok || !s.counted(dims) {
				return false
			}
		}
		return ok
	case 4, 5, 6, 7, 9, 10, 11, 12, 15, 16: // collections of some kind
		n, ok := s.count(5)
		order := s.order
		for range n {
			if !ok || !s.geometry(depth+1) {
				return false
			}
			s.order = order
		}
		return ok
	}
	return false
}

func (s *scan) count(size int) (int, bool) {
	if len(s.data)-s.at < 4 {
		return 0, false
	}
	n := int64(s.order.Uint32(s.data[s.at:]))
	s.at += 4
	return int(n), n <= int64((len(s.data)-s.at)/size)
}

func (s *scan) counted(dims int) bool {
	n, ok := s.count(8 * dims)
	return ok && s.points(n, dims)
}

// points takes points into the box; what is no number is passed over, since it
// compares as neither less nor more.
func (s *scan) points(n, dims int) bool {
	step := 8 * dims
	if n > (len(s.data)-s.at)/step {
		return false
	}
	body := s.data[s.at : s.at+n*step]
	s.at += n * step
	b := s.box
	if s.order == binary.LittleEndian {
		for ; len(body) >= step; body = body[step:] {
			b.extend(math.Float64frombits(binary.LittleEndian.Uint64(body)), math.Float64frombits(binary.LittleEndian.Uint64(body[8:])))
		}
	} else {
		for ; len(body) >= step; body = body[step:] {
			b.extend(math.Float64frombits(binary.BigEndian.Uint64(body)), math.Float64frombits(binary.BigEndian.Uint64(body[8:])))
		}
	}
	s.box = b
	return true
}

func (b *box) extend(x, y float64) {
	if x < b[0] {
		b[0] = x
	}
	if x > b[2] {
		b[2] = x
	}
	if y < b[1] {
		b[1] = y
	}
	if y > b[3] {
		b[3] = y
	}
}
