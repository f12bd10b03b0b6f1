package geojson

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"landcheck/geo"
)

// value is one property as text, and whether it was a number.
type value struct {
	text   string
	number bool
	null   bool
}

// kind is what a column has held so far.
type kind struct {
	texts, numbers, width, decimals int
}

// settle gives a column its type: a number if nothing else was seen.
func (k kind) settle(f *geo.Field) {
	f.Type, f.Width = geo.TextField, min(max(k.width, 1), 254)
	if k.numbers > 0 && k.texts == 0 {
		f.Type, f.Decimals = geo.NumberField, min(k.decimals, 15)
		f.Width = min(f.Width, 20)
	}
}

// properties reads the attributes; nested values are kept as compact JSON.
func (r *reader) properties(f *feature) error {
	var raw json.RawMessage
	if err := r.dec.Decode(&raw); err != nil {
		return err
	}
	if string(raw) == "null" {
		return nil
	}
	inner := &reader{dec: json.NewDecoder(bytes.NewReader(raw))}
	return inner.object(func(key string) error {
		r.field = key
		var raw json.RawMessage
		if err := inner.dec.Decode(&raw); err != nil {
			return err
		}
		v, err := valueOf(raw)
		if err != nil {
			return err
		}
		if v.number && strings.ContainsAny(v.text, "eE") {
			if n, err := strconv.ParseFloat(v.text, 64); err == nil && geo.IsNullNumber(n) {
				r.lost.Add(geo.Printable(key), geo.NullNumber, r.record)
				v = value{null: true}
			}
		}
		if len(v.text) > geo.MostTextBytes {
			return geo.TooLong("", len(v.text))
		}
		if _, known := r.columns[key]; !known && len(r.columns) >= maxFields {
			return fault(geo.Textf("字段超过 %d 个", "there are more than %d fields", maxFields))
		}
		if _, known := r.columns[key]; !known {
			r.columns[key] = len(r.table.Fields)
			r.table.Fields = append(r.table.Fields, geo.Field{Name: geo.Printable(key)})
			r.kinds = append(r.kinds, kind{})
		}
		f.names, f.values = append(f.names, key), append(f.values, v)
		r.field = ""
		return nil
	})
}

func valueOf(raw json.RawMessage) (value, error) {
	switch raw[0] {
	case 'n':
		return value{null: true}, nil
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return value{text: s}, err
	case 't':
		return value{text: "1", number: true}, nil
	case 'f':
		return value{text: "0", number: true}, nil
	case '{', '[':
		var b bytes.Buffer
		err := json.Compact(&b, raw)
		return value{text: b.String()}, err
	}
	return value{text: string(raw), number: true}, nil
}

// set puts a value in its column and remembers what the column holds.
func (r *reader) set(row []string, name string, v value) []string {
	i := r.columns[name]
	for len(row) <= i {
		row = append(row, "")
	}
	row[i] = v.text
	if v.null {
		return row
	}
	k := &r.kinds[i]
	k.width = max(k.width, utf8.RuneCountInString(v.text))
	if !v.number {
		k.texts++
		return row
	}
	k.numbers++
	if strings.ContainsAny(v.text, "eE") {
		k.decimals = 15
	} else if _, after, ok := strings.Cut(v.text, "."); ok {
		k.decimals = max(k.decimals, len(after))
	}
	return row
}
