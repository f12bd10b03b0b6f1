package postgis

import (
	"encoding/binary"
	"fmt"
	"math"

	"landcheck/geo"
	"landcheck/geo/wkb"
)

// The beginning and the end of PostgreSQL's binary COPY: signature, no flags,
// no extension; minus one field.
const (
	copyHead = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	copyTail = "\xff\xff"
)

// encoder writes the rows of one dataset for COPY. It does not change once it
// is made: several goroutines share it.
type encoder struct {
	county   string
	dataset  int64
	columns  []column
	kinds    []storageType // of the columns
	srid     uint32
	surveyor *geo.Surveyor // nil for a layer without any shape
}

func newEncoder(county string, dataset int64, columns []column, srid uint32) *encoder {
	e := &encoder{county: county, dataset: dataset, columns: columns, srid: srid}
	for _, c := range columns {
		e.kinds = append(e.kinds, c.kind())
	}
	return e
}

// names are the columns that a row is written in.
func (e *encoder) names() []string {
	names := []string{"county", "dataset", "record"}
	for _, c := range e.columns {
		if c.kind() != rawKind {
			names = append(names, c.key())
		}
	}
	return append(names, "area_m2", "geom", "raw")
}

// row appends one feature and gives its area.
func (e *encoder) row(b []byte, fields int, f geo.Feature) ([]byte, float64, error) {
	b = binary.BigEndian.AppendUint16(b, uint16(fields))
	b = appendText(b, e.county)
	b = appendInt8(b, e.dataset)
	b = appendInt8(b, int64(f.Record))
	var raw map[string]string
	for i, c := range e.columns {
		v := c.typed(e.kinds[i], f.Values[i])
		if !v.exact {
			if raw == nil {
				raw = map[string]string{}
			}
			raw[c.key()] = f.Values[i]
		}
		switch kind := e.kinds[i]; {
		case kind == rawKind:
		case v.null:
			b = appendNull(b)
		case kind == textKind:
			b = appendText(b, v.text)
		case kind == smallKind:
			b = binary.BigEndian.AppendUint16(appendLength(b, 2), uint16(v.small))
		default:
			b = appendFloat8(b, v.double)
		}
	}
	var area float64
	switch {
	case len(f.Geometry) > 0 && e.surveyor == nil:
		return nil, 0, fmt.Errorf("record %d has a shape, though the layer's box is empty", f.Record)
	case len(f.Geometry) == 0:
		b = appendNull(appendNull(b))
	default:
		area = e.surveyor.MultiPolygon(f.Geometry)
		b = appendFloat8(b, area)
		start := len(b)
		b = wkb.Append(appendLength(b, 0), f.Geometry, e.srid)
		binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start-4))
	}
	if raw == nil {
		return appendNull(b), area, nil
	}
	text, err := rawJSON(raw)
	if err != nil {
		return nil, 0, err
	}
	b = append(appendLength(b, len(text)+1), 1) // version of jsonb's binary form
	return append(b, text...), area, nil
}

func appendLength(b []byte, n int) []byte { return binary.BigEndian.AppendUint32(b, uint32(n)) }
func appendNull(b []byte) []byte          { return append(b, 0xff, 0xff, 0xff, 0xff) }
func appendText(b []byte, s string) []byte {
	return append(appendLength(b, len(s)), s...)
}
func appendInt8(b []byte, v int64) []byte {
	return binary.BigEndian.AppendUint64(appendLength(b, 8), uint64(v))
}
func appendFloat8(b []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(appendLength(b, 8), math.Float64bits(v))
}
