package geopackage

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"landcheck/geo"
)

// valueText is a stored value as text: NULL and blobs "", whole numbers as they
// are, reals by the shortest text that reads back the same, dates of a DATE
// column as YYYYMMDD, everything else as given.
func valueText(v any, kind geo.FieldType) (string, error) {
	switch v := v.(type) {
	case nil, []byte:
		return "", nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case bool:
		if v {
			return "1", nil
		}
		return "0", nil
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return "", &geo.InputError{
				Message: geo.Text{ZH: "数值为无穷大", EN: "the number is infinite"},
				Advice:  geo.Text{ZH: "请改正该值或清空", EN: "Correct the value or clear it"}}
		}
		if geo.IsNullNumber(v) {
			return "", nil // what stands for null
		}
		if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e21) {
			return strconv.FormatFloat(v, 'g', -1, 64), nil
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case string:
		if kind == geo.DateField && len(v) >= 10 && v[4] == '-' && v[7] == '-' {
			return v[:4] + v[5:7] + v[8:10], nil
		}
		if kind == geo.NumberField {
			switch lost := strings.TrimSpace(v); {
			case lost == "":
				return "", nil
			case lost[0] == '*':
				return "", nil // too wide for the field that it came from
			}
		}
		return strings.ToValidUTF8(v, "\uFFFD"), nil
	case time.Time:
		return v.Format(time.RFC3339), nil
	}
	return "", fmt.Errorf("value of type %T", v)
}
