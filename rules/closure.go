package rules

import (
	"slices"
	"strings"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/expr-lang/expr/ast"
)

// predicate answers a condition for one face without the expression machine,
// which boxes every value that it touches: over 100 000 faces
// BenchmarkCondition falls to between a fifth and a tenth, or less. Only what
// needs no rounding or conversion is translated; for the rest lower gives nil
// and the machine runs.
type predicate func(*ledger.Face) bool

// lower translates a checked condition.
func lower(n ast.Node) predicate {
	switch n := n.(type) {
	case *ast.BoolNode:
		v := n.Value
		return func(*ledger.Face) bool { return v }
	case *ast.IdentifierNode, *ast.MemberNode:
		return boolField(n.String())
	case *ast.UnaryNode:
		if x := lower(n.Node); x != nil && (n.Operator == "!" || n.Operator == "not") {
			return func(f *ledger.Face) bool { return !x(f) }
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and", "||", "or":
			a, b := lower(n.Left), lower(n.Right)
			if a == nil || b == nil {
				return nil
			}
			if n.Operator == "&&" || n.Operator == "and" {
				return func(f *ledger.Face) bool { return a(f) && b(f) }
			}
			return func(f *ledger.Face) bool { return a(f) || b(f) }
		case "==", "!=", "<", "<=", ">", ">=":
			return lowerComparison(n)
		case "in":
			return lowerIn(n)
		case "startsWith":
			if a, b := textOf(n.Left), textOf(n.Right); a != nil && b != nil {
				return func(f *ledger.Face) bool { return strings.HasPrefix(a(f), b(f)) }
			}
		}
	}
	return nil
}

func lowerComparison(n *ast.BinaryNode) predicate {
	if a, b := boolField(n.Left.String()), boolField(n.Right.String()); a != nil && b != nil {
		switch n.Operator {
		case "==":
			return func(f *ledger.Face) bool { return a(f) == b(f) }
		case "!=":
			return func(f *ledger.Face) bool { return a(f) != b(f) }
		}
	}
	if a, b := textOf(n.Left), textOf(n.Right); a != nil && b != nil {
		switch n.Operator {
		case "==":
			return func(f *ledger.Face) bool { return a(f) == b(f) }
		case "!=":
			return func(f *ledger.Face) bool { return a(f) != b(f) }
		}
	}
	if a, b := floatOf(n.Left), floatOf(n.Right); a != nil && b != nil {
		return ordered(n.Operator, a, b)
	}
	if a, b := intOf(n.Left), intOf(n.Right); a != nil && b != nil {
		return ordered(n.Operator, a, b)
	}
	return nil
}

func ordered[T int | float64](operator string, a, b func(*ledger.Face) T) predicate {
	switch operator {
	case "==":
		return func(f *ledger.Face) bool { return a(f) == b(f) }
	case "!=":
		return func(f *ledger.Face) bool { return a(f) != b(f) }
	case "<":
		return func(f *ledger.Face) bool { return a(f) < b(f) }
	case "<=":
		return func(f *ledger.Face) bool { return a(f) <= b(f) }
	case ">":
		return func(f *ledger.Face) bool { return a(f) > b(f) }
	}
	return func(f *ledger.Face) bool { return a(f) >= b(f) }
}

// lowerIn is text in a list of literals, which the optimiser has made a set.
func lowerIn(n *ast.BinaryNode) predicate {
	a := textOf(n.Left)
	if a == nil {
		return nil
	}
	var list []string
	switch r := n.Right.(type) {
	case *ast.ConstantNode:
		set, ok := r.Value.(map[string]struct{})
		if !ok {
			return nil
		}
		for s := range set {
			list = append(list, s)
		}
		slices.Sort(list)
	case *ast.ArrayNode:
		for _, x := range r.Nodes {
			s, ok := x.(*ast.StringNode)
			if !ok {
				return nil
			}
			list = append(list, s.Value)
		}
	default:
		return nil
	}
	return func(f *ledger.Face) bool { return slices.Contains(list, a(f)) }
}

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

func boolField(name string) predicate {
	owner, field := split(name)
	if owner == "" {
		switch field {
		case "in_project":
			return func(f *ledger.Face) bool { return f.InProject }
		case "sliver":
			return func(f *ledger.Face) bool { return f.Sliver }
		}
		return nil
	}
	if change := changeNamed(owner); change != nil && field == "exists" {
		return func(f *ledger.Face) bool { return change(f).Exists }
	}
	state := stateOf(owner)
	if state == nil {
		return nil
	}
	if read := stateBool(field); read != nil {
		return func(f *ledger.Face) bool { return read(state(f)) }
	}
	return nil
}

func stateBool(field string) func(*ledger.State) bool {
	switch field {
	case "known":
		return func(s *ledger.State) bool { return s.Known }
	case "cropland":
		return func(s *ledger.State) bool { return s.Cropland }
	case "construction":
		return func(s *ledger.State) bool { return s.Construction }
	case "forest":
		return func(s *ledger.State) bool { return s.Forest }
	case "grassland":
		return func(s *ledger.State) bool { return s.Grassland }
	case "wetland":
		return func(s *ledger.State) bool { return s.Wetland }
	case "ecological":
		return func(s *ledger.State) bool { return s.Ecological }
	case "agricultural":
		return func(s *ledger.State) bool { return s.Agricultural }
	case "unused":
		return func(s *ledger.State) bool { return s.Unused }
	case "unstable":
		return func(s *ledger.State) bool { return s.Unstable }
	case "pbf":
		return func(s *ledger.State) bool { return s.PBF }
	case "red_line":
		return func(s *ledger.State) bool { return s.RedLine }
	case "urban":
		return func(s *ledger.State) bool { return s.Urban }
	case "basic_grassland":
		return func(s *ledger.State) bool { return s.BasicGrassland }
	case "heritage":
		return func(s *ledger.State) bool { return s.Heritage }
	case "shelterbelt":
		return func(s *ledger.State) bool { return s.Shelterbelt }
	case "pbf_reserve":
		return func(s *ledger.State) bool { return s.Reserve }
	case "water_management":
		return func(s *ledger.State) bool { return s.WaterManagement }
	}
	return nil
}
