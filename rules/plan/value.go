package plan

import (
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"
)

// Years outside this span are typing errors, not plans.
const (
	firstYear = 1900
	lastYear  = 2100
)

// parseNumber reads a figure, also one stored as text. Empty text is an
// unknown number and fine; anything but a plain decimal is not ok.
func parseNumber(s string) (n Number, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Number{}, true
	}
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return Number{}, false // ParseFloat would take hexadecimal, Inf and NaN
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return Number{}, false
	}
	return Number{Value: v, Known: true}, true
}

// parseWhole reads a whole number within limits; 0 for empty text. A database
// may hand it over as "3.0".
func parseWhole(s string, least, most int) (int, bool) {
	n, ok := parseNumber(s)
	if !ok || !n.Known {
		return 0, ok
	}
	if n.Value != math.Trunc(n.Value) || n.Value < float64(least) || n.Value > float64(most) {
		return 0, false
	}
	return int(n.Value), true
}

// parseDate reads YYYYMMDD, YYYY-MM-DD, YYYY/MM/DD, YYYY.MM.DD or YYYY年M月D日, a
// time of day after it being dropped, into YYYYMMDD. Empty text, and the zeros
// that dBASE writes for no date, are "" and fine; a day that the calendar lacks
// is not ok.
func parseDate(s string) (string, bool) {
	s = strings.TrimSpace(s)
	for _, wide := range s {
		if wide > 127 {
			s = strings.TrimSuffix(strings.NewReplacer(" ", "", "年", "-", "月", "-").Replace(width.Fold.String(s)), "日")
			if s = strings.TrimSuffix(strings.TrimSuffix(s, "号"), "-"); s == "" {
				return "", false
			}
			break
		}
	}
	if i := strings.IndexAny(s, "T "); i > 0 {
		s = s[:i]
	}
	s = strings.TrimSuffix(s, ".0")
	if strings.Trim(s, "0") == "" {
		return "", true
	}
	if len(s) > len("2006-01-02") {
		return "", false
	}
	for _, layout := range []string{"20060102", "2006-1-2", "2006/1/2", "2006.1.2"} {
		t, err := time.Parse(layout, s)
		if err == nil && t.Year() >= firstYear && t.Year() <= lastYear {
			return t.Format("20060102"), true
		}
	}
	return "", false
}

// unitCode is the first digits of an administrative code, "" if it has fewer.
func unitCode(code string, digits int) string {
	code = strings.TrimSpace(code)
	if len(code) < digits || !allDigits(code[:digits]) {
		return ""
	}
	return code[:digits]
}

// The lengths of administrative codes (GB/T 2260, GB/T 10114).
const (
	countyDigits   = 6
	townshipDigits = 9
	villageDigits  = 12
)

// CountyOf is the county (旗县) part of an administrative code, "" if it is shorter.
func CountyOf(code string) string { return unitCode(code, countyDigits) }

// TownshipOf is the township (苏木乡镇) part of an administrative code, "" if it is shorter.
func TownshipOf(code string) string { return unitCode(code, townshipDigits) }

// VillageOf is the village (嘎查村) part of an administrative code, "" if it is shorter.
func VillageOf(code string) string { return unitCode(code, villageDigits) }

func allDigits[T string | []byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}
