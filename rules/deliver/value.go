package deliver

import (
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// draftMark stands in every file name and record of a draft, in Chinese whatever
// the language: the systems and offices that receive it read Chinese.
const draftMark = "草案"

func centi(m2 float64) int64 { return geo.Centi(m2) }

// area writes whole 0.01 m² as m².
func area(c int64) string { return strconv.FormatFloat(float64(c)/100, 'f', 2, 64) }

// ratio writes a coefficient as KCXS has it.
func ratio(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

// level is a year or a class that counts from 1; "" where it is not known.
func level(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func className(code string) string {
	c, _ := domain.Lookup(code)
	return c.NameZH
}

// prefix is the first n characters of a code, "" where it has fewer.
func prefix(code string, n int) string {
	if len(code) < n {
		return ""
	}
	return code[:n]
}

// dayOf is a date as YYYYMMDD, of a date that may have signs between or a time
// behind; "" where it is none.
func dayOf(s string) string {
	digits := strings.NewReplacer("-", "", "/", "", ".", "").Replace(s)
	digits, _, _ = strings.Cut(strings.TrimSpace(digits), " ")
	digits, _, _ = strings.Cut(digits, "T")
	if len(digits) != 8 || strings.Trim(digits, "0123456789") != "" || digits[:4] == "0000" {
		return ""
	}
	return digits
}

// remarks joins what is said of a record, draft first, within what a column holds.
func remarks(draft bool, parts ...string) string {
	if draft {
		parts = append([]string{draftMark}, parts...)
	}
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return within(strings.Join(said, "；"), maxText)
}

// maxText is the widest column of a Shapefile, bytes.
const maxText = 254

// within cuts a text to so many bytes of GBK.
func within(s string, most int) string {
	n := 0
	for i, r := range s {
		if n += widthOf(r); n > most {
			return s[:i]
		}
	}
	return s
}

// widthOf is how many bytes a character takes in GBK.
func widthOf(r rune) int {
	if r > 127 {
		return 2
	}
	return 1
}

// bytesOf is the length of a text in GBK.
func bytesOf(s string) int {
	n := 0
	for _, r := range s {
		n += widthOf(r)
	}
	return n
}
