package result

import (
	"landcheck/geo"
	"landcheck/rules/domain"
)

// Schema names the shape of the JSON report; field names are stable.
const Schema = "landcheck-report/1"

// Verdict, Status and Level are the domain's.
type (
	Verdict = domain.Verdict
	Status  = domain.Status
	Level   = domain.Level
)

// The verdicts.
const (
	Compliant  = domain.Compliant
	Violations = domain.Violations
	Incomplete = domain.Incomplete
)

// The statuses.
const (
	Pass          = domain.Pass
	Fail          = domain.Fail
	Justified     = domain.Justified
	Warn          = domain.Warn
	NotApplicable = domain.NotApplicable
	NotChecked    = domain.NotChecked
)

// The levels, strongest first.
const (
	Mandatory   = domain.Mandatory
	InPrinciple = domain.InPrinciple
	Advisory    = domain.Advisory
)

// Report is the answer to one check: rules/report/README.md. Areas are m²
// rounded to 0.01; ratios are not rounded. It holds no clock and no host.
type Report struct {
	Schema   string       `json:"schema"`
	Verdict  Verdict      `json:"verdict"`
	Plan     PlanInfo     `json:"plan"`
	Base     BaseInfo     `json:"base"`
	Rulebook BookInfo     `json:"rulebook"`
	Engine   EngineInfo   `json:"engine"`
	Summary  Summary      `json:"summary"`
	Rules    []RuleResult `json:"rules"`
	LandUse  []ClassRow   `json:"land_use"`
	Years    []YearRow    `json:"years"`
	Ledger   LedgerInfo   `json:"ledger"`
	Form     *Form        `json:"form,omitempty"`
	// Reservations are what the verdict does not cover; they stand under the
	// headline in every format. Never null.
	Reservations []Reservation `json:"reservations"`
	// Changes are the plan's change features, so that a later plan can be held
	// against this one.
	Changes []ChangeRow  `json:"changes"`
	Inputs  []geo.Notice `json:"inputs"`
}

// ReservationKind says why a verdict does not cover something.
type ReservationKind string

// The kinds of reservations.
const (
	Unchecked      ReservationKind = "unchecked" // a mandatory or in-principle rule lacked an optional layer or field
	UnreadFile     ReservationKind = "unread"    // a file of the package that was not read
	LeftOutSlivers ReservationKind = "slivers"   // more than 10 m² of boundary noise was left out
	DoubtfulBase   ReservationKind = "base"      // input errors of base data put land under the plan in doubt
	BeyondCounty   ReservationKind = "beyond"    // land of the plan lies where no base data was used: in another county
)

// Reservation is one thing that the verdict does not cover.
type Reservation struct {
	Kind    ReservationKind `json:"kind"`
	Rule    string          `json:"rule,omitempty"`    // id, of kind unchecked
	Missing []geo.Text      `json:"missing,omitempty"` // layers and fields, of kind unchecked
	Message geo.Text        `json:"message"`
}

// ChangeRow is one change feature, by plan order.
type ChangeRow struct {
	Role string  `json:"role"`
	ID   string  `json:"id"`
	Area float64 `json:"area_m2"` // gross, ellipsoidal
}

// PlanInfo names the plan.
type PlanInfo struct {
	Code   string      `json:"code"`
	Name   string      `json:"name"`
	County string      `json:"county"`
	Stage  string      `json:"stage"`
	Digest string      `json:"digest"`
	CRS    string      `json:"crs"`
	Layers []LayerInfo `json:"layers"`
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
func (s *Summary) Add(st Status) {
	switch st {
	case Pass:
		s.Pass++
	case Fail:
		s.Fail++
	case Justified:
		s.Justified++
	case Warn:
		s.Warn++
	case NotApplicable:
		s.NotApplicable++
	case NotChecked:
		s.NotChecked++
	}
}

// RuleResult is what became of one rule.
type RuleResult struct {
	ID       string    `json:"id"`
	Group    string    `json:"group"` // pbf, cropland, construction, ecology, procedure, data
	Level    Level     `json:"level"`
	Status   Status    `json:"status"`
	Clause   Clause    `json:"clause"`
	Title    geo.Text  `json:"title"`
	Help     geo.Text  `json:"help"` // what is measured, why
	Measures []Measure `json:"measures"`
	Findings []Finding `json:"findings"`
	Note     *geo.Text `json:"note,omitempty"`
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
	Kind string `json:"kind"` // plan, project, county, township, village, year, date, feature
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// Measure is one value held against one limit.
type Measure struct {
	Scope  Scope              `json:"scope"`
	Status Status             `json:"status"`
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

// Finding is one place where a rule does not hold: the faces of one rule,
// scope and change feature.
type Finding struct {
	ID       string       `json:"id"` // stable hash of rule, scope, refs
	Status   Status       `json:"status"`
	Scope    Scope        `json:"scope"`
	Area     float64      `json:"area_m2"`
	Message  geo.Text     `json:"message"`
	Remedy   geo.Text     `json:"remedy"`
	Features []FeatureRef `json:"features"`
	Faces    []int        `json:"faces,omitempty"` // ledger rows behind it
	BBox     []float64    `json:"bbox,omitempty"`  // lon/lat: west, south, east, north
	Geometry *Geometry    `json:"geometry,omitempty"`
}

// FeatureRef names a plan or base feature.
type FeatureRef struct {
	Role   string `json:"role"`
	ID     string `json:"id"`
	File   string `json:"file,omitempty"`
	Record int    `json:"record,omitempty"`
}

// ClassRow is a row of the land-use structure table of the project area.
type ClassRow struct {
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Title  geo.Text `json:"title"`
	Group  string   `json:"group"`
	Before float64  `json:"before_m2"`
	After  float64  `json:"after_m2"`
}

// YearRow is a row of the year ledger; Year nil gathers changes without one and
// comes last. The cumulative figures reach from the first year to the end of
// this one, those of the last row over everything: in against out.
type YearRow struct {
	Year               *int    `json:"year"`
	PBFOut             float64 `json:"pbf_out_m2"`
	PBFIn              float64 `json:"pbf_in_m2"`
	CroplandGained     float64 `json:"cropland_gained_m2"`
	CroplandLost       float64 `json:"cropland_lost_m2"`
	ConstructionGained float64 `json:"construction_gained_m2"`
	ConstructionLost   float64 `json:"construction_lost_m2"`

	PBFOutCumulative         float64 `json:"pbf_out_cumulative_m2"`
	PBFInCumulative          float64 `json:"pbf_in_cumulative_m2"`
	CroplandGainedCumulative float64 `json:"cropland_gained_cumulative_m2"`
	CroplandLostCumulative   float64 `json:"cropland_lost_cumulative_m2"`
}

// LedgerInfo sums up the ledger.
type LedgerInfo struct {
	Faces   int        `json:"faces"`
	Changed float64    `json:"changed_m2"`
	Slivers SliverInfo `json:"slivers"`
}

// SliverInfo says how much boundary noise was left out of findings.
type SliverInfo struct {
	Count int     `json:"count"`
	Area  float64 `json:"area_m2"`
}
