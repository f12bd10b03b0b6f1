package result

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// Schema names the shape of the JSON report; field names are stable.
const Schema = "landcheck-report/1"

// Report is the answer to one check: rules/report/README.md. Areas are m²
// rounded to 0.01; ratios are not rounded. It holds no clock and no host.
type Report struct {
	Schema  string         `json:"schema"`
	Verdict domain.Verdict `json:"verdict"`
	Plan    PlanInfo       `json:"plan"`
	Base    BaseInfo       `json:"base"`
	// Layer is the one layer that was checked by itself, without a plan; nil for a
	// plan. The verdict then is of the layer's data alone.
	Layer    *LayerInfo   `json:"layer,omitempty"`
	Rulebook BookInfo     `json:"rulebook"`
	Engine   EngineInfo   `json:"engine"`
	Summary  Summary      `json:"summary"`
	Rules    []RuleResult `json:"rules"`
	LandUse  []ClassRow   `json:"land_use"`
	Years    []YearRow    `json:"years"`
	// SubProjects are the years' figures by sub-project. Never null.
	SubProjects []SubProjectRow `json:"subprojects"`
	Ledger      LedgerInfo      `json:"ledger"`
	Form        *Form           `json:"form,omitempty"`
	// Reservations are what the verdict does not cover; they stand under the
	// headline in every format. Never null.
	Reservations []Reservation `json:"reservations"`
	// Papers are the documents that the rules ask for at this stage, in their
	// order, then those that plan.yaml names beside them. Never null.
	Papers []Paper `json:"papers"`
	// Prior is what other projects moved before, as it was counted; none where the
	// plan names none and no township ledger has any.
	Prior []PriorRow `json:"prior,omitempty"`
	// Changes are the plan's change features, so that a later plan can be held
	// against this one.
	Changes []ChangeRow `json:"changes"`
	// Baseline counts findings against an earlier report; nil without one.
	Baseline *BaselineInfo `json:"baseline,omitempty"`
	Inputs   []geo.Notice  `json:"inputs"`
}

// ReservationKind says why a verdict does not cover something.
type ReservationKind string

// The kinds of reservations.
const (
	Unchecked      ReservationKind = "unchecked" // a mandatory or in-principle rule lacked an optional layer or field
	UnreadFile     ReservationKind = "unread"    // a file of the package that was not read
	LeftOutSlivers ReservationKind = "slivers"   // slivers of more than 10 m² in all were left out
	DoubtfulBase   ReservationKind = "base"      // input errors of base data put land under the plan in doubt
	NoPlan         ReservationKind = "layer"     // a layer was checked by itself: what was not looked at
	BeyondCounty   ReservationKind = "beyond"    // land of the plan lies where no base data was used: in another county
)

// Reservation is one thing that the verdict does not cover.
type Reservation struct {
	Kind    ReservationKind `json:"kind"`
	Rule    string          `json:"rule,omitempty"`    // id, of kind unchecked
	Missing []geo.Text      `json:"missing,omitempty"` // layers and fields, of kind unchecked
	Message geo.Text        `json:"message"`
}

// PlanInfo names the plan.
type PlanInfo struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	County string `json:"county"`
	// Townships are those that the project area meets beyond slivers, by code.
	Townships []TownshipInfo `json:"townships"`
	Stage     string         `json:"stage"`
	Digest    string         `json:"digest"`
	CRS       string         `json:"crs"`
	Layers    []LayerInfo    `json:"layers"`
	// Ignored are the files that the manifest's ignore: leaves out, by relative name.
	Ignored []string `json:"ignored,omitempty"`
}

// BaseInfo names the base data.
type BaseInfo struct {
	Source string      `json:"source"` // files | postgis
	Layers []LayerInfo `json:"layers"`
}

// LayerInfo names one layer that was read.
type LayerInfo struct {
	Role     string `json:"role"`
	Name     string `json:"name"`
	File     string `json:"file,omitempty"` // plan layers: where SARIF results point
	Features int    `json:"features"`
	Digest   string `json:"digest"`
}

// BookInfo names the rulebook.
type BookInfo struct {
	ID     string   `json:"id"`
	Title  geo.Text `json:"title"`
	Digest string   `json:"digest"`
	// ByPlan: the plan's manifest chose the rulebook, not whoever runs the check,
	// and another than would have judged the plan otherwise.
	ByPlan bool `json:"by_plan,omitempty"`
}

// EngineInfo names the program.
type EngineInfo struct {
	Version string `json:"version"`
	GEOS    string `json:"geos"`
}

// Summary counts rules by status.
type Summary struct {
	Pass          int `json:"pass"`
	Fail          int `json:"fail"`
	Justified     int `json:"justified"`
	Warn          int `json:"warn"`
	NotApplicable int `json:"not_applicable"`
	NotChecked    int `json:"not_checked"`
}

// Add counts one rule of a status.
func (s *Summary) Add(st domain.Status) {
	switch st {
	case domain.Pass:
		s.Pass++
	case domain.Fail:
		s.Fail++
	case domain.Justified:
		s.Justified++
	case domain.Warn:
		s.Warn++
	case domain.NotApplicable:
		s.NotApplicable++
	case domain.NotChecked:
		s.NotChecked++
	}
}
