package geopackage

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Geometry types of well-known binary (ISO 13249-3, OGC 06-103r4).
const (
	wkbPolygon      = 3
	wkbMultiPolygon = 6
	wkbCollection   = 7
	wkbMultiSurface = 12
)

// Flags of the PostGIS dialect (EWKB), which some tools store.
const (
	ewkbZ    = 0x80000000
	ewkbM    = 0x40000000
	ewkbSRID = 0x20000000
)

// maxNesting is how deep collections may lie in each other.
const maxNesting = 4

// shape is what a blob holds, with what had to be mended.
type shape struct {
	parts    orb.MultiPolygon
	closed   int   // rings closed by repeating the first point
	dropped  int   // rings with fewer than three points
	srs      int32 // reference system said by the blob itself
	trailing int   // bytes after the geometry
}

// wkbReader reads from the front; at only grows, so every loop ends.
type wkbReader struct {
	data  []byte
	at    int
	out   *shape
	order binary.ByteOrder

	vertices, rings int
}

// readWKB adds the polygons of one geometry. Input errors carry the offset in the
// blob; file and record are the caller's to add.
func (r *wkbReader) geometry(depth int) error {
	kind, dims, err := r.head()
	if err != nil {
		return err
	}
	switch kind {
	case wkbPolygon:
		return r.polygon(dims)
	case wkbMultiPolygon, wkbMultiSurface, wkbCollection:
		if depth >= maxNesting {
			return r.inputError(geo.Textf("几何集合嵌套过深", "geometry collections are nested too deep"))
		}
		n, err := r.count(9) // byte order, type, one count
		if err != nil {
			return err
		}
		order := r.order
		for range n {
			if err := r.geometry(depth + 1); err != nil {
				return err
			}
			r.order = order
		}
		return nil
	}
	return r.notAreal(kind)
}

// head reads byte order and type and gives the numbers per point.
func (r *wkbReader) head() (kind uint32, dims int, err error) {
	if len(r.data)-r.at < 5 {
		return 0, 0, r.short()
	}
	switch r.data[r.at] {
	case 0:
		r.order = binary.BigEndian
	case 1:
		r.order = binary.LittleEndian
	default:
		return 0, 0, r.inputError(geo.Textf("几何字节序标记为 %d，应为 0 或 1", "byte order mark %d is neither 0 nor 1", r.data[r.at]))
	}
	kind = r.order.Uint32(r.data[r.at+1:])
	r.at += 5
	dims = 2
	if kind&ewkbZ != 0 {
		dims++
	}
	if kind&ewkbM != 0 {
		dims++
	}
	if kind&ewkbSRID != 0 {
		if len(r.data)-r.at < 4 {
			return 0, 0, r.short()
		}
		r.at += 4
	}
	kind &^= ewkbZ | ewkbM | ewkbSRID
	switch kind / 1000 {
	case 1, 2:
		dims++
	case 3:
		dims += 2
	}
	if dims > 4 || kind >= 4000 {
		return 0, 0, r.inputError(geo.Textf("未知的几何类型 %d", "unknown geometry type %d", kind))
	}
	return kind % 1000, dims, nil
}

// count reads a count of things that take at least size bytes each, and
// refuses one that the rest of the blob cannot hold.
func (r *wkbReader) count(size int) (int, error) {
	if len(r.data)-r.at < 4 {
		return 0, r.short()
	}
	n := int64(r.order.Uint32(r.data[r.at:]))
	r.at += 4
	if left := len(r.data) - r.at; n > int64(left/size) {
		r.at -= 4
		return 0, r.inputError(geo.Textf("几何声明 %d 个元素，剩余 %d 字节容纳不下", "the geometry claims %d items, which %d bytes cannot hold", n, left))
	}
	return int(n), nil
}

func (r *wkbReader) polygon(dims int) error {
	n, err := r.count(4)
	if err != nil {
		return err
	}
	if r.rings += n; r.rings > geo.MostRings {
		return r.inputError(geo.TooMany(geo.RingsOfShape, geo.MostRings).Message)
	}
	polygon := make(orb.Polygon, 0, n)
	for i := range n {
		ring, err := r.ring(dims)
		if err != nil {
			return err
		}
		if len(ring) == 0 {
			if i == 0 {
				polygon = nil // holes of nothing
			}
			continue
		}
		if i == 0 || polygon != nil {
			polygon = append(polygon, ring)
		}
	}
	if len(polygon) > 0 {
		r.out.parts = append(r.out.parts, polygon)
	}
	return nil
}

// ring reads a ring and closes it; one that has no area by its point count is
// dropped and counted.
func (r *wkbReader) ring(dims int) (orb.Ring, error) {
	n, err := r.count(8 * dims)
	if err != nil {
		return nil, err
	}
	if r.vertices += n; r.vertices > geo.MostVertices {
		return nil, r.inputError(geo.TooMany(geo.VerticesOfShape, geo.MostVertices).Message)
	}
	ring := make(orb.Ring, n, n+1)
	for i := range ring {
		x := math.Float64frombits(r.order.Uint64(r.data[r.at:]))
		y := math.Float64frombits(r.order.Uint64(r.data[r.at+8:]))
		if !finite(x) || !finite(y) {
			return nil, r.inputError(geo.Textf("坐标不是有限数值", "a coordinate is not a finite number"))
		}
		ring[i] = orb.Point{x, y}
		r.at += 8 * dims
	}
	if n > 0 && ring[0] != ring[n-1] {
		ring = append(ring, ring[0])
		r.out.closed++
	}
	if len(ring) < 4 {
		if n > 0 {
			r.out.dropped++
		}
		return nil, nil
	}
	return ring, nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

func (r *wkbReader) inputError(problem geo.Text) *geo.InputError {
	return &geo.InputError{Offset: int64(r.at), Message: problem, Advice: rewriteAdvice}
}

func (r *wkbReader) short() *geo.InputError {
	return r.inputError(geo.Textf("几何数据在第 %d 字节处中断", "the geometry ends short, at byte %d", len(r.data)))
}

func (r *wkbReader) notAreal(kind uint32) *geo.InputError {
	name, ok := typeNames[kind]
	if !ok {
		return r.inputError(geo.Textf("未知的几何类型 %d", "unknown geometry type %d", kind))
	}
	f := r.inputError(geo.Textf("几何是 %s，不是面", "the geometry is a %s, not a polygon", name))
	f.Advice = geo.Text{ZH: "请只保留面要素；曲线面请先转换为折线面", EN: "Keep polygons only; turn curved polygons into straight-sided ones first"}
	return f
}

var typeNames = map[uint32]string{
	1: "Point", 2: "LineString", 4: "MultiPoint", 5: "MultiLineString",
	8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve",
	13: "Curve", 14: "Surface", 15: "PolyhedralSurface", 16: "TIN", 17: "Triangle",
}

var rewriteAdvice = geo.Text{
	ZH: "请用 QGIS 或 ArcGIS 检查该要素并重新导出图层",
	EN: "Check the feature in QGIS or ArcGIS and export the layer again",
}
