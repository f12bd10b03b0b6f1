package rulebook

import (
	"landcheck/geo"
	"landcheck/rules/strictyaml"

	"go.yaml.in/yaml/v4"
)

// position is where something stands in a rulebook.
type position struct {
	file      string
	line, col int
	source    *strictyaml.Source // nil for none: the file is the place
}

func (p position) fault(problem, advice geo.Text) *geo.InputError {
	if p.source != nil && p.line > 0 {
		return p.source.InputError(p.line, p.col, problem, advice)
	}
	return &geo.InputError{File: p.file, Record: p.line, Column: p.col, Message: problem, Advice: advice}
}

func (p position) faultf(zh, en string, args ...any) *geo.InputError {
	return p.fault(geo.Textf(zh, en, args...), geo.Text{})
}

// wrong is the input error of a value that should be something else.
func (p position) wrong(n *yaml.Node, what geo.Text) *geo.InputError {
	return p.fault(strictyaml.Expected(n, what.ZH, what.EN))
}

// twice is the input error of a rule id that stands elsewhere already.
func (p position) twice(id string, first position) *geo.InputError {
	return p.fault(geo.Textf("规则标识“%s”重复", "rule id %q is given twice", id),
		geo.Textf("另一处在第 %d 行", "The other is on line %d.", first.line))
}

// unknown is the input error of a name that is not one of a list, with the nearest one as a hint.
func (p position) unknown(what geo.Text, name string, list []string) *geo.InputError {
	return p.fault(strictyaml.Unknown(what.ZH, what.EN, name), strictyaml.Suggest(name, list))
}
