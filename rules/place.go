package rules

import (
	"fmt"
	"strings"

	"landcheck/geo"
)

// place is where something stands in a rulebook.
type place struct {
	file      string
	line, col int
}

func (p place) fault(problem, advice geo.Text) *geo.InputError {
	return &geo.InputError{File: p.file, Record: p.line, Column: p.col, Message: problem, Advice: advice}
}

func (p place) faultf(zh, en string, args ...any) *geo.InputError {
	return p.fault(geo.Textf(zh, en, args...), geo.Text{})
}

// twice is the input error of a rule id that stands elsewhere already.
func (p place) twice(id string, first place) *geo.InputError {
	return p.fault(geo.Textf("规则标识“%s”重复", "rule id %q is given twice", id),
		geo.Textf("另一处在第 %d 行", "The other is on line %d.", first.line))
}

// unknown is the input error of a name that is not one of a list, with the nearest one as a hint.
func (p place) unknown(what geo.Text, name string, list []string) *geo.InputError {
	f := p.fault(geo.Text{
		ZH: fmt.Sprintf("未知的%s“%s”", what.ZH, name),
		EN: fmt.Sprintf("unknown %s %q", what.EN, name),
	}, geo.Text{})
	if near := nearest(name, list); near != "" {
		f.Advice = geo.Textf("是否应为“%s”？", "Did you mean %q?", near)
	} else if len(list) > 0 && len(list) <= 12 {
		all := strings.Join(list, ", ")
		f.Advice = geo.Textf("可用：%s", "Known: %s", all)
	}
	return f
}

// nearest finds the name in the list at the smallest edit distance, or ""
// when none is near enough to be meant.
func nearest(name string, list []string) string {
	best, limit := "", max(2, len(name)/3)+1
	for _, s := range list {
		if d := distance(strings.ToLower(name), strings.ToLower(s)); d < limit {
			best, limit = s, d
		}
	}
	return best
}

// distance is Levenshtein's, over bytes; long names are not worth comparing.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diag
			if a[i] != b[j] {
				cost = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
