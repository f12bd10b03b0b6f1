package shapefile

import (
	"context"
	"encoding/binary"
	"io"
	"math"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// shapes knows the size of every record before the first is written, since
// the header of a .shp holds the length of the file.
type shapes struct {
	rows   []geo.Feature
	sizes  []int // content bytes of each record
	length int   // of the .shp
	bound  inplace.Box
}

func measure(t *geo.Table) (*shapes, error) {
	s := &shapes{rows: t.Rows, sizes: make([]int, len(t.Rows)), length: fileHeader, bound: inplace.EmptyBox}
	for i, row := range t.Rows {
		size := 4 // a null shape
		if row.Geometry != nil {
			b, parts, points, invalidity := extent(row.Geometry)
			if invalidity != nil {
				return nil, invalidity.at(i+1, 0)
			}
			s.bound = inplace.Box{min(s.bound[0], b[0]), min(s.bound[1], b[1]), max(s.bound[2], b[2]), max(s.bound[3], b[3])}
			size = polyHeader + 4*parts + 16*points
		}
		s.sizes[i] = size
		if s.length += recordHeader + size; s.length > maxFile {
			return nil, tooLarge(".shp")
		}
	}
	return s, nil
}

func tooLarge(ext string) *geo.InputError {
	return &geo.InputError{
		Message: geo.Textf("%[1]s 将超过 2 GB，Shapefile 不能容纳", "the %[1]s would exceed 2 GB, which a Shapefile cannot hold", ext),
		Advice:  geo.Textf("请改用 GeoPackage 或分幅导出", "Use a GeoPackage or export by parts"),
	}
}

// extent is the box, the number of rings and the number of vertices as
// written, the closing vertices included.
func extent(m orb.MultiPolygon) (b inplace.Box, parts, points int, bad *decodeError) {
	b = inplace.EmptyBox
	for _, polygon := range m {
		for _, ring := range polygon {
			if !inplace.ThreeDistinct(closed(ring)) {
				return b, 0, 0, &decodeError{0, geo.Textf("环的不同顶点少于 3 个", "a ring has fewer than 3 distinct points")}
			}
			for k, p := range ring {
				if p[0]-p[0] != 0 || p[1]-p[1] != 0 {
					return b, 0, 0, notFinite(ring[k:], 0)
				}
				b = inplace.Box{min(b[0], p[0]), min(b[1], p[1]), max(b[2], p[0]), max(b[3], p[1])}
			}
			parts++
			points += len(closed(ring))
		}
	}
	if parts == 0 {
		return b, 0, 0, &decodeError{0, geo.Textf("面没有环", "the polygon has no ring")}
	}
	return b, parts, points, nil
}

// closed is the ring with its first vertex repeated at the end; the ring that
// was given stays as it is.
func closed(ring orb.Ring) orb.Ring {
	if len(ring) == 0 || ring[0] == ring[len(ring)-1] {
		return ring
	}
	return append(ring[:len(ring):len(ring)], ring[0])
}

// header is that of a .shp or .shx of the given length.
func (s *shapes) header(length int) []byte {
	h := binary.BigEndian.AppendUint32(nil, magic)
	h = append(h, make([]byte, 20)...)
	h = binary.BigEndian.AppendUint32(h, uint32(length/2))
	h = binary.LittleEndian.AppendUint32(h, 1000)
	h = binary.LittleEndian.AppendUint32(h, uint32(polygon))
	b := s.bound
	if b == inplace.EmptyBox {
		b = inplace.Box{}
	}
	h = appendFloats(h, b[:]...)
	return append(h, make([]byte, 32)...) // no Z, no M
}

func appendFloats(to []byte, values ...float64) []byte {
	for _, v := range values {
		to = binary.LittleEndian.AppendUint64(to, math.Float64bits(v))
	}
	return to
}

func (s *shapes) writeIndex(w io.Writer) error {
	if _, err := w.Write(s.header(fileHeader + 8*len(s.rows))); err != nil {
		return err
	}
	offset := fileHeader
	var entry []byte
	for _, size := range s.sizes {
		entry = binary.BigEndian.AppendUint32(entry[:0], uint32(offset/2))
		entry = binary.BigEndian.AppendUint32(entry, uint32(size/2))
		if _, err := w.Write(entry); err != nil {
			return err
		}
		offset += recordHeader + size
	}
	return nil
}

func (s *shapes) write(ctx context.Context, w io.Writer) error {
	if _, err := w.Write(s.header(s.length)); err != nil {
		return err
	}
	var buf []byte
	for i, row := range s.rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		buf = binary.BigEndian.AppendUint32(buf[:0], uint32(i+1))
		buf = binary.BigEndian.AppendUint32(buf, uint32(s.sizes[i]/2))
		buf = appendShape(buf, row.Geometry)
		if _, err := w.Write(buf); err != nil {
			return err
		}
	}
	return nil
}

// appendShape is the content of a record; the geometry passed extent.
func appendShape(buf []byte, m orb.MultiPolygon) []byte {
	if m == nil {
		return binary.LittleEndian.AppendUint32(buf, uint32(nullType))
	}
	b, parts, points, _ := extent(m)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(polygon))
	buf = appendFloats(buf, b[:]...)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(parts))
	buf = binary.LittleEndian.AppendUint32(buf, uint32(points))
	start := 0
	for _, polygon := range m {
		for _, ring := range polygon {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(start))
			start += len(closed(ring))
		}
	}
	for _, polygon := range m {
		for k, ring := range polygon {
			buf = appendRing(buf, closed(ring), k == 0)
		}
	}
	return buf
}

// appendRing writes an outer ring clockwise, a hole counter-clockwise.
func appendRing(buf []byte, ring orb.Ring, outer bool) []byte {
	if clockwise := geo.PlaneRing(ring) < 0; clockwise == outer {
		for _, p := range ring {
			buf = appendFloats(buf, p[0], p[1])
		}
		return buf
	}
	for k := len(ring) - 1; k >= 0; k-- {
		buf = appendFloats(buf, ring[k][0], ring[k][1])
	}
	return buf
}
