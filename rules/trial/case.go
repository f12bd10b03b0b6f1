package trial

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/rulebook"

	"github.com/paulmach/orb"
	"go.yaml.in/yaml/v4"
)

// Case is the trials of one rule. Its file, in metres from the corner
// E 37540000, N 4562900 of zone 37 (EPSG:4525):
//
//	rule: pbf-township-cap
//	base:                      # layers by role, over those of cases.yaml
//	  pbf:                     # fields as the source data spells them
//	    - {box: [0, 0, 200, 250], YJJBNTMJ: 50000, ZLDWDM: "150123101201"}
//	    - {polygon: [[0, 0], [200, 0], [200, 250]], DLBM: "0103"}
//	plan:                      # common to all trials, over that of cases.yaml
//	  project: {county: "150123", stage: proposal}
//	  pbf_out: [{box: [0, 0, 200, 250]}]
//	pass: {title: {zh: …, en: …}, …}       # laid over plan
//	fail: {title: {zh: …, en: …}, …}
//	more:                                  # optional
//	  - {title: …, like: fail, expect: justified, justifications: [ … ]}
//
// See Trial for what a trial may say.
type Case struct {
	Rule   string
	File   string
	Trials []Trial

	line, column int // of the rule's id in File; 0 for a directory of packages
}

// Group is which of a rule's two plans a trial is.
type Group string

// The sides.
const (
	Passing Group = "pass"
	Failing Group = "fail"
	Further Group = "more"
)

// Trial is one plan with what a rule must say of it. plan, pass, fail and the
// entries of more take these keys:
//
//	title           {zh, en}: what the plan is
//	expect          status of the rule: pass, fail, warn, justified, not_applicable,
//	                not_checked; needed under more, given by the level elsewhere
//	like            pass or fail: begin from that trial instead of from plan
//	stage           short for project: {stage: …}
//	value, limit    what the rule's first judged measure must show, to the decimals written
//	note            words that the rule's note must hold in both languages
//	without         roles whose layer is left out
//	base            base layers by role
//	crs             {role: EPSG:n}: the layer is written in that system
//	missing         papers that plan.yaml names and the package lacks
//	files           further files of the package, that are no layers
//	subprojects     sub-projects up for acceptance
//	approved        layers of the approved plan by role, to be held against
//	project_area, pbf_out, land_use_change, … (plan roles)   features
//	project, layers, documents, justifications, quota, prior, ignore   as in plan.yaml
//
// A paper that documents or justifications name is put in the package; without
// a file or document of its own it gets one. project, layers and quota merge
// key by key, base role by role; everything else replaces.
type Trial struct {
	Title  geo.Text
	Group  Group
	File   string
	Line   int
	Expect domain.Status // "" is the side's own
	Value  *Figure
	Limit  *Figure
	Note   string

	plan     map[domain.Role][]feature
	base     map[domain.Role][]feature
	systems  map[domain.Role]geo.CRS
	without  map[domain.Role]bool
	missing  map[string]bool
	manifest map[string]*yaml.Node // of plan.yaml, by key
	files    []string              // beside layers and papers
	up       []string              // sub-projects up for acceptance
	approved map[domain.Role][]feature

	planPath  string   // a real package instead of the layers above
	basePaths []string // its base data
}

// Figure is a number as written: "5.00" is held to two decimals.
type Figure struct {
	Value    float64
	Decimals int
}

// feature is one polygon with its columns, in the order of the file.
type feature struct {
	shape  orb.MultiPolygon // projected, zone 37
	fields []field
}

type field struct {
	name, value string
	number      bool // written as one
}

// expected is the status that a trial wants of a rule.
func (t *Trial) expected(r *rulebook.Rule) domain.Status {
	switch {
	case t.Expect != "":
		return t.Expect
	case t.Group == Failing:
		return failing(r)
	case t.Group == Passing:
		return passing(r)
	}
	return domain.Pass
}

// passing is how a rule says yes: of a base without input errors there is nothing to say.
func passing(r *rulebook.Rule) domain.Status {
	if r.Data != nil && r.Data.Check == "base" {
		return domain.NotApplicable
	}
	return domain.Pass
}

// failing is how a rule says no. One that only shows land never does: the
// other plan of such a rule is one that has no such land.
func failing(r *rulebook.Rule) domain.Status {
	switch {
	case r.Data != nil && r.Data.Check == "complete":
		return domain.NotChecked // what was not read cannot be judged
	case r.List != nil && !r.List.Warn.Given():
		return domain.NotApplicable
	case r.Level == domain.Advisory || r.OwnLimit:
		return domain.Warn
	}
	return domain.Fail
}
