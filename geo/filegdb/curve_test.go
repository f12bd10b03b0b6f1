package filegdb

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// bulging is a square of 1000 steps whose southern side is half a circle that
// reaches 500 steps farther south, and whose box begins somewhere.
func bulging(south uint64) []byte {
	blob := binary.AppendUvarint(nil, 51|generalCurves)
	blob = append(blob, 5, 1, 1)
	for _, v := range []uint64{10_000, south, 1000, 11_000 - south} {
		blob = binary.AppendUvarint(blob, v)
	}
	for _, d := range []int64{10_000, 10_000, 1000, 0, 0, 1000, -1000, 0, 0, -1000} {
		blob = appendVarint(blob, d)
	}
	blob = append(blob, 0, 1) // from the first vertex, an arc
	for _, v := range []float64{1.05, 0.95} {
		blob = binary.LittleEndian.AppendUint64(blob, math.Float64bits(v))
	}
	return binary.LittleEndian.AppendUint32(blob, 0x80) // by a point on it
}

// TestCurveOutsideBox: a curve that its shape's own box does not cover is refused
// as such a vertex is: a search would pass over what lies there.
func TestCurveOutsideBox(t *testing.T) {
	g := newGrid(0, 0, 10_000)
	for south, covered := range map[uint64]bool{9500: true, 9501: true, 9600: false, 10_000: false} {
		blob := bulging(south)
		h, bad := readHead(blob)
		if bad != nil {
			t.Fatal(bad.message.EN)
		}
		rings, bad := h.rings(blob, &g, new(room))
		switch {
		case covered && (bad != nil || len(rings[0]) < 100):
			t.Errorf("south %d: %v", south, bad)
		case !covered && (bad == nil || !strings.Contains(bad.message.EN, "does not cover the curve after vertex 1")):
			t.Errorf("south %d: %v, want the curve", south, bad)
		}
	}
}
