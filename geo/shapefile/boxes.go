package shapefile

import (
	"landcheck/geo/inplace"

	"encoding/binary"
	"math"
)

// trueBox makes the box of a record from its points. The one that the record
// states decides nothing: a search by it would pass over land that it does not
// cover, in silence. Where it is wrong that is noted.
//
// The walk over the headers touches every page of the file anyway, so looking
// at all points costs little more than the memory that it reads
// (BenchmarkOpen); a kept layer has the boxes and does without.
func (l *Layer) trueBox(content []byte, number int, at int64) (inplace.Box, error) {
	if _, _, bad := counts(content); bad != nil {
		return inplace.EmptyBox, bad.at(number, at)
	}
	b, finite := pointsAround(content)
	said := readBox(content[4:])
	if said == b && finite || l.deleted(number-1) {
		return b, nil
	}
	switch {
	case !finite:
		l.odd.Add(lostPoint, number)
	case b == inplace.EmptyBox: // no points
	case !said.Valid():
		l.odd.Add(badBox, number)
	case !said.Covers(b):
		l.odd.Add(lyingBox, number)
	case said != b: // -0 is 0
		l.odd.Add(wideBox, number)
	}
	return b, nil
}

// pointsAround is aroundPoints of a record whose counts are in order.
func pointsAround(content []byte) (b inplace.Box, finite bool) {
	parts, points, _ := counts(content)
	return aroundPoints(content[polyHeader+4*parts:][:16*points])
}

// aroundPoints is the box round the finite ones of points as they lie in the
// file, pairs of doubles, and whether all of them are finite.
//
// Doubles that are not negative are in the order of their bits, which are
// compared without a branch for each. Coordinates of China are such; others go
// the long way, and so does what is no number.
func aroundPoints(body []byte) (b inplace.Box, finite bool) {
	const infinite = 0x7ff0000000000000
	x0, y0, x1, y1, all := uint64(infinite), uint64(infinite), uint64(0), uint64(0), uint64(0)
	for rest := body; len(rest) >= 16; rest = rest[16:] {
		x, y := binary.LittleEndian.Uint64(rest), binary.LittleEndian.Uint64(rest[8:])
		x0, x1 = min(x0, x), max(x1, x)
		y0, y1 = min(y0, y), max(y1, y)
		all |= x | y
	}
	if len(body) >= 16 && all>>63 == 0 && x1 < infinite && y1 < infinite {
		return inplace.Box{math.Float64frombits(x0), math.Float64frombits(y0), math.Float64frombits(x1), math.Float64frombits(y1)}, true
	}
	b, finite = inplace.EmptyBox, true
	for ; len(body) >= 16; body = body[16:] {
		x, y := float(body), float(body[8:])
		if x-x != 0 || y-y != 0 {
			finite = false
			continue
		}
		b = inplace.Box{min(b[0], x), min(b[1], y), max(b[2], x), max(b[3], y)}
	}
	return b, finite
}
