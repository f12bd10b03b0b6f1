package domain

import (
	"slices"

	"landcheck/geo"
)

// ConstraintKind is what sort of constraint a rule holds land, papers or data
// to: the key of the rule under which its parameters stand.
type ConstraintKind string

// The constraint kinds.
const (
	RatioConstraint     ConstraintKind = "ratio"
	ShareConstraint     ConstraintKind = "share"
	BalanceConstraint   ConstraintKind = "balance"
	MeanConstraint      ConstraintKind = "mean"
	CompareConstraint   ConstraintKind = "compare"
	BlocksConstraint    ConstraintKind = "blocks"
	QuotaConstraint     ConstraintKind = "quota"
	ForbidConstraint    ConstraintKind = "forbid"
	RequireConstraint   ConstraintKind = "require"
	ListConstraint      ConstraintKind = "list"
	AreasConstraint     ConstraintKind = "areas"
	ClaimsConstraint    ConstraintKind = "claims"
	DocumentsConstraint ConstraintKind = "documents"
	WithinConstraint    ConstraintKind = "within"
	DataConstraint      ConstraintKind = "data"
	DeviationConstraint ConstraintKind = "deviation"
)

// Constraint is what there is to know of a kind.
type Constraint struct {
	Kind       ConstraintKind
	Title      geo.Text
	Example    string   // as a rule has it, YAML
	Holds      geo.Text // what it holds, in a sentence
	Needs      geo.Text // what it reads beside plan and base layers; zero: nothing
	Absent     geo.Text // when it is not applicable; zero: never
	Parameters []Parameter
}

// Parameter is a key of a constraint. Its type and whether it is required are
// the schema's (rules/rulebook).
type Parameter struct {
	Key   string // with the keys that it lies under, in a list: surplus.share, each[].that
	Unit  string // m², m, degrees; "" none
	Means geo.Text
}

// Constraints are the kinds with their parameters: those on figures first,
// then those on land piece by piece, then those on what is handed in.
func Constraints() []Constraint {
	return slices.Concat(figureConstraints(), landConstraints(), inputConstraints())
}

// ConstraintKinds are the kinds in the order of Constraints.
func ConstraintKinds() []ConstraintKind {
	var kinds []ConstraintKind
	for _, c := range Constraints() {
		kinds = append(kinds, c.Kind)
	}
	return kinds
}

// Title names the kind for a person.
func (k ConstraintKind) Title() geo.Text {
	for _, c := range Constraints() {
		if c.Kind == k {
			return c.Title
		}
	}
	return geo.Text{ZH: string(k), EN: string(k)}
}

func param(key, unit, zh, en string) Parameter {
	return Parameter{Key: key, Unit: unit, Means: geo.Text{ZH: zh, EN: en}}
}
