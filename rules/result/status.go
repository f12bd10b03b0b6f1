package result

import "landcheck/rules/domain"

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
