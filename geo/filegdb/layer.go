package filegdb

import (
	"errors"
	"strings"
	"sync/atomic"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
	"landcheck/geo/regular"
	"landcheck/geo/transient"
)

// Layer is a feature class of polygons, read in place. After Open it does not
// change, so its readers may run concurrently; only Close must wait for them.
type Layer struct {
	name, alias, shown string
	table              *table
	records            inplace.Records // the boxes of the rows, as their shapes state them
	odd                inplace.Issues
	lost               atomic.Pointer[[]geo.LostValues] // nil until the rows were read for the digest
	closed             atomic.Bool

	cache inplace.Cache
	known string // digest that the cache had
}

var (
	_ geo.Layer          = (*Layer)(nil)
	_ geo.InspectedLayer = (*Layer)(nil)
	_ geo.AliasedLayer   = (*Layer)(nil)
)

// Name is the feature class's.
func (l *Layer) Name() string { return l.name }

// Alias is the name that people are shown for the layer, often Chinese; it may
// be "".
func (l *Layer) Alias() string { return l.alias }

// File is "base.gdb!DLTB".
func (l *Layer) File() string { return l.shown }

// hidden are the columns that ArcGIS keeps by itself, in lower case.
func hidden(name string) bool {
	switch strings.ToLower(name) {
	case "objectid", "shape", "shape_length", "shape_area":
		return true
	}
	return false
}

// Fields are the columns that hold text, numbers or dates, without those that
// ArcGIS keeps by itself, which can still be asked for.
func (l *Layer) Fields() []geo.Field {
	var fields []geo.Field
	for i := range l.table.fields {
		f := &l.table.fields[i]
		if g, ok := f.fieldType(); ok && !hidden(f.name) {
			fields = append(fields, g)
		}
	}
	return fields
}

// CRS is what the geometry field says; Esri's mark of an unknown system is as
// good as none.
func (l *Layer) CRS() (geo.CRS, error) {
	wkt := strings.Trim(l.table.shape.wkt, " \t\r\n\x00")
	if wkt == "" || strings.HasPrefix(wkt, "{") {
		return geo.CRS{}, nil
	}
	crs, err := geo.ParseWKT(horizontal(wkt))
	return crs, l.place(ofFile(err, l.table.name+".gdbtable"))
}

// horizontal is a definition without the vertical system that may follow it
// after a comma.
func horizontal(wkt string) string {
	depth, quoted := 0, false
	for i, r := range wkt {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[' || r == '(':
			depth++
		case r == ']' || r == ')':
			if depth--; depth == 0 {
				return wkt[:i+1]
			}
		}
	}
	return wkt
}

// Len counts the rows.
func (l *Layer) Len() int { return len(l.table.offsets) }

// Bound is the box of all shapes.
func (l *Layer) Bound() orb.Bound { return l.records.Bound() }

// Notices is what was odd so far, then what Inspected says.
func (l *Layer) Notices() []geo.Notice { return append(l.odd.Notices(l.part), l.Inspected()...) }

// Inspected implements geo.InspectedLayer: the figures that are lost.
func (l *Layer) Inspected() []geo.Notice {
	if list := l.lost.Load(); list != nil {
		return geo.LostNotices(l.shown, *list)
	}
	return nil
}

// Issues is what is odd with every record that shows it.
func (l *Layer) Issues() []geo.Issue { return l.odd.List(l.part) }

func (l *Layer) part(string) string { return l.shown }

// place names the layer of an error, and the file of one that changes meanwhile.
func (l *Layer) place(err error) error {
	if transient.Is(err) {
		err = ofFile(err, l.table.name+".gdbtable")
	}
	return regular.In(err, l.shown)
}

var errClosed = errors.New("filegdb: layer is closed")

// Close unmaps the files. It may be called twice.
func (l *Layer) Close() error {
	if l.closed.Swap(true) {
		return nil
	}
	return errors.Join(l.cache.Close(), l.table.close())
}
