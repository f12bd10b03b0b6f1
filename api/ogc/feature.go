package ogc

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// Property of a feature: a text, a number or a truth.
type Property struct {
	Name  string
	Value any
}

// Feature is a row of a collection. Geometry is nil for one without a shape.
type Feature struct {
	ID         string
	Geometry   orb.MultiPolygon
	Properties []Property
}

// Value of a property, nil where it is absent.
func (f *Feature) Value(name string) any {
	for _, p := range f.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

// Set adds a property unless it is empty.
func (f *Feature) Set(name string, value any) {
	if value != "" && value != 0 {
		f.Properties = append(f.Properties, Property{name, value})
	}
}

// Link leads elsewhere.
type Link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// Append writes a feature as GeoJSON, coordinates in the order of a system's
// axes, to 0.1 mm. Outer rings run counter-clockwise, as RFC 7946 has it.
func (f *Feature) Append(to []byte, in System, links []Link) ([]byte, error) {
	to = append(to, `{"type":"Feature","id":`...)
	to, err := appendJSON(to, f.ID)
	if err != nil {
		return nil, err
	}
	to = append(to, `,"geometry":`...)
	to = appendGeometry(to, f.Geometry, in)
	to = append(to, `,"properties":{`...)
	for i, p := range f.Properties {
		if i > 0 {
			to = append(to, ',')
		}
		if to, err = appendJSON(to, p.Name); err != nil {
			return nil, err
		}
		to = append(to, ':')
		if to, err = appendValue(to, p.Value); err != nil {
			return nil, err
		}
	}
	to = append(to, '}')
	if len(links) > 0 {
		to = append(to, `,"links":`...)
		if to, err = appendJSON(to, links); err != nil {
			return nil, err
		}
	}
	return append(to, '}'), nil
}

func appendJSON(to []byte, v any) ([]byte, error) {
	data, err := json.Marshal(v)
	return append(to, data...), err
}

// appendValue writes a figure as one, also where it is whole: readers guess the
// type of a column from the first rows.
func appendValue(to []byte, v any) ([]byte, error) {
	x, ok := v.(float64)
	if ok && x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.AppendFloat(to, x, 'f', 1, 64), nil
	}
	return appendJSON(to, v)
}

func appendGeometry(to []byte, mp orb.MultiPolygon, in System) []byte {
	if len(mp) == 0 {
		return append(to, "null"...)
	}
	decimals := 4
	if in.CRS.FalseEasting == 0 {
		decimals = 9
	}
	to = append(to, `{"type":"MultiPolygon","coordinates":[`...)
	for i, p := range mp {
		to = separate(to, i)
		to = append(to, '[')
		for j, r := range p {
			to = separate(to, j)
			backwards := len(r) > 0 && (r.Orientation() == orb.CCW) != (j == 0)
			to = appendRing(to, r, backwards, in.Swapped, decimals)
		}
		to = append(to, ']')
	}
	return append(to, "]}"...)
}

func appendRing(to []byte, r orb.Ring, backwards, swapped bool, decimals int) []byte {
	to = append(to, '[')
	for k := range r {
		p := r[k]
		if backwards {
			p = r[len(r)-1-k]
		}
		if swapped {
			p[0], p[1] = p[1], p[0]
		}
		to = separate(to, k)
		to = append(to, '[')
		to = strconv.AppendFloat(to, p[0], 'f', decimals, 64)
		to = append(to, ',')
		to = strconv.AppendFloat(to, p[1], 'f', decimals, 64)
		to = append(to, ']')
	}
	return append(to, ']')
}

func separate(to []byte, i int) []byte {
	if i > 0 {
		return append(to, ',')
	}
	return to
}
