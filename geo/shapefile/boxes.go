package shapefile

import "github.com/paulmach/orb"

// trueBox makes the box of a record from its points. The one that the record
// states decides nothing: a search by it would pass over land that it does not
// cover, in silence. Where it is wrong that is noted.
//
// The walk over the headers touches every page of the file anyway, so looking
// at all points costs little more than the memory that it reads
// (BenchmarkOpen); a kept layer has the boxes and does without.
func (l *Layer) trueBox(content []byte, number int, at int64) (box, error) {
	parts, points, bad := counts(content)
	if bad != nil {
		return emptyBox, bad.at(number, at)
	}
	b, finite := aroundPoints(content[polyHeader+4*parts:][:16*points])
	said := readBox(content[4:])
	if said == b && finite || l.deleted(number-1) {
		return b, nil
	}
	switch {
	case !finite:
		l.odd.add(lostPoint, number)
	case points == 0:
	case !said.valid():
		l.odd.add(badBox, number)
	case !said.covers(b):
		l.odd.add(lyingBox, number)
	case said != b: // -0 is 0
		l.odd.add(wideBox, number)
	}
	return b, nil
}

// aroundPoints is the box round the finite ones of points as they lie in the
// file, pairs of doubles, and whether all of them are finite.
func aroundPoints(body []byte) (b box, finite bool) {
	all := body
	x0, y0, x1, y1 := emptyBox[0], emptyBox[1], emptyBox[2], emptyBox[3]
	check := 0.0 // stays 0 while coordinates are finite, else NaN
	for ; len(body) >= 16; body = body[16:] {
		x, y := float(body), float(body[8:])
		check += (x - x) + (y - y)
		if x < x0 { // compared by hand: min and max mind NaN and signed zeros, at thrice the cost
			x0 = x
		}
		if x > x1 {
			x1 = x
		}
		if y < y0 {
			y0 = y
		}
		if y > y1 {
			y1 = y
		}
	}
	if check == 0 {
		return box{x0, y0, x1, y1}, true
	}
	b = emptyBox
	for ; len(all) >= 16; all = all[16:] {
		if x, y := float(all), float(all[8:]); x-x == 0 && y-y == 0 {
			b = box{min(b[0], x), min(b[1], y), max(b[2], x), max(b[3], y)}
		}
	}
	return b, false
}

// aroundRings is the same of decoded rings, all finite.
func aroundRings(rings []orb.Ring) box {
	b := emptyBox
	for _, ring := range rings {
		for _, p := range ring {
			if p[0] < b[0] {
				b[0] = p[0]
			}
			if p[0] > b[2] {
				b[2] = p[0]
			}
			if p[1] < b[1] {
				b[1] = p[1]
			}
			if p[1] > b[3] {
				b[3] = p[1]
			}
		}
	}
	return b
}
