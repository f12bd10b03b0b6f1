package wkb

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Append writes a multipolygon, little-endian; with a reference system other
// than 0 as EWKB. Rings are closed where they are not; a ring of fewer than
// three points encloses nothing and is left out, and with an outer ring its
// holes, since GEOS refuses to read it.
func Append(b []byte, mp orb.MultiPolygon, srid uint32) []byte {
	size := 13
	for _, p := range mp {
		size += 9
		for _, r := range p {
			size += 4 + 16*(len(r)+1)
		}
	}
	b = slices.Grow(b, size) // once, not as it fills
	le := binary.LittleEndian
	if srid == 0 {
		b = appendHead(b, multiPolygon)
	} else {
		b = le.AppendUint32(appendHead(b, multiPolygon|flagSRID), srid)
	}
	count := len(b)
	b = append(b, 0, 0, 0, 0)
	var parts uint32
	for _, p := range mp {
		if len(p) == 0 || !Encloses(p[0]) {
			continue
		}
		parts++
		b = appendPolygon(b, p)
	}
	le.PutUint32(b[count:], parts)
	return b
}

func appendPolygon(b []byte, p orb.Polygon) []byte {
	b = appendHead(b, polygon)
	count := len(b)
	b = append(b, 0, 0, 0, 0)
	var rings uint32
	for _, r := range p {
		if !Encloses(r) {
			continue
		}
		rings++
		b = appendRing(b, r)
	}
	binary.LittleEndian.PutUint32(b[count:], rings)
	return b
}

func appendRing(b []byte, r orb.Ring) []byte {
	le := binary.LittleEndian
	points := len(r)
	open := r[0] != r[points-1]
	if open {
		points++
	}
	b = le.AppendUint32(b, uint32(points))
	at := len(b)
	b = b[:at+16*points] // grown to hold it
	for _, v := range r {
		putPoint(b[at:], v)
		at += 16
	}
	if open {
		putPoint(b[at:], r[0])
	}
	return b
}

// Encloses tells whether a ring has three points besides the closing one.
func Encloses(r orb.Ring) bool {
	return len(r) >= 4 || len(r) == 3 && r[0] != r[2]
}

func appendHead(b []byte, kind uint32) []byte {
	return binary.LittleEndian.AppendUint32(append(b, 1), kind)
}

func putPoint(b []byte, p orb.Point) {
	binary.LittleEndian.PutUint64(b, math.Float64bits(p[0]))
	binary.LittleEndian.PutUint64(b[8:], math.Float64bits(p[1]))
}
