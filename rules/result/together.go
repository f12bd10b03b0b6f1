package result

import (
	"landcheck/rules/domain"
)

// Together is what plans that were checked in one run do to each other. Its
// findings name the packages that they are about; areas are m² rounded to 0.01.
type Together struct {
	// Packages are the plans that were held against each other, in the order given.
	Packages []TogetherPackage `json:"packages"`
	// LeftOut are packages without a report: nothing is known of what they do.
	LeftOut   []string      `json:"left_out"`
	Summary   Summary       `json:"summary"`
	Rules     []RuleResult  `json:"rules"`
	Townships []TownshipSum `json:"townships"`
	// Slivers are overlaps that were taken for noise of boundaries.
	Slivers  SliverInfo    `json:"slivers"`
	Baseline *BaselineInfo `json:"baseline,omitempty"`
}

// TogetherPackage is one plan among several.
type TogetherPackage struct {
	Package string `json:"package"`
	Code    string `json:"code"` // of the project
	Name    string `json:"name"`
	County  string `json:"county"`
	Digest  string `json:"digest"`
	// CopyOf is the package of which this one is a copy to the byte: it counts once.
	CopyOf string `json:"copy_of,omitempty"`
	// VersionOf is the first package of the same project: only one of them can come
	// to be, so they are not held against each other.
	VersionOf string `json:"version_of,omitempty"`
}

// TownshipSum is the PBF that all projects together take out of one township,
// net, against what it was designated.
type TownshipSum struct {
	Code       string         `json:"code"`
	Name       string         `json:"name"`
	Status     domain.Status  `json:"status"`
	Designated float64        `json:"designated_m2"`
	Limit      float64        `json:"limit"` // share of Designated
	Out        float64        `json:"out_net_m2"`
	Prior      float64        `json:"prior_out_m2"`
	Value      float64        `json:"value"` // (Out + Prior) / Designated
	Left       float64        `json:"left_m2"`
	Plans      []TownshipMove `json:"plans"`
	Earlier    []TownshipMove `json:"earlier"`
}

// TownshipMove is what one project takes out of a township, net m².
type TownshipMove struct {
	Project string  `json:"project"`
	Package string  `json:"package,omitempty"` // of a plan that was checked
	Out     float64 `json:"out_net_m2"`
}

// AsReport is the rules between plans as a report, for what reads the rules of
// one. Its verdict says whether one fails, or was left open.
func (t *Together) AsReport() *Report {
	r := &Report{Verdict: domain.Compliant, Rules: t.Rules, Summary: t.Summary, Baseline: t.Baseline, Rulebook: BookInfo{ID: TogetherBook}}
	for i := range t.Rules {
		switch rule := &t.Rules[i]; {
		case rule.Status == domain.Fail:
			r.Verdict = domain.Violations
		case rule.Incomplete && r.Verdict == domain.Compliant:
			r.Verdict = domain.Incomplete
		}
	}
	return r
}

// TogetherBook stands where the rules of one plan name their rulebook; the manual
// has a chapter of this name.
const TogetherBook = "together"

// HoldAgainst marks the findings between plans by whether an earlier run has
// them; nil is an earlier run without any.
func (t *Together) HoldAgainst(old *Together) {
	before := &Report{}
	if old != nil {
		before = old.AsReport()
	}
	r := t.AsReport()
	r.HoldAgainst(before)
	t.Baseline = r.Baseline
}
