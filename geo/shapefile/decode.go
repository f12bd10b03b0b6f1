package shapefile

import (
	"encoding/binary"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// decodeError is an input error of a record before its place is known; offset counts from
// the start of the record's content.
type decodeError struct {
	offset  int64
	message geo.Text
}

func (f *decodeError) at(record int, content int64) *geo.InputError {
	return &geo.InputError{Record: record, Offset: content + f.offset, Message: f.message, Advice: reexport}
}

// counts reads the numbers of parts and points and checks that both fit in
// the content. They are the only lengths that a decoder allocates by.
func counts(content []byte) (parts, points int, bad *decodeError) {
	if len(content) < polyHeader {
		return 0, 0, &decodeError{0, geo.Textf("面记录只有 %[1]d 字节，至少应有 %[2]d 字节",
			"a polygon record of %[1]d bytes is shorter than its header of %[2]d", len(content), polyHeader)}
	}
	p, n := int64(binary.LittleEndian.Uint32(content[36:])), int64(binary.LittleEndian.Uint32(content[40:]))
	room := int64(len(content)) - polyHeader
	if 4*p+16*n > room {
		return 0, 0, &decodeError{36, geo.Textf("记录称有 %[1]d 个环、%[2]d 个顶点，需 %[3]d 字节，但只有 %[4]d 字节",
			"the record claims %[1]d rings and %[2]d vertices, %[3]d bytes, where it has %[4]d", p, n, 4*p+16*n, room)}
	}
	switch {
	case n > geo.MaxVertices:
		return 0, 0, &decodeError{40, geo.TooMany(geo.VerticesOfShape, geo.MaxVertices).Message}
	case p > geo.MaxRings:
		return 0, 0, &decodeError{36, geo.TooMany(geo.RingsOfShape, geo.MaxRings).Message}
	}
	if p == 0 && n > 0 {
		return 0, 0, &decodeError{36, geo.Textf("记录有 %d 个顶点却没有环", "the record has %d vertices but no ring", n)}
	}
	return int(p), int(n), nil
}

// geometry decodes record i; nil for a null shape.
func (l *Layer) geometry(i int) (orb.MultiPolygon, error) {
	offset := l.records.offset(i)
	content, ok := l.content(offset)
	if !ok {
		return nil, inplace.Changed(i+1, nil)
	}
	if shapeType(binary.LittleEndian.Uint32(content)) == nullType {
		return nil, nil
	}
	rings, bad := decodeRings(content)
	if bad != nil {
		return nil, bad.at(i+1, offset+recordHeader)
	}
	if b, _ := pointsAround(content); b != l.records.Boxes[i] {
		return nil, inplace.Changed(i+1, nil) // since the boxes were made
	}
	if rings = inplace.Tidied(rings, i+1, &l.odd); len(rings) == 0 {
		return nil, nil
	}
	return inplace.Nested(rings, i+1, offset)
}

// decodeRings copies the parts of a polygon record out of the mapping. Every
// coordinate is finite afterwards.
func decodeRings(content []byte) ([]orb.Ring, *decodeError) {
	numParts, numPoints, bad := counts(content)
	if bad != nil || numParts == 0 {
		return nil, bad
	}
	starts := content[polyHeader : polyHeader+4*numParts]
	body := content[polyHeader+4*numParts:][:16*numPoints]
	// Each part keeps one spare point, so that closing a ring stays in place.
	points := make([]orb.Point, numPoints+numParts)
	rings := make([]orb.Ring, numParts)
	for part := range numParts {
		start := int(binary.LittleEndian.Uint32(starts[4*part:]))
		end := numPoints
		if part+1 < numParts {
			end = int(binary.LittleEndian.Uint32(starts[4*part+4:]))
		}
		if part == 0 && start != 0 || start > end || end > numPoints {
			return nil, &decodeError{polyHeader + 4*int64(part), geo.Textf(
				"第 %[1]d 个环的起止序号 %[2]d–%[3]d 不合理（共 %[4]d 个顶点）",
				"ring %[1]d runs from vertex %[2]d to %[3]d of %[4]d", part+1, start, end, numPoints)}
		}
		ring := points[: end-start : end-start+1]
		points = points[end-start+1:]
		src := body[16*start : 16*end]
		check := 0.0 // stays 0 while coordinates are finite, else NaN
		for k := range ring {
			x, y := float(src[16*k:]), float(src[16*k+8:])
			ring[k] = orb.Point{x, y}
			check += (x - x) + (y - y)
		}
		if check != 0 {
			return nil, notFinite(ring, polyHeader+4*int64(numParts)+16*int64(start))
		}
		rings[part] = orb.Ring(ring)
	}
	return rings, nil
}

func notFinite(ring []orb.Point, at int64) *decodeError {
	for k, p := range ring {
		if p[0]-p[0] != 0 || p[1]-p[1] != 0 {
			return &decodeError{at + 16*int64(k), geo.Textf("坐标不是有限数（%[1]v，%[2]v）", "the coordinates (%[1]v, %[2]v) are not finite numbers", p[0], p[1])}
		}
	}
	return &decodeError{at, geo.Textf("坐标不是有限数", "coordinates are not finite numbers")}
}
