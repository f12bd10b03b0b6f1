package coordtxt

import (
	"math"
	"strings"

	"landcheck/geo"
)

// minBare is how many lines of coordinates make a text that is not a parcel
// file suspect of being meant as one: a ring has three corners.
const minBare = 3

// Bare says of the beginning of a file without [地块坐标] that its lines are
// coordinates all the same, naming the first: such a file is refused or told,
// never taken for a paper. The zero text: they are not.
func Bare(head []byte) geo.Text {
	first, n, line := 0, 0, 0
	for text := range strings.Lines(string(decode(head))) {
		line++
		if looksPoint(strings.Trim(text, " \t\r\n\u3000")) {
			if n++; n == 1 {
				first = line
			}
		}
	}
	if n < minBare {
		return geo.Text{}
	}
	return bareLine(first).Message
}

// bareLine is the input error of coordinates that stand under no parcel.
func bareLine(line int) *geo.InputError {
	return &geo.InputError{Advice: layoutAdvice, Message: geo.Textf(
		"第 %[1]d 行起是界址点坐标，但其前没有 %[2]s 部分和以 @ 结尾的地块标题，不能读取",
		"from line %[1]d on there are coordinates, but no %[2]s section and no parcel heading that ends in @ stands before them, so they cannot be read", line, parcels)}
}

// looksPoint reports a line such as "J1,1,4520370.000,37520105.000": two to six
// values of which the last two are a place, in metres or in degrees.
func looksPoint(line string) bool {
	parts := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",，;；\t |", r) })
	if len(parts) < 2 || len(parts) > 6 {
		return false
	}
	a, okA := number(parts[len(parts)-2])
	b, okB := number(parts[len(parts)-1])
	if !okA || !okB {
		return false
	}
	metres := func(v float64) bool { return math.Abs(v) >= 1e5 && math.Abs(v) < 1e8 }
	degrees := func(v float64, s string) bool {
		_, decimals, _ := strings.Cut(s, ".")
		return v > 0 && v <= 180 && len(decimals) >= 4
	}
	return metres(a) && metres(b) || degrees(a, parts[len(parts)-2]) && degrees(b, parts[len(parts)-1])
}
