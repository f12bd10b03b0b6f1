package filegdb

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"landcheck/geo"
)

// text is a value as text: numbers in decimals, dates as YYYYMMDD, text without
// the blanks round it. Null, and what is no text or number, is "".
func (t *table) text(f *field, raw []byte) (string, *damage) {
	switch f.kind {
	case int16Kind:
		return strconv.Itoa(int(int16(binary.LittleEndian.Uint16(raw)))), nil
	case int32Kind:
		return strconv.Itoa(int(int32(binary.LittleEndian.Uint32(raw)))), nil
	case int64Kind:
		return strconv.FormatInt(int64(binary.LittleEndian.Uint64(raw)), 10), nil
	case float32Kind:
		return number(float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))), 32), nil
	case float64Kind:
		return number(float(raw), 64), nil
	case dateTimeKind, dateKind, timestampKind:
		if at, ok := moment(float(raw)); ok {
			return at.Format("20060102"), nil
		}
		return "", nil
	case timeKind:
		if at, ok := moment(float(raw)); ok {
			return at.Format("15:04:05"), nil
		}
		return "", nil
	case guidKind, globalIDKind:
		return guid(raw), nil
	case textKind:
		return t.words(f, raw)
	}
	return "", nil
}

func float(raw []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(raw)) }

// number is the shortest text that reads back the same; what stands for no
// number is "".
func number(v float64, bits int) string {
	if v-v != 0 || isNullNumber(v, bits) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, bits)
}

// isNullNumber reports the largest number of its kind, which programs write for
// null.
func isNullNumber(v float64, bits int) bool {
	return geo.IsNullNumber(v) || bits == 32 && math.Abs(v) >= 3.4e38
}

// words is text in UTF-8, trimmed as that of a Shapefile is.
func (t *table) words(f *field, raw []byte) (string, *damage) {
	if len(raw) > 2*geo.MaxTextBytes {
		return "", &damage{field: f.name, message: geo.TooLong(f.name, len(raw)).Message, advice: geo.TooLong(f.name, len(raw)).Advice}
	}
	var s string
	switch {
	case t.utf8 && !utf8.Valid(raw):
		return "", &damage{field: f.name, message: geo.Text{ZH: "文字不是有效的 UTF-8", EN: "its text is not valid UTF-8"}}
	case t.utf8:
		s = string(raw)
	case len(raw)%2 != 0:
		return "", &damage{field: f.name, message: geo.Textf("UTF-16 文字有 %d 个字节，不是偶数", "its UTF-16 text has an odd number of bytes, %d", len(raw))}
	default:
		if s = decodeUTF16(raw); strings.ContainsRune(s, utf8.RuneError) {
			return "", &damage{field: f.name, message: geo.Text{ZH: "文字不是有效的 UTF-16", EN: "its text is not valid UTF-16"}}
		}
	}
	if i := strings.IndexByte(s, 0); i >= 0 {
		s = s[:i]
	}
	s = strings.Trim(s, " ")
	if len(s) > geo.MaxTextBytes {
		return "", &damage{field: f.name, message: geo.TooLong(f.name, len(s)).Message, advice: geo.TooLong(f.name, len(s)).Advice}
	}
	return s, nil
}

// moment is a count of days since the end of 1899 as a time, to the millisecond;
// false for what is beyond the years 1 to 9999 or no number.
func moment(days float64) (time.Time, bool) {
	const first, last, epoch, day = -693593, 2958466, -25569, 86_400_000 // 0001-01-01, 10000-01-01, 1899-12-30
	if !(days >= first && days < last) {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(math.Round(days*day)) + epoch*day).UTC(), true
}

// guid writes out sixteen bytes, of which the first three groups are numbers.
func guid(raw []byte) string {
	return fmt.Sprintf("{%08X-%04X-%04X-%X-%X}", binary.LittleEndian.Uint32(raw), binary.LittleEndian.Uint16(raw[4:]), binary.LittleEndian.Uint16(raw[6:]), raw[8:10], raw[10:16])
}

// fieldType is what a field is among those of land data; false for what no
// column holds.
func (f *field) fieldType() (geo.Field, bool) {
	g := geo.Field{Name: geo.Printable(f.name)}
	if f.alias != f.name {
		g.Alias = geo.Printable(f.alias)
	}
	switch f.kind {
	case int16Kind:
		g.Type, g.Width = geo.NumberField, 6
	case int32Kind:
		g.Type, g.Width = geo.NumberField, 11
	case int64Kind:
		g.Type, g.Width = geo.NumberField, 20
	case float32Kind, float64Kind:
		g.Type, g.Width, g.Decimals = geo.NumberField, 20, 8
	case dateTimeKind, dateKind, timestampKind:
		g.Type, g.Width = geo.DateField, 8
	case timeKind:
		g.Type, g.Width = geo.TextField, 8
	case guidKind, globalIDKind:
		g.Type, g.Width = geo.TextField, 38
	case textKind:
		g.Type, g.Width = geo.TextField, 254
		if f.width > 0 && f.width < 254 {
			g.Width = f.width
		}
	default:
		return g, false
	}
	return g, true
}

// pick finds the named columns, by name without regard to case, else by alias;
// -1 for one that the table lacks.
func (t *table) pick(names []string) []int {
	picked := make([]int, len(names))
	for k, name := range names {
		picked[k] = slices.IndexFunc(t.fields, func(f field) bool { return strings.EqualFold(f.name, name) })
		if picked[k] < 0 && name != "" {
			picked[k] = slices.IndexFunc(t.fields, func(f field) bool { return strings.EqualFold(f.alias, name) })
		}
	}
	return picked
}
