package kit

import (
	"slices"
	"strconv"
)

// F is the values of a feature by field name: string, int, float64, Date, Raw
// or nil for an empty cell.
type F map[string]any

// Date is a DBF date, YYYYMMDD.
type Date string

// Raw is the bytes of a number cell as they stand, such as "*****".
type Raw string

// Row is one feature; a nil Shape is a null shape.
type Row struct {
	Shape   Shape
	F       F
	Deleted bool // marked with an asterisk in the .dbf
}

// Layer is a table of features and how it is to be written.
type Layer struct {
	Name   string
	Rows   []*Row
	EPSG   int    // 0 is the county's 4525
	Format string // "" or shp, gpkg, geojson, txt
	Code   string // encoding of a .dbf: "" or UTF-8, GBK
	Type   int32  // shape type: 0 or 5 polygon, 15 PolygonZ, 25 PolygonM
	Prj    string // text of the .prj; "" is the system's, "-" none
	NoCpg  bool
}

// Add appends a feature and gives the layer back.
func (l *Layer) Add(s Shape, f F) *Layer {
	l.Rows = append(l.Rows, &Row{Shape: s, F: f})
	return l
}

// Set puts a value into every feature.
func (l *Layer) Set(field string, value any) *Layer {
	for _, r := range l.Rows {
		r.F[field] = value
	}
	return l
}

// Copy is the layer under another name; the features are its own.
func (l *Layer) Copy(name string) *Layer {
	c := *l
	c.Name, c.Rows = name, nil
	for _, r := range l.Rows {
		f := F{}
		for k, v := range r.F {
			f[k] = v
		}
		c.Rows = append(c.Rows, &Row{Shape: r.Shape, F: f, Deleted: r.Deleted})
	}
	return &c
}

// fields are the names of all values in a steady order.
func (l *Layer) fields() []string {
	var names []string
	for _, r := range l.Rows {
		for name := range r.F {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		names = []string{"BSM"}
	}
	slices.Sort(names)
	return names
}

// text is a value as a cell holds it, and the type of its column.
func text(v any) (s string, kind byte) {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v), 'N'
	case float64:
		return strconv.FormatFloat(v, 'f', 4, 64), 'N'
	case Date:
		return string(v), 'D'
	case Raw:
		return string(v), 'N'
	case string:
		return v, 'C'
	}
	return "", 0
}
