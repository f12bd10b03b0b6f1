package filegdb

import (
	"landcheck/geo"
)

// damage is what is wrong with a row before its place is known; offset counts
// from the row's first byte.
type damage struct {
	field   string
	offset  int
	message geo.Text
	advice  geo.Text // zero: copy or export it again
}

// at gives the input error of a row that lies at an offset of the table.
func (d *damage) at(id int, offset int64) *geo.InputError {
	advice := d.advice
	if advice.IsZero() {
		advice = reexport
	}
	return &geo.InputError{Record: id, Field: d.field, Offset: offset + int64(d.offset), Message: d.message, Advice: advice}
}

func damaged(offset int, zh, en string, args ...any) *damage {
	return &damage{offset: offset, message: geo.Textf(zh, en, args...)}
}

// broken is the input error of a file of the geodatabase; offset 0 means the
// file as a whole.
func broken(offset int64, zh, en string, args ...any) *geo.InputError {
	return &geo.InputError{Offset: offset, Message: geo.Textf(zh, en, args...), Advice: reexport}
}

var reexport = geo.Text{
	ZH: "请重新完整复制整个 .gdb 文件夹，或在 ArcGIS、QGIS 中重新导出",
	EN: "Copy the whole .gdb folder again, or export it again from ArcGIS or QGIS",
}
