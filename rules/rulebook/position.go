package rulebook

import (
	"fmt"
	"strings"

	"landcheck/geo"
	"landcheck/rules/spelling"
)

// position is where something stands in a rulebook.
type position struct {
	file      string
	line, col int
}

func (p position) fault(problem, advice geo.Text) *geo.InputError {
	return &geo.InputError{File: p.file, Record: p.line, Column: p.col, Message: problem, Advice: advice}
}

func (p position) faultf(zh, en string, args ...any) *geo.InputError {
	return p.fault(geo.Textf(zh, en, args...), geo.Text{})
}

// twice is the input error of a rule id that stands elsewhere already.
func (p position) twice(id string, first position) *geo.InputError {
	return p.fault(geo.Textf("规则标识“%s”重复", "rule id %q is given twice", id),
		geo.Textf("另一处在第 %d 行", "The other is on line %d.", first.line))
}

// unknown is the input error of a name that is not one of a list, with the nearest one as a hint.
func (p position) unknown(what geo.Text, name string, list []string) *geo.InputError {
	f := p.fault(geo.Text{
		ZH: fmt.Sprintf("未知的%s“%s”", what.ZH, name),
		EN: fmt.Sprintf("unknown %s %q", what.EN, name),
	}, geo.Text{})
	if near := spelling.Nearest(name, list); near != "" {
		f.Advice = geo.Textf("是否应为“%s”？", "Did you mean %q?", near)
	} else if len(list) > 0 && len(list) <= 12 {
		all := strings.Join(list, ", ")
		f.Advice = geo.Textf("可用：%s", "Known: %s", all)
	}
	return f
}
