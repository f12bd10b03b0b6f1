package result

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Decision is what a reviewing body decided on a report: which way, in what words,
// who signs it and when.
type Decision struct {
	Kind       domain.Decision `json:"decision"`
	Opinion    string          `json:"opinion"`
	Conditions []string        `json:"conditions,omitempty"` // to be met, of a pass with conditions
	Name       string          `json:"name"`                 // who signs
	Date       string          `json:"date"`                 // as 2026-11-30
	// Exceptions are the findings that did not stand in the way: accepted ones and
	// false alarms, as they stood at the time, in the order of the report.
	Exceptions []Exception `json:"exceptions,omitempty"`
	// Open counts the findings that stood open, by status.
	Open map[domain.Status]int `json:"open,omitempty"`
}

// Exception is a finding that somebody accepted, or holds to be none.
type Exception struct {
	Finding string        `json:"finding"`
	Rule    string        `json:"rule"`
	Title   geo.Text      `json:"title"`
	Level   domain.Level  `json:"level"`
	Status  domain.Status `json:"status"`
	Scope   Scope         `json:"scope"`
	Area    float64       `json:"area_m2"`
	State   string        `json:"state"` // accepted or false_alarm
	Reason  string        `json:"reason"`
	Paper   string        `json:"paper,omitempty"`
	By      string        `json:"by"`
	Day     string        `json:"date"` // when, as 2026-11-30
}

// Says tells whether another decision is the same way, in the same words, by the
// same name. The day it was made is not asked for again.
func (d Decision) Says(o Decision) bool {
	return d.Kind == o.Kind && d.Opinion == o.Opinion && d.Name == o.Name && slices.Equal(d.Conditions, o.Conditions)
}
