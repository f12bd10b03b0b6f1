package geo

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// Geometry codes of well-known binary.
const (
	wkbPolygon      = 3
	wkbMultiPolygon = 6
)

// appendWKB writes a multipolygon as little-endian WKB. Rings are closed where
// they are not; a ring of fewer than three points encloses nothing and is left
// out, and with an outer ring its holes, since GEOS refuses to read it.
func appendWKB(b []byte, mp orb.MultiPolygon) []byte {
	b = appendHead(b, wkbMultiPolygon)
	count := len(b)
	b = append(b, 0, 0, 0, 0)
	var parts uint32
	for _, p := range mp {
		if len(p) == 0 || !encloses(p[0]) {
			continue
		}
		parts++
		b = appendPolygon(b, p)
	}
	binary.LittleEndian.PutUint32(b[count:], parts)
	return b
}

func appendPolygon(b []byte, p orb.Polygon) []byte {
	b = appendHead(b, wkbPolygon)
	count := len(b)
	b = append(b, 0, 0, 0, 0)
	var rings uint32
	for _, r := range p {
		if !encloses(r) {
			continue
		}
		rings++
		points := len(r)
		open := r[0] != r[points-1]
		if open {
			points++
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(points))
		for _, v := range r {
			b = appendPoint(b, v)
		}
		if open {
			b = appendPoint(b, r[0])
		}
	}
	binary.LittleEndian.PutUint32(b[count:], rings)
	return b
}

// encloses reports a ring with three points besides the closing one.
func encloses(r orb.Ring) bool {
	return len(r) >= 4 || len(r) == 3 && r[0] != r[2]
}

func appendHead(b []byte, kind uint32) []byte {
	return binary.LittleEndian.AppendUint32(append(b, 1), kind)
}

func appendPoint(b []byte, p orb.Point) []byte {
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
}
