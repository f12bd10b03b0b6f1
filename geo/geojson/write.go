package geojson

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// decimals of a degree: 0.1 mm.
const decimals = 9

// Write makes a file of a table in degrees. It appears whole or not at all.
func Write(ctx context.Context, path string, t *geo.Table) error {
	out, err := outfile.Create(path, outfile.Public)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer out.Cleanup()
	if err := encode(ctx, out, t); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := out.Replace(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// Encode writes a FeatureCollection by RFC 7946: degrees with 9 decimals,
// outer rings counter-clockwise, one feature a line. A table that is not in
// degrees must be reprojected first.
func Encode(w io.Writer, t *geo.Table) error { return encode(context.Background(), w, t) }

func encode(ctx context.Context, w io.Writer, t *geo.Table) error {
	if t.CRS.Kind != geo.Geographic {
		return errors.New("GeoJSON needs degrees (EPSG:4490); the table is in " + t.CRS.String())
	}
	names := make([][]byte, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = quoted(f.Name)
	}
	out := bufio.NewWriter(w)
	out.WriteString(`{"type":"FeatureCollection","features":[`)
	var line []byte
	for i, row := range t.Rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		line = line[:0]
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, "\n"+`{"type":"Feature","geometry":`...)
		line = AppendGeometry(line, row.Geometry)
		line = append(line, `,"properties":{`...)
		for k := range t.Fields {
			if k > 0 {
				line = append(line, ',')
			}
			line = append(append(line, names[k]...), ':')
			text := ""
			if k < len(row.Values) {
				text = row.Values[k]
			}
			line = appendValue(line, text, t.Fields[k].Type)
		}
		line = append(line, "}}"...)
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

// AppendGeometry appends a MultiPolygon in degrees as JSON, "null" for none.
func AppendGeometry(b []byte, mp orb.MultiPolygon) []byte {
	if len(mp) == 0 {
		return append(b, "null"...)
	}
	b = append(b, `{"type":"MultiPolygon","coordinates":[`...)
	for i, polygon := range mp {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for k, ring := range polygon {
			if k > 0 {
				b = append(b, ',')
			}
			// Outer rings run counter-clockwise, holes clockwise.
			back := (planar.Area(ring) < 0) == (k == 0)
			b = appendRing(b, ring, back)
		}
		b = append(b, ']')
	}
	return append(b, "]}"...)
}

func appendRing(b []byte, ring orb.Ring, back bool) []byte {
	b = append(b, '[')
	for i := range ring {
		p := ring[i]
		if back {
			p = ring[len(ring)-1-i]
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = appendDegrees(b, p[0])
		b = append(b, ',')
		b = appendDegrees(b, p[1])
		b = append(b, ']')
	}
	return append(b, ']')
}

// appendDegrees writes at most 9 decimals, without needless zeros.
func appendDegrees(b []byte, v float64) []byte {
	s := strings.TrimRight(strconv.FormatFloat(v, 'f', decimals, 64), "0")
	s = strings.TrimSuffix(s, ".")
	if s == "-0" {
		s = "0"
	}
	return append(b, s...)
}

// appendValue writes a number column's value as a number where it is one.
func appendValue(b []byte, text string, kind geo.FieldType) []byte {
	switch {
	case text == "":
		return append(b, "null"...)
	case kind == geo.NumberField && (text[0] == '-' || text[0] >= '0' && text[0] <= '9') && json.Valid([]byte(text)):
		return append(b, text...)
	}
	return append(b, quoted(text)...)
}

// quoted is a JSON string; a string cannot fail to marshal.
func quoted(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		return []byte(`""`)
	}
	return b
}
