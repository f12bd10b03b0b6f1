package plan

import (
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// Number is a figure that may be absent: absent is unknown, never 0.
type Number struct {
	Value float64 `expr:"value"`
	Known bool    `expr:"known"`
}

// Traits are what land is, as a parcel or a change states it. Absent text is
// empty, absent classes are 0 (no such class exists), absent figures unknown.
type Traits struct {
	Class      string // DLBM
	Written    string // the code as the layer writes it, where that is one of 用地用海分类; "" otherwise
	Ridge      Number // KCXS, 0 ≤ x < 1
	Slope      int    // 1..5, 0 unknown
	Grade      int    // 质量等别 1 (best) to 15, 0 unknown
	Refinement string // TBXHDM
}

// Feature is what plan and base features have in common.
type Feature struct {
	Role     domain.Role
	File     string // as geo.Layer.File
	Record   int
	ID       string
	Geometry orb.MultiPolygon // working CRS, valid after repair
	Traits   Traits
}

// Change is one feature of a plan layer; Traits holds the state after it.
type Change struct {
	Feature      `expr:"-"`
	Exists       bool   `expr:"exists"`        // false only for NoChange
	Year         int    `expr:"year"`          // NF, else SJNF; 0 unknown
	Date         string `expr:"date"`          // YYYYMMDD: YSRQ (in), DCRQ (out); "" unknown
	Declared     Number `expr:"declared"`      // MJ, m²
	Surveyed     Number `expr:"surveyed"`      // SCMJ, m²
	SurveyMethod string `expr:"survey_method"` // SCFF
	SurveyDate   string `expr:"survey_date"`   // SCRQ, YYYYMMDD
	Purpose      string `expr:"purpose"`       // YT
	SubProject   string `expr:"sub_project"`   // XMBH
	// ClassBefore is what the plan says the land was (TZQDLBM), as written. It is
	// held against the base and counts for nothing.
	ClassBefore string `expr:"-"`
	// Adjustment: a change of PBF in the national pilot's layer.
	Adjustment bool `expr:"-"`
	// Reclassifies: a change of PBF that changes the land's class too, where no
	// land-use change does (TZHDLBM of the national pilot).
	Reclassifies bool `expr:"-"`
}

// NoChange stands where no change covers a face.
var NoChange = &Change{}

// Parcel is one feature of a base layer.
type Parcel struct {
	Feature
	Unit string // ZLDWDM: village or township in which it lies
	Code string // XZQDM of a township, ZLDWDM of a village
	Name string // XZQMC, ZLDWMC, GHFQMC
	Net  Number // declared net area, m²: YJJBNTMJ, else JBNTMJ
	// Gross is the declared area of the whole parcel, m²: TBMJ, YJJBNTTBMJ. It
	// is held against others and counts for nothing.
	Gross Number

	// Box is that of Geometry: asked for again and again, cheapest while it is
	// read. A parcel whose shape was skipped has that of its record, which may be
	// larger.
	Box orb.Bound
	// Area is that of Geometry as it was read, ellipsoidal, m²; 0 where nobody
	// has measured it.
	Area float64
}

// LayerInfo names a layer that was read.
type LayerInfo struct {
	Role     domain.Role `json:"role"`
	Name     string      `json:"name"`
	File     string      `json:"-"`
	Features int         `json:"features"`
	Digest   string      `json:"digest"`
}

// Justification is a manifest's 论证说明 for a clause that holds 原则上.
type Justification struct {
	Rule     string
	Scope    string // administrative code, or "" for the whole plan
	Reason   string
	Document string
	Expires  string   // YYYYMMDD, "" never
	Line     int      // in plan.yaml
	Present  bool     // it counts: there is a reason, and the document is a paper of the package
	Why      geo.Text // why it does not count
}

// Document is a paper that the manifest names.
type Document struct {
	Kind    string // village-consent, opinion, league-review, …; one entry of kinds: each makes a Document of its own
	Village string // 12-digit code, of a village-consent
	From    string // department, of an opinion
	Agrees  Agreement
	// SubProject is XMBH, of a paper about one sub-project.
	SubProject string
	Number     string // 文号, as the manifest states it; "" where it does not
	File       string
	Digest     string // of the file's bytes, "sha256:…"; "" where it does not count
	Line       int
	Present    bool     // it counts: the file is a paper of the package
	Why        geo.Text // why it does not count
}

// Agreement is what an opinion says of the plan; "" is Agrees.
type Agreement string

// The answers of an opinion.
const (
	Agrees         Agreement = "yes"
	WithConditions Agreement = "with-conditions"
	Disagrees      Agreement = "no"
)

// Prior is PBF that another approved project of the county moved before, m² net.
type Prior struct {
	Project  string
	Township string // 9 digits
	PBFOut   float64
	PBFIn    float64
	Report   string // file in the package, "" none
	Line     int    // in plan.yaml
	// Registered: by the township ledger of a service, not by plan.yaml.
	Registered bool
}

// Unread is a file of the package that is neither layer, paper, companion nor
// ignored; Why says what it is and how to settle it.
type Unread struct {
	File string // by relative name
	Why  geo.Text
}

// Quota is the manifest's use of released construction land, m².
type Quota struct {
	RuralHousing, RuralDevelopment, Mining, Tradable float64
	DestinationCounty                                string
}

// Issue is a data finding about one feature or layer; Check is the data rule
// that reports it ("data-geometry", "data-codes", …).
type Issue struct {
	Check   string
	Role    domain.Role
	File    string
	Record  int
	ID      string
	Field   string
	Place   *orb.Point // working CRS
	Message geo.Text
	Remedy  geo.Text
}

// Plan is a plan package as read, everything in the working CRS.
type Plan struct {
	Code, Name, County string // County: 6 digits, "" unknown
	Stage              domain.Stage
	Year               int
	Rulebook           string // manifest's rulebook, "" default
	Digest             string
	Native             geo.CRS // of the plan's layers as they came
	CRS                geo.CRS // working system: the plan's 3° zone
	systems            map[string]geo.CRS
	Project            []Feature
	Changes            []Change // by role (ChangeRoles order), then record
	// After is the land use of the project area after the plan, by record, where
	// the package states it as a whole (StatesAfter): what changes is its
	// difference from the base's, which the ledger makes.
	After          []Change
	StatesAfter    bool
	Justifications []Justification
	Documents      []Document
	Quota          *Quota
	Prior          []Prior  // what earlier projects of the county moved
	Unread         []Unread // files of the package that nothing accounts for
	Ignored        []string // files that the manifest's ignore: leaves out
	Layers         []LayerInfo
	Notices        []geo.Notice
	Issues         []Issue
}
