package geopackage

import (
	"encoding/binary"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/wkb"
)

// Flags of the GeoPackage geometry header (12-128r18, 2.1.3).
const (
	flagLittleEndian = 1 << 0
	flagEmpty        = 1 << 4
	flagExtended     = 1 << 5
)

// shape is what a blob holds, with what had to be mended.
type shape struct {
	parts    orb.MultiPolygon
	closed   int   // rings closed by repeating the first point
	dropped  int   // rings with fewer than three points
	srs      int32 // reference system said by the blob itself
	trailing int   // bytes after the geometry
}

// envelopeBytes by the envelope code in flag bits 1 to 3: none, XY, XYZ, XYM,
// XYZM.
var envelopeBytes = [...]int{0, 32, 48, 48, 64}

// decodeBlob reads a geometry column's value. An empty geometry has no parts.
// The envelope is skipped, never believed: a box that lies would hide land.
func decodeBlob(blob []byte) (shape, error) {
	var s shape
	if len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' {
		return s, blobInputError(0, geo.Text{ZH: "几何字段不是 GeoPackage 几何（缺少 GP 头）", EN: "the geometry column holds no GeoPackage geometry (no GP header)"})
	}
	flags := blob[3]
	var order binary.ByteOrder = binary.BigEndian
	if flags&flagLittleEndian != 0 {
		order = binary.LittleEndian
	}
	s.srs = int32(order.Uint32(blob[4:]))
	if flags&flagExtended != 0 {
		return s, blobInputError(3, geo.Text{ZH: "几何使用扩展类型，无法读取", EN: "the geometry is of an extended type, which cannot be read"})
	}
	code := int(flags >> 1 & 7)
	if code >= len(envelopeBytes) {
		return s, blobInputError(3, geo.Textf("外包框代码 %d 无效", "envelope code %d is not valid", code))
	}
	start := 8 + envelopeBytes[code]
	if len(blob) < start {
		return s, blobInputError(8, geo.Text{ZH: "几何头被截断", EN: "the geometry header is cut short"})
	}
	if flags&flagEmpty != 0 {
		return s, nil
	}
	read, err := wkb.Decode(blob, start, wkb.Options{Rings: geo.MaxRings, Vertices: geo.MaxVertices})
	if err != nil {
		return shape{}, unreadable(err)
	}
	s.parts, s.closed, s.dropped, s.trailing = read.Parts, read.Closed, read.Dropped, len(blob)-read.End
	return s, nil
}

func blobInputError(offset int64, problem geo.Text) *geo.InputError {
	return &geo.InputError{Offset: offset, Message: problem, Advice: rewriteAdvice}
}
