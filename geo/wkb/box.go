package wkb

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// emptyBox holds nothing and takes in anything.
var emptyBox = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}

// Box is the box of the points of the geometry of any kind that begins at a
// byte of the data; of none it is empty. Arcs leave the box of their points:
// curved tells of them.
func Box(data []byte, at int) (box orb.Bound, curved bool, err error) {
	s := scan{reader: reader{data: data, at: at}, box: emptyBox}
	err = s.geometry(0)
	return s.box, s.curved, err
}

// scan walks a geometry of any kind for its points.
type scan struct {
	reader
	box    orb.Bound
	curved bool
}

func (s *scan) geometry(depth int) error {
	kind, dims, err := s.head()
	if err != nil {
		return err
	}
	if depth > deepest {
		return s.fail(TooDeep, 0)
	}
	switch kind {
	case 1:
		return s.points(1, dims)
	case 2, 8: // line strings
		s.curved = s.curved || kind == 8
		return s.counted(dims)
	case polygon, 17: // and triangle
		n, err := s.count(4)
		for range n {
			if err := s.counted(dims); err != nil {
				return err
			}
		}
		return err
	case 4, 5, multiPolygon, collection, 9, 10, 11, multiSurface, 15, 16: // collections of some kind
		n, err := s.count(5)
		order := s.order
		for range n {
			if err := s.geometry(depth + 1); err != nil {
				return err
			}
			s.order = order
		}
		return err
	}
	return s.fail(UnknownType, int64(kind))
}

func (s *scan) counted(dims int) error {
	n, err := s.count(8 * dims)
	if err != nil {
		return err
	}
	return s.points(n, dims)
}

// points takes points into the box; what is no number is passed over, since it
// compares as neither less nor more.
func (s *scan) points(n, dims int) error {
	step := 8 * dims
	if n > (len(s.data)-s.at)/step {
		return s.fail(TooMany, int64(n))
	}
	body := s.data[s.at : s.at+n*step]
	s.at += n * step
	b := s.box
	if s.order == binary.LittleEndian {
		for ; len(body) >= step; body = body[step:] {
			extend(&b, math.Float64frombits(binary.LittleEndian.Uint64(body)), math.Float64frombits(binary.LittleEndian.Uint64(body[8:])))
		}
	} else {
		for ; len(body) >= step; body = body[step:] {
			extend(&b, math.Float64frombits(binary.BigEndian.Uint64(body)), math.Float64frombits(binary.BigEndian.Uint64(body[8:])))
		}
	}
	s.box = b
	return nil
}

func extend(b *orb.Bound, x, y float64) {
	if x < b.Min[0] {
		b.Min[0] = x
	}
	if x > b.Max[0] {
		b.Max[0] = x
	}
	if y < b.Min[1] {
		b.Min[1] = y
	}
	if y > b.Max[1] {
		b.Max[1] = y
	}
}
