package geopackage

import (
	"errors"

	"landcheck/geo"
	"landcheck/geo/wkb"
)

// unreadable says for people why a blob is no polygons; file and record are the
// caller's to add.
func unreadable(err error) error {
	var e *wkb.Error
	if !errors.As(err, &e) {
		return err
	}
	f := blobInputError(int64(e.At), geo.Text{})
	switch e.Reason {
	case wkb.ByteOrder:
		f.Message = geo.Textf("几何字节序标记为 %d，应为 0 或 1", "byte order mark %d is neither 0 nor 1", e.N)
	case wkb.NotAreal:
		name, ok := typeNames[e.N]
		if !ok {
			f.Message = unknownType(e.N)
			break
		}
		f.Message = geo.Textf("几何是 %s，不是面", "the geometry is a %s, not a polygon", name)
		f.Advice = geo.Text{ZH: "请只保留面要素；曲线面请先转换为折线面", EN: "Keep polygons only; turn curved polygons into straight-sided ones first"}
	case wkb.UnknownType:
		f.Message = unknownType(e.N)
	case wkb.TooMany:
		f.Message = geo.Textf("几何声明 %d 个元素，剩余 %d 字节容纳不下", "the geometry claims %d items, which %d bytes cannot hold", e.N, e.Left)
	case wkb.TooDeep:
		f.Message = geo.Textf("几何集合嵌套过深", "geometry collections are nested too deep")
	case wkb.NotFinite:
		f.Message = geo.Textf("坐标不是有限数值", "a coordinate is not a finite number")
	case wkb.MostRings:
		f.Message = geo.TooMany(geo.RingsOfShape, geo.MaxRings).Message
	case wkb.MostVertices:
		f.Message = geo.TooMany(geo.VerticesOfShape, geo.MaxVertices).Message
	default:
		f.Message = geo.Textf("几何数据在第 %d 字节处中断", "the geometry ends short, at byte %d", e.N)
	}
	return f
}

func unknownType(kind int64) geo.Text {
	return geo.Textf("未知的几何类型 %d", "unknown geometry type %d", kind)
}

var typeNames = map[int64]string{
	1: "Point", 2: "LineString", 4: "MultiPoint", 5: "MultiLineString",
	8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve",
	13: "Curve", 14: "Surface", 15: "PolyhedralSurface", 16: "TIN", 17: "Triangle",
}

var rewriteAdvice = geo.Text{
	ZH: "请用 QGIS 或 ArcGIS 查看该要素并重新导出图层",
	EN: "Check the feature in QGIS or ArcGIS and export the layer again",
}
