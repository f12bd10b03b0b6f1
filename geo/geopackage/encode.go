package geopackage

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/wkb"
)

// encodeBlob is a geometry column's value, little-endian with an XY envelope;
// NULL for no shape.
func encodeBlob(mp orb.MultiPolygon, srs int) any {
	b := geo.Bound(mp)
	if b.IsEmpty() {
		return nil
	}
	le := binary.LittleEndian
	blob := []byte{'G', 'P', 0, 1<<1 | flagLittleEndian}
	blob = le.AppendUint32(blob, uint32(int32(srs)))
	for _, v := range []float64{b.Min[0], b.Max[0], b.Min[1], b.Max[1]} {
		blob = le.AppendUint64(blob, math.Float64bits(v))
	}
	return wkb.Append(blob, mp, 0)
}

// numbersOf gives each column its type. A number column is INTEGER only if it
// has no decimals and every value in it is whole.
func numbersOf(t *geo.Table) []string {
	types := make([]string, len(t.Fields))
	for k, f := range t.Fields {
		switch f.Type {
		case geo.DateField:
			types[k] = "DATE"
		case geo.NumberField:
			types[k] = "INTEGER"
			if f.Decimals > 0 || !wholeColumn(t, k) {
				types[k] = "DOUBLE"
			}
		default:
			types[k] = "TEXT"
			if f.Width > 0 && f.Width < 254 {
				types[k] = fmt.Sprintf("TEXT(%d)", f.Width)
			}
		}
	}
	return types
}

func wholeColumn(t *geo.Table, k int) bool {
	for _, row := range t.Rows {
		if k < len(row.Values) && row.Values[k] != "" {
			if _, err := strconv.ParseInt(row.Values[k], 10, 64); err != nil {
				return false
			}
		}
	}
	return true
}

// storedValue is a cell as SQLite stores it; "" is NULL.
func storedValue(f geo.Feature, k int, field geo.Field, column string) (any, error) {
	if k >= len(f.Values) || f.Values[k] == "" {
		return nil, nil
	}
	text := f.Values[k]
	switch column {
	case "DATE":
		if len(text) == 8 {
			return text[:4] + "-" + text[4:6] + "-" + text[6:], nil
		}
		return text, nil
	case "INTEGER":
		return strconv.ParseInt(text, 10, 64)
	case "DOUBLE":
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || !finite(v) {
			return nil, &geo.InputError{Record: f.Record, Field: field.Name,
				Message: geo.Textf("%.40q 不是数字", "%.40q is not a number", text),
				Advice:  geo.Text{ZH: "请改正该值或清空", EN: "Correct the value or clear it"}}
		}
		return v, nil
	}
	return text, nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
