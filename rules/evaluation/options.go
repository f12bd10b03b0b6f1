package evaluation

import (
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// Options of an evaluation.
type Options struct {
	Stage   domain.Stage    // "" is the plan's own
	Version string          // of the program, for the report
	GEOS    string          // version, for the report
	Jobs    int             // workers; 0 is one per processor. The report does not depend on it
	Base    result.BaseInfo // for the report
	Layers  []result.LayerInfo
	// Strict makes a verdict with reservations incomplete.
	Strict bool
	// SubProjects are the numbers (XMBH) of those up for acceptance; none is all.
	SubProjects []string
	// Against is the report of the approved plan that this one is held to; nil
	// where there is none.
	Against *result.Report
	// BookByPlan: the plan's manifest chose another rulebook than would judge it otherwise.
	BookByPlan bool
	// NoGeometry leaves the findings' geometry out: the answer is the same.
	NoGeometry bool
}
