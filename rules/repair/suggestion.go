package repair

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"

	"github.com/paulmach/orb"
)

// Schema names the form of a set of suggestions as JSON.
const Schema = "landcheck-suggestion/1"

// Mark is what the name of a changed plan says that it is.
const Mark = "建议稿"

// Set is what can be done about a plan: a suggestion for each rule that fails,
// and one for all of them together.
type Set struct {
	Schema   string            `json:"schema"`
	Plan     result.PlanInfo   `json:"plan"`
	Rulebook result.BookInfo   `json:"rulebook"`
	Engine   result.EngineInfo `json:"engine"`
	Verdict  domain.Verdict    `json:"verdict"`   // of the plan as it is
	Together *Suggestion       `json:"together"`  // nil where nothing fails that can be repaired
	Rules    []Suggestion      `json:"rules"`     // one for each rule that fails and that can be repaired
	NotShape []NotShape        `json:"not_shape"` // rules that fail and that no change of shapes repairs

	first     *plan.Plan
	suggester *suggester
}

// NotShape is a rule that fails for something else than land.
type NotShape struct {
	Rule RuleInfo `json:"rule"`
	Why  geo.Text `json:"why"`
}

// RuleInfo names a rule.
type RuleInfo struct {
	ID     string        `json:"id"`
	Title  geo.Text      `json:"title"`
	Level  domain.Level  `json:"level"`
	Clause result.Clause `json:"clause"`
}

// Suggestion is the smallest change found that makes rules hold.
type Suggestion struct {
	Repair
	// Or is the smallest change found that brings more land into PBF instead of
	// leaving out what that makes good; nil where none was found or would help.
	Or *Repair `json:"or,omitempty"`
}

// Repair is a change of a plan that makes rules hold, or why there is none.
type Repair struct {
	For   []RuleInfo `json:"for"`
	Found bool       `json:"found"`
	Why   *geo.Text  `json:"why,omitempty"` // nothing was found, and why
	// Least: of all choices of features to leave out none has less land, nor as
	// much of fewer parcels. Else Within is by how much at most, m².
	Least   bool     `json:"least"`
	Within  float64  `json:"within_m2"`
	Area    float64  `json:"area_m2"` // land that changes, m²
	Parcels int      `json:"parcels"` // features that change
	Changes []Change `json:"changes"`
	// After are the measures of the rules once the plan is changed.
	After   []Measure      `json:"after"`
	Verdict domain.Verdict `json:"verdict,omitempty"` // of the changed plan
	Fails   []string       `json:"fails"`             // rules that the changed plan fails
	// Whole: the changed plan was cut anew and checked; else all rules were
	// evaluated on the faces that it keeps.
	Whole bool `json:"checked_whole"`

	plan *plan.Plan // so changed
}

// Measure is one figure of a rule after the change.
type Measure struct {
	Rule string `json:"rule"`
	result.Measure
}

// Action is what is done to a feature of the plan.
type Action string

// The actions.
const (
	Keep Action = "keep" // land that was to leave PBF stays
	Drop Action = "drop" // a change is left out
	Cut  Action = "cut"  // a change is left out on part of its land
	Add  Action = "add"  // land comes into PBF as well
)

// Actions lists them.
func Actions() []Action { return []Action{Keep, Drop, Cut, Add} }

// Change is what is done to one feature.
type Change struct {
	Action Action   `json:"action"`
	Role   string   `json:"role"`
	ID     string   `json:"id"`
	File   string   `json:"file"`
	Record int      `json:"record"`
	Area   float64  `json:"area_m2"` // of the land concerned
	Left   float64  `json:"left_m2"` // of what stays of the feature
	Say    geo.Text `json:"text"`
	// Geometry is the land concerned: what stays as it is, what is cut off, what
	// is added; lon/lat on CGCS2000.
	Geometry *result.Geometry `json:"geometry,omitempty"`

	land orb.MultiPolygon // the same in the plan's system
}
