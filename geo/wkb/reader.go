package wkb

import (
	"encoding/binary"
	"fmt"
)

// Geometry types.
const (
	polygon      = 3
	multiPolygon = 6
	collection   = 7
	multiSurface = 12
)

// Flags of EWKB.
const (
	flagZ    = 0x80000000
	flagM    = 0x40000000
	flagSRID = 0x20000000
)

// deepest is how deep collections may lie in each other.
const deepest = 4

// Reason is why bytes are no polygons.
type Reason int

// The reasons.
const (
	Short        Reason = iota + 1 // the bytes end too soon
	ByteOrder                      // the mark N is neither 0 nor 1
	UnknownType                    // of number N
	NotAreal                       // a point, a line, an arc: type N
	TooMany                        // N things are claimed, which Left bytes cannot hold
	TooDeep                        // collections in collections
	NotFinite                      // a coordinate
	MostRings                      // more rings than allowed
	MostVertices                   // more vertices than allowed
)

// Error is bytes that are no polygons.
type Error struct {
	At     int // byte, from the beginning of the data
	Reason Reason
	N      int64
	Left   int
}

func (e *Error) Error() string {
	words := map[Reason]string{Short: "it ends short", ByteOrder: "byte order mark", UnknownType: "unknown type", NotAreal: "not areal, type", TooMany: "too many things",
		TooDeep: "nested too deep", NotFinite: "a coordinate is not finite", MostRings: "too many rings", MostVertices: "too many vertices"}
	return fmt.Sprintf("well-known binary, byte %d: %s %d", e.At, words[e.Reason], e.N)
}

// reader reads from the front; at only grows, so every loop ends.
type reader struct {
	data  []byte
	at    int
	order binary.ByteOrder
}

func (r *reader) fail(why Reason, n int64) error {
	return &Error{At: r.at, Reason: why, N: n, Left: len(r.data) - r.at}
}

// head reads byte order and type and gives the numbers per point.
func (r *reader) head() (kind uint32, dims int, err error) {
	if len(r.data)-r.at < 5 {
		return 0, 0, r.fail(Short, int64(len(r.data)))
	}
	switch r.data[r.at] {
	case 0:
		r.order = binary.BigEndian
	case 1:
		r.order = binary.LittleEndian
	default:
		return 0, 0, r.fail(ByteOrder, int64(r.data[r.at]))
	}
	kind = r.order.Uint32(r.data[r.at+1:])
	r.at += 5
	dims = 2
	if kind&flagZ != 0 {
		dims++
	}
	if kind&flagM != 0 {
		dims++
	}
	if kind&flagSRID != 0 {
		if len(r.data)-r.at < 4 {
			return 0, 0, r.fail(Short, int64(len(r.data)))
		}
		r.at += 4
	}
	kind &^= flagZ | flagM | flagSRID
	switch kind / 1000 {
	case 1, 2:
		dims++
	case 3:
		dims += 2
	}
	if dims > 4 || kind >= 4000 {
		return 0, 0, r.fail(UnknownType, int64(kind))
	}
	return kind % 1000, dims, nil
}

// count reads a count of things that take at least size bytes each, and
// refuses one that the rest of the bytes cannot hold.
func (r *reader) count(size int) (int, error) {
	if len(r.data)-r.at < 4 {
		return 0, r.fail(Short, int64(len(r.data)))
	}
	n := int64(r.order.Uint32(r.data[r.at:]))
	if left := len(r.data) - r.at - 4; n > int64(left/size) {
		return 0, &Error{At: r.at, Reason: TooMany, N: n, Left: left}
	}
	r.at += 4
	return int(n), nil
}
