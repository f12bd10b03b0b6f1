package condition

import (
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/expr-lang/expr/ast"
)

// The names that conditions use of a face, as functions that read it; nil for a
// name that is not of the kind asked for.

// textOf is a text of a face, or a literal.
func textOf(n ast.Node) func(*ledger.Face) string {
	if s, ok := n.(*ast.StringNode); ok {
		v := s.Value
		return func(*ledger.Face) string { return v }
	}
	name := n.String()
	switch name {
	case "township":
		return func(f *ledger.Face) string { return f.Township }
	case "village":
		return func(f *ledger.Face) string { return f.Village }
	case "county":
		return func(f *ledger.Face) string { return f.County }
	}
	owner, field := split(name)
	if state := stateOf(owner); state != nil {
		switch field {
		case "class":
			return func(f *ledger.Face) string { return state(f).Class }
		case "refinement":
			return func(f *ledger.Face) string { return state(f).Refinement }
		}
	}
	if change := changeNamed(owner); change != nil {
		switch field {
		case "purpose":
			return func(f *ledger.Face) string { return change(f).Purpose }
		case "survey_method":
			return func(f *ledger.Face) string { return change(f).SurveyMethod }
		case "survey_date":
			return func(f *ledger.Face) string { return change(f).SurveyDate }
		case "date":
			return func(f *ledger.Face) string { return change(f).Date }
		}
	}
	return nil
}

func intOf(n ast.Node) func(*ledger.Face) int {
	if s, ok := n.(*ast.IntegerNode); ok {
		v := s.Value
		return func(*ledger.Face) int { return v }
	}
	owner, field := split(n.String())
	if state := stateOf(owner); state != nil {
		switch field {
		case "slope":
			return func(f *ledger.Face) int { return state(f).Slope }
		case "grade":
			return func(f *ledger.Face) int { return state(f).Grade }
		}
	}
	if change := changeNamed(owner); change != nil && field == "year" {
		return func(f *ledger.Face) int { return change(f).Year }
	}
	return nil
}

// floatOf is an area; a number beside it would have to be converted.
func floatOf(n ast.Node) func(*ledger.Face) float64 {
	owner, field := split(n.String())
	if owner == "" && field == "area" {
		return func(f *ledger.Face) float64 { return f.Area }
	}
	if state := stateOf(owner); state != nil {
		switch field {
		case "pbf_net":
			return func(f *ledger.Face) float64 { return state(f).PBFNet }
		case "cropland_net":
			return func(f *ledger.Face) float64 { return state(f).CroplandNet }
		}
	}
	return nil
}

func split(name string) (owner, field string) {
	for i := range name {
		if name[i] == '.' {
			return name[:i], name[i+1:]
		}
	}
	return "", name
}

func stateOf(owner string) func(*ledger.Face) *ledger.State {
	switch owner {
	case "before":
		return func(f *ledger.Face) *ledger.State { return &f.Before }
	case "after":
		return func(f *ledger.Face) *ledger.State { return &f.After }
	}
	return nil
}

func changeNamed(owner string) func(*ledger.Face) *plan.Change {
	switch owner {
	case "pbf_out":
		return func(f *ledger.Face) *plan.Change { return f.Out }
	case "pbf_in":
		return func(f *ledger.Face) *plan.Change { return f.In }
	case "use":
		return func(f *ledger.Face) *plan.Change { return f.Use }
	case "urban_change":
		return func(f *ledger.Face) *plan.Change { return f.Urban }
	case "red_line_change":
		return func(f *ledger.Face) *plan.Change { return f.Line }
	}
	return nil
}
