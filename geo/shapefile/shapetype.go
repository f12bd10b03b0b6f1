package shapefile

import "landcheck/geo"

// shapeType is the type code of a file or record (ESRI, table 1).
type shapeType uint32

const (
	nullType   shapeType = 0
	polygon    shapeType = 5
	polygonZ   shapeType = 15
	polygonM   shapeType = 25
	multiPatch shapeType = 31
)

// areal reports whether shapes of the type have an area that can be read. Z
// and M follow the points of a record, so one decoder reads all three.
func (t shapeType) areal() bool { return t == polygon || t == polygonZ || t == polygonM }

// name is what a person calls the shapes of a type; ok is false for a code
// that the format does not have.
func (t shapeType) name() (text geo.Text, ok bool) {
	switch t {
	case nullType:
		return geo.Text{ZH: "空图形", EN: "null shapes"}, true
	case polygon, polygonZ, polygonM:
		return geo.Text{ZH: "面", EN: "polygons"}, true
	case 1, 11, 21:
		return geo.Text{ZH: "点", EN: "points"}, true
	case 3, 13, 23:
		return geo.Text{ZH: "线", EN: "lines"}, true
	case 8, 18, 28:
		return geo.Text{ZH: "多点", EN: "multipoints"}, true
	case multiPatch:
		return geo.Text{ZH: "多面体（MultiPatch）", EN: "multipatches (3D surfaces)"}, true
	}
	return geo.Text{}, false
}

// notAreal says what a file or record holds instead of areas.
func notAreal(t shapeType, record int, offset int64) *geo.InputError {
	inputErr := &geo.InputError{
		Record: record, Offset: offset,
		Advice: geo.Textf("请提供面图层", "Give a polygon layer"),
	}
	name, known := t.name()
	if !known {
		inputErr.Message = geo.Textf("图形类型 %d 不存在，文件已损坏", "shape type %d does not exist; the file is damaged", uint32(t))
		inputErr.Advice = reexport
		return inputErr
	}
	inputErr.Message = geo.Text{ZH: "图形是" + name.ZH + "，不是面", EN: "the shapes are " + name.EN + ", not polygons"}
	return inputErr
}

var reexport = geo.Text{
	ZH: "请重新复制该文件，或用 GIS 软件重新导出",
	EN: "Copy the file again, or export the layer again with a GIS",
}
