// Package diff holds two reports against each other: what is new, what is
// fixed, what stayed, which figures moved.
package diff

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// Schema names the shape of a difference as JSON; field names are stable.
const Schema = "landcheck-diff/1"

// Diff is what changed from an old report to a new one. Findings are the same
// where their ids are: rule, scope and features.
type Diff struct {
	Schema    string        `json:"schema"`
	Old       Run           `json:"old"`
	New       Run           `json:"new"`
	Count     Count         `json:"count"`
	Added     []Finding     `json:"added"`     // in the new report only
	Fixed     []Finding     `json:"fixed"`     // in the old report only
	Unchanged []Finding     `json:"unchanged"` // in both, with the new figures
	Rules     []RuleChange  `json:"rules"`     // whose status is another, also rules of one book only
	Values    []ValueChange `json:"values"`    // measures whose value or limit is another
}

// Run is one of the two reports.
type Run struct {
	Verdict    domain.Verdict `json:"verdict"`
	Plan       string         `json:"plan"`
	Stage      string         `json:"stage"`
	PlanDigest string         `json:"plan_digest"`
	Rulebook   string         `json:"rulebook"`
	BookDigest string         `json:"rulebook_digest"`
	BaseSource string         `json:"base_source"`
}

// Count of findings.
type Count struct {
	Added     int `json:"added"`
	Fixed     int `json:"fixed"`
	Unchanged int `json:"unchanged"`
}

// Finding with its rule; OldArea is that of the old report where both have it.
type Finding struct {
	Rule    string       `json:"rule"`
	Level   domain.Level `json:"level"`
	Title   geo.Text     `json:"title"`
	OldArea *float64     `json:"old_area_m2,omitempty"`
	result.Finding
}

// RuleChange is a rule with another status; "" where a report has not the rule.
type RuleChange struct {
	Rule  string        `json:"rule"`
	Title geo.Text      `json:"title"`
	Old   domain.Status `json:"old"`
	New   domain.Status `json:"new"`
}

// ValueChange is a measure with another value or limit.
type ValueChange struct {
	Rule     string        `json:"rule"`
	Scope    result.Scope  `json:"scope"`
	Unit     string        `json:"unit"`
	Old      float64       `json:"old"`
	New      float64       `json:"new"`
	OldLimit float64       `json:"old_limit"`
	NewLimit float64       `json:"new_limit"`
	Status   domain.Status `json:"status"` // in the new report
}
