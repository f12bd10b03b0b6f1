package main

import (
	"slices"

	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// exitStatus is what the report means to a pipeline: 1 where a rule of the
// level failOn or above has a finding that the baseline does not hold, else 3
// where a mandatory or in-principle rule was not checked for want of an input
// that the verdict needs, a file was not read, or there are reservations and
// the check is strict, whatever failOn and the baseline let pass.
func exitStatus(r *result.Report, failOn string, baseline *result.Report, strict bool) int {
	known := map[string]bool{}
	if baseline != nil {
		for _, rule := range baseline.Rules {
			for _, f := range rule.Findings {
				known[f.ID] = true
			}
		}
	}
	for i := range r.Rules {
		if rule := &r.Rules[i]; counts(rule, failOn) && isNew(rule, known, baseline != nil) {
			return exitViolations
		}
	}
	if r.Verdict == domain.Incomplete || strict && len(r.Reservations) > 0 || slices.ContainsFunc(r.Reservations, isUnread) {
		return exitIncomplete
	}
	// The verdict says violations as soon as anything fails: what was not
	// checked beside it still has to be looked for rule by rule.
	for i := range r.Rules {
		if r.Rules[i].Incomplete {
			return exitIncomplete
		}
	}
	return exitCompliant
}

// isUnread tells whether a reservation is a file that nobody has looked at.
func isUnread(v result.Reservation) bool { return v.Kind == result.UnreadFile }

// counts tells whether a rule's status matters at that level. Advisory rules
// never fail, they warn.
func counts(r *result.RuleResult, failOn string) bool {
	switch failOn {
	case string(domain.Mandatory):
		return r.Status == domain.Fail && r.Level == domain.Mandatory
	case string(domain.InPrinciple):
		return r.Status == domain.Fail
	case string(domain.Advisory):
		return r.Status == domain.Fail || r.Status == domain.Warn
	}
	return false
}

// isNew tells whether a rule has something that the baseline does not: a
// failing finding with another id, or a failure that no finding stands for.
func isNew(r *result.RuleResult, known map[string]bool, against bool) bool {
	if !against || len(r.Findings) == 0 {
		return true
	}
	for _, f := range r.Findings {
		if (f.Status == domain.Fail || f.Status == domain.Warn) && !known[f.ID] {
			return true
		}
	}
	return false
}
