package geojson

import (
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

// columnType is what a column has held so far.
type columnType struct {
	texts, numbers, width, decimals int
}

// settle gives a column its type: a number if nothing else was seen.
func (k columnType) settle(f *geo.Field) {
	f.Type, f.Width = geo.TextField, min(max(k.width, 1), 254)
	if k.numbers > 0 && k.texts == 0 {
		f.Type, f.Decimals = geo.NumberField, min(k.decimals, 15)
		f.Width = min(f.Width, 20)
	}
}

// properties reads the attributes; nested values are kept as compact JSON.
func (r *reader) properties(f *feature) error {
	t, err := r.dec.Token()
	if err != nil || t == nil {
		return err
	}
	if t != json.Delim('{') {
		return inputError(geo.Text{ZH: "properties 应为对象或 null", EN: "properties must be an object or null"})
	}
	return r.members(func(key string) error {
		r.field = key
		v, err := r.value()
		if err != nil {
			return err
		}
		if v.number && strings.ContainsAny(v.text, "eE") {
			if n, err := strconv.ParseFloat(v.text, 64); err == nil && geo.IsNullNumber(n) {
				r.lost.Add(geo.Printable(key), geo.NullNumber, r.record)
				v = value{null: true}
			}
		}
		if len(v.text) > geo.MaxTextBytes {
			return geo.TooLong("", len(v.text))
		}
		_, known := r.columns[key]
		if !known && len(r.columns) >= geo.MaxFields || len(f.names) >= geo.MaxFields {
			return geo.TooMany(geo.FieldsOfLayer, geo.MaxFields)
		}
		if !known {
			r.columns[key] = len(r.table.Fields)
			r.table.Fields = append(r.table.Fields, geo.Field{Name: geo.Printable(key)})
			r.kinds = append(r.kinds, columnType{})
		}
		f.names, f.values = append(f.names, key), append(f.values, v)
		r.field = ""
		return nil
	})
}

// value reads one property. What is nested may be as long as any text.
func (r *reader) value() (value, error) {
	t, err := r.dec.Token()
	if err != nil {
		return value{}, err
	}
	switch t := t.(type) {
	case nil:
		return value{null: true}, nil
	case bool:
		if t {
			return value{text: "1", number: true}, nil
		}
		return value{text: "0", number: true}, nil
	case json.Number:
		return value{text: string(t), number: true}, nil
	case string:
		return value{text: t}, nil
	}
	var text []byte
	err = r.nested(t, &text)
	return value{text: string(text)}, err
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
