package result

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// Finding is one place where a rule does not hold: the faces of one rule,
// scope and change feature.
type Finding struct {
	ID       string        `json:"id"` // stable hash of rule, scope, refs
	Status   domain.Status `json:"status"`
	Scope    Scope         `json:"scope"`
	Area     float64       `json:"area_m2"`
	Message  geo.Text      `json:"message"`
	Remedy   geo.Text      `json:"remedy"`
	Features []FeatureRef  `json:"features"`
	// Packages are the plans that a finding between plans is about, by their
	// packages; empty in the report of one plan.
	Packages []string  `json:"packages,omitempty"`
	Faces    []int     `json:"faces,omitempty"` // ledger rows behind it
	BBox     []float64 `json:"bbox,omitempty"`  // lon/lat: west, south, east, north
	Geometry *Geometry `json:"geometry,omitempty"`
	// Baseline is what an earlier report says of it; "" without one.
	Baseline BaselineState `json:"baseline,omitempty"`
}

// FeatureRef names a plan or base feature.
type FeatureRef struct {
	Role   string `json:"role"`
	ID     string `json:"id"`
	File   string `json:"file,omitempty"`
	Record int    `json:"record,omitempty"`
	// Package is the plan that a finding between plans means; "" in the report of one.
	Package string `json:"package,omitempty"`
}
