package geopackage

import (
	"encoding/binary"
	"math"

	"landcheck/geo/wkb"
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
	points, curved, err := wkb.Box(blob, 8+envelopeBytes[code])
	if err != nil {
		return anywhere, said, stated
	}
	b = box{points.Min[0], points.Min[1], points.Max[0], points.Max[1]}
	if curved && !b.empty() { // an arc leaves the box of its points
		w, h := b[2]-b[0], b[3]-b[1]
		b = box{b[0] - w - h, b[1] - w - h, b[2] + w + h, b[3] + w + h}
	}
	return b, said, stated
}
