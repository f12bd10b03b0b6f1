package filegdb

import (
	"landcheck/geo"
)

// damage is what is wrong with a row before its place is known; offset counts
// from the row's first byte.
type damage struct {
	field   string
	offset  int
	places  bool // it is where rows are said to lie that is wrong
	message geo.Text
	advice  geo.Text // zero: copy or export it again
}

// refused gives the input error of row i, which lies at an offset of the table.
func (t *table) refused(i int, offset int64, d *damage) *geo.InputError {
	f := &geo.InputError{Record: t.id(i), Field: d.field, Offset: offset + int64(d.offset), Message: d.message, Advice: d.advice}
	if f.Advice.IsZero() {
		f.Advice = reexport
	}
	if d.places {
		f.Offset = 0
		return ofFile(f, t.name+".gdbtablx")
	}
	return ofFile(f, t.name+".gdbtable")
}

func damaged(offset int, zh, en string, args ...any) *damage {
	return &damage{offset: offset, message: geo.Textf(zh, en, args...)}
}

func misplaced(zh, en string, args ...any) *damage {
	return &damage{places: true, message: geo.Textf(zh, en, args...)}
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
