package result

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// RuleResult is what became of one rule.
type RuleResult struct {
	ID       string        `json:"id"`
	Group    string        `json:"group"` // pbf, cropland, construction, ecology, procedure, data
	Level    domain.Level  `json:"level"`
	Status   domain.Status `json:"status"`
	Clause   Clause        `json:"clause"`
	Title    geo.Text      `json:"title"`
	Help     geo.Text      `json:"help"` // what is measured, why
	Measures []Measure     `json:"measures"`
	Findings []Finding     `json:"findings"`
	Note     *geo.Text     `json:"note,omitempty"`
	// Incomplete: at least part of a mandatory or in-principle rule could not
	// be checked for want of a core or required input, whatever its status says
	// of the rest. Where nothing fails, that makes the verdict incomplete.
	Incomplete bool `json:"incomplete,omitempty"`
}

// Clause is the policy text behind a rule.
type Clause struct {
	Section string `json:"section"` // 三（二）
	Text    string `json:"text"`    // the clause's own words
}

// Scope is what a measure or finding is about.
type Scope struct {
	Kind string `json:"kind"` // plan, project, county, township, village, year, date, feature, layer
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// Measure is one value held against one limit.
type Measure struct {
	Scope  Scope              `json:"scope"`
	Status domain.Status      `json:"status"`
	Value  float64            `json:"value"`
	Op     string             `json:"op,omitempty"` // "<=", ">=", "" when only shown
	Limit  float64            `json:"limit"`
	Unit   string             `json:"unit"`            // ratio, m2, grade, slope_class, count
	Margin float64            `json:"margin"`          // what is left to the limit, in m² where the unit is a ratio of areas; negative when exceeded
	Close  bool               `json:"close,omitempty"` // the verdict would flip within the stated tolerance
	Terms  map[string]float64 `json:"terms"`
	Label  *geo.Text          `json:"label,omitempty"` // what the value is, where a rule has several
	Note   *geo.Text          `json:"note,omitempty"`
}
