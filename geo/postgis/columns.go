package postgis

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"landcheck/geo"
)

// storageType is how a column of base.feature stores its values.
type storageType byte

const (
	rawKind    storageType = iota // no column of its own: in raw
	textKind                      // text
	smallKind                     // smallint
	doubleKind                    // double precision
)

// kindOf is the kind of a standard column, by its name in lower case.
func kindOf(name string) storageType {
	switch name {
	case "bsm", "tbbh", "xzqdm", "xzqmc", "zldwdm", "zldwmc", "ghfqmc", "dlbm", "tbxhdm":
		return textKind
	case "gdpdjb", "gddb", "pdjb", "zldb", "zldjdm":
		return smallKind
	case "kcxs", "yjjbntmj", "jbntmj", "tbmj", "yjjbnttbmj":
		return doubleKind
	}
	return rawKind
}

// shortest is the number of decimals of figures that are written as briefly as
// they can be.
const shortest = -1

// column is a source's column that is kept. Decimals is how its figures are
// written in the source, as far as a rule can say; what does not follow the
// rule is kept in raw too.
type column struct {
	Name     string `json:"name"` // as the source spells it
	Decimals int    `json:"decimals"`
}

func (c column) key() string       { return strings.ToLower(c.Name) }
func (c column) kind() storageType { return kindOf(c.key()) }

// keptColumns are the wanted columns that the layer has, each once, in the
// source's spelling.
func keptColumns(fields []geo.Field, wanted []string) []column {
	var kept []column
	seen := map[string]bool{}
	for _, name := range wanted {
		at := geo.FieldIndex(fields, name)
		if at < 0 {
			continue
		}
		c := column{Name: fields[at].Name, Decimals: fields[at].Decimals}
		if !seen[c.key()] {
			seen[c.key()] = true
			kept = append(kept, c)
		}
	}
	return kept
}

// learn picks the rule for figures by some of them: the declared number of
// decimals, as a DBF writes them, unless the shortest form fits more of them,
// as in formats that store numbers.
func (c *column) learn(values []string) {
	declared, brief := 0, 0
	for _, s := range values {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			continue
		}
		if decimalValue(v, c.Decimals) == s {
			declared++
		}
		if decimalValue(v, shortest) == s {
			brief++
		}
	}
	if brief > declared {
		c.Decimals = shortest
	}
}

// decimalValue writes a number as the source would.
func decimalValue(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }

// typed is a value on its way into a typed column. Exact tells that the column
// gives the source's text back.
type typed struct {
	null   bool
	exact  bool
	text   string
	small  int16
	double float64
}

func (c column) typed(k storageType, s string) typed {
	if s == "" {
		return typed{null: true, exact: true}
	}
	switch k {
	case textKind:
		ok := storable(s)
		return typed{null: !ok, exact: ok, text: s}
	case smallKind:
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || v != math.Trunc(v) || v < math.MinInt16 || v > math.MaxInt16 {
			return typed{null: true}
		}
		return typed{small: int16(v), exact: strconv.Itoa(int(v)) == s}
	case doubleKind:
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
			return typed{null: true}
		}
		return typed{double: v, exact: decimalValue(v, c.Decimals) == s}
	}
	return typed{null: true}
}

// storable tells whether PostgreSQL's text can hold a string.
func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// encoded wraps what jsonb cannot hold as a string either.
type encoded struct {
	Base64 string `json:"base64"`
}

// rawJSON is the raw column of a row: values by column.
func rawJSON(values map[string]string) ([]byte, error) {
	held := make(map[string]any, len(values))
	for key, s := range values {
		if held[key] = s; !storable(s) {
			held[key] = encoded{base64.StdEncoding.EncodeToString([]byte(s))}
		}
	}
	return json.Marshal(held)
}

func parseRaw(b []byte) (map[string]string, error) {
	var held map[string]json.RawMessage
	if err := json.Unmarshal(b, &held); err != nil {
		return nil, fmt.Errorf("raw values: %w", err)
	}
	values := make(map[string]string, len(held))
	for key, raw := range held {
		var s string
		if json.Unmarshal(raw, &s) == nil {
			values[key] = s
			continue
		}
		var e encoded
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, fmt.Errorf("raw value %s: %w", key, err)
		}
		b, err := base64.StdEncoding.DecodeString(e.Base64)
		if err != nil {
			return nil, fmt.Errorf("raw value %s: %w", key, err)
		}
		values[key] = string(b)
	}
	return values, nil
}
