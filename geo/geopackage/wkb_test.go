package geopackage

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// bytesOf builds a blob part by part: byte, uint32, float64 or raw bytes.
func bytesOf(order binary.ByteOrder, parts ...any) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		switch p := p.(type) {
		case byte:
			b.WriteByte(p)
		case int:
			binary.Write(&b, order, uint32(p))
		case float64:
			binary.Write(&b, order, p)
		case []byte:
			b.Write(p)
		}
	}
	return b.Bytes()
}

// head is a blob header without envelope.
func head(flags byte) []byte { return []byte{'G', 'P', 0, flags, 0, 0, 0, 0} }

// triangle writes the ring (0 0, 4 0, 0 3, 0 0) with further ordinates.
func triangle(order binary.ByteOrder, more ...float64) []byte {
	parts := []any{4}
	for _, p := range [][2]float64{{0, 0}, {4, 0}, {0, 3}, {0, 0}} {
		parts = append(parts, p[0], p[1])
		for _, m := range more {
			parts = append(parts, m)
		}
	}
	return bytesOf(order, parts...)
}

func TestWKBDialects(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	want := orb.MultiPolygon{{{{0, 0}, {4, 0}, {0, 3}, {0, 0}}}}
	nan := math.NaN()
	polygon := bytesOf(le, byte(1), 3, 1, triangle(le))
	for name, blob := range map[string][]byte{
		"little-endian":             bytesOf(le, head(1), polygon),
		"big-endian":                bytesOf(be, head(0), byte(0), 3, 1, triangle(be)),
		"mixed orders":              bytesOf(be, head(0), byte(0), 6, 1, polygon),
		"ISO Z":                     bytesOf(le, head(1), byte(1), 1003, 1, triangle(le, 7)),
		"ISO M, which is NaN":       bytesOf(le, head(1), byte(1), 2003, 1, triangle(le, nan)),
		"ISO ZM":                    bytesOf(le, head(1), byte(1), 3003, 1, triangle(le, 7, 8)),
		"EWKB Z":                    bytesOf(le, head(1), byte(1), 0x80000000|3, 1, triangle(le, 7)),
		"EWKB ZM SRID":              bytesOf(le, head(1), byte(1), 0xe0000000|3, 4525, 1, triangle(le, 7, 8)),
		"envelope XY":               bytesOf(le, head(3), make([]byte, 32), polygon),
		"envelope XYZM":             bytesOf(le, head(9), make([]byte, 64), polygon),
		"collection of a polygon":   bytesOf(le, head(1), byte(1), 7, 1, polygon),
		"surface with an empty one": bytesOf(le, head(1), byte(1), 12, 2, byte(1), 3, 0, polygon),
		"empty ring as a hole":      bytesOf(le, head(1), byte(1), 3, 2, triangle(le), 0),
	} {
		s, err := decodeBlob(blob)
		if err != nil || !s.parts.Equal(want) {
			t.Errorf("%s: %v, %v", name, s.parts, err)
		}
	}
}

func TestWKBMended(t *testing.T) {
	le := binary.LittleEndian
	open := bytesOf(le, head(1), byte(1), 3, 1, 3, 0.0, 0.0, 4.0, 0.0, 0.0, 3.0)
	s, err := decodeBlob(open)
	if err != nil || s.closed != 1 || len(s.parts[0][0]) != 4 {
		t.Errorf("open ring: %+v, %v", s, err)
	}
	thin := bytesOf(le, head(1), byte(1), 3, 2, 2, 0.0, 0.0, 4.0, 0.0, triangle(le))
	s, err = decodeBlob(thin)
	if err != nil || s.dropped != 1 || len(s.parts) != 0 {
		t.Errorf("holes of a line: %+v, %v", s, err)
	}
	s, err = decodeBlob(bytesOf(le, head(1|flagEmpty)))
	if err != nil || len(s.parts) != 0 {
		t.Errorf("empty: %+v, %v", s, err)
	}
}

func TestWKBRefused(t *testing.T) {
	le := binary.LittleEndian
	nest := bytesOf(le, byte(1), 3, 1, triangle(le))
	for range 6 {
		nest = bytesOf(le, byte(1), 7, 1, nest)
	}
	for name, c := range map[string]struct {
		blob []byte
		want string
	}{
		"nothing":          {nil, "no GP header"},
		"spatialite":       {[]byte{0, 1, 0x40, 0x71, 0, 0, 0, 0, 0}, "no GP header"},
		"extended":         {bytesOf(le, head(1|flagExtended)), "extended type"},
		"envelope code 5":  {bytesOf(le, head(1|5<<1)), "envelope code 5"},
		"short envelope":   {bytesOf(le, head(3), make([]byte, 31)), "cut short"},
		"no geometry":      {bytesOf(le, head(1)), "ends short"},
		"byte order 2":     {bytesOf(le, head(1), byte(2), 3, 0), "byte order mark 2"},
		"rings 2^32-1":     {bytesOf(le, head(1), byte(1), 3, 0xffffffff), "claims 4294967295"},
		"points 2^31":      {bytesOf(le, head(1), byte(1), 3, 1, 1<<31, 0.0), "claims 2147483648"},
		"parts 2^30":       {bytesOf(le, head(1), byte(1), 6, 1<<30), "claims 1073741824"},
		"cut in the ring":  {bytesOf(le, head(1), byte(1), 3, 1, 4, 0.0), "claims 4"},
		"NaN":              {bytesOf(le, head(1), byte(1), 3, 1, 3, 0.0, math.NaN(), 1.0, 1.0, 2.0, 2.0), "not a finite"},
		"infinite":         {bytesOf(le, head(1), byte(1), 3, 1, 3, 0.0, 1.0, math.Inf(1), 1.0, 2.0, 2.0), "not a finite"},
		"point":            {bytesOf(le, head(1), byte(1), 1, 0.0, 0.0), "a Point"},
		"curve polygon":    {bytesOf(le, head(1), byte(1), 10, 0), "a CurvePolygon"},
		"type 4003":        {bytesOf(le, head(1), byte(1), 4003, 0), "unknown geometry type"},
		"type 99":          {bytesOf(le, head(1), byte(1), 99, 0), "unknown geometry type 99"},
		"nested too deep":  {bytesOf(le, head(1), nest), "nested too deep"},
		"point in a multi": {bytesOf(le, head(1), byte(1), 6, 1, byte(1), 1, 0.0, 0.0), "a Point"},
	} {
		_, err := decodeBlob(c.blob)
		f, ok := geo.AsInputError(err)
		if !ok || !strings.Contains(f.Message.EN, c.want) || f.Message.ZH == "" || f.Advice.IsZero() {
			t.Errorf("%s: %v, want a fault with %q", name, err, c.want)
		}
	}
}

// FuzzBlob: whatever the bytes, an input error or closed rings, never more points than
// the bytes can hold.
func FuzzBlob(f *testing.F) {
	f.Add(encodeBlob(square(0, 0, 1), 4525).([]byte))
	f.Add(bytesOf(binary.BigEndian, head(0), byte(0), 3003, 1, triangle(binary.BigEndian, 7, 8)))
	f.Add(bytesOf(binary.LittleEndian, head(1), byte(1), 6, 1<<30))
	f.Fuzz(func(t *testing.T, blob []byte) {
		s, err := decodeBlob(blob)
		if err != nil {
			if _, ok := geo.AsInputError(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		points := 0
		for _, p := range s.parts {
			for _, r := range p {
				if len(r) < 4 || !r.Closed() {
					t.Fatalf("ring %v", r)
				}
				points += len(r)
			}
		}
		if points > len(blob)/12 {
			t.Fatalf("%d points out of %d bytes", points, len(blob))
		}
	})
}
