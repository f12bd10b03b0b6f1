package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Retainer removes what is kept no longer.
type Retainer interface {
	// DeletePlan removes a plan with its package, its checks and their artifacts,
	// and puts the entry into the audit trail, with the plan's county and digest:
	// both or neither, whatever ends the process meanwhile. Checks that wait or
	// run are cancelled, and who watches them hears of it. The same bytes may be
	// added again.
	DeletePlan(ctx context.Context, id string, e Entry) error
	// Prune removes what a retention does not keep, one thing at a time, each
	// with an entry in the audit trail, and says what it was. Checks that wait
	// or run stay, with their plans.
	Prune(ctx context.Context, r Retention) (Pruned, error)
}

// Retention says how much is kept. Zeros keep everything.
type Retention struct {
	// Keep is how long checks are kept after their end, and plans after their
	// upload and the end of their last check.
	Keep time.Duration
	// Versions is how many versions of a county's base data are kept, the newest
	// ones, with the layers of earlier loads that these are made of. A report
	// names its version and is whole without it: it keeps none.
	Versions int
	// Audit is how long entries of the audit trail are kept.
	Audit  time.Duration
	DryRun bool   // says what would go and removes nothing
	By     string // who prunes, for the audit trail
}

// Nothing tells whether a retention keeps everything.
func (r Retention) Nothing() bool { return r.Keep <= 0 && r.Versions <= 0 && r.Audit <= 0 }

// Reason is a retention in the audit trail.
func (r Retention) Reason() string { return "--keep " + r.Keep.String() }

// Pruned is what went, or would.
type Pruned struct {
	Counties []PrunedCounty // by code
	Audit    int            // entries of the audit trail
	// Elsewhere are counties whose base data lies on another server, where its old
	// versions are to be removed, by code.
	Elsewhere []LeftCounty
}

// LeftCounty is a county whose base data was left to its server.
type LeftCounty struct{ County, Server string }

// PrunedCounty is what went of one county.
type PrunedCounty struct {
	County   string
	Plans    int
	Checks   int   // with those of the plans
	Bytes    int64 // of packages, artifacts and base data
	Versions []int // of the loads whose layers went
	Layers   int   // of base data
}

// Of is a county's line, made where there is none yet.
func (p *Pruned) Of(county string) *PrunedCounty {
	i, there := slices.BinarySearchFunc(p.Counties, county, func(c PrunedCounty, code string) int { return strings.Compare(c.County, code) })
	if !there {
		p.Counties = slices.Insert(p.Counties, i, PrunedCounty{County: county})
	}
	return &p.Counties[i]
}

// Quota is how many bytes of packages and artifacts a county may have: that of
// the longest prefix of its code, 0 any number.
type Quota map[string]int64

// Of is the room of a county.
func (q Quota) Of(county string) int64 {
	for n := len(county); n >= 0; n-- {
		if most, ok := q[county[:n]]; ok {
			return most
		}
	}
	return 0
}

// Fits is a *QuotaError where a county that uses so many bytes has no room for
// so many more. What adds none must find some room left.
func (q Quota) Fits(county string, used, more int64) error {
	most := q.Of(county)
	if most <= 0 || used+more <= most && used < most {
		return nil
	}
	return &QuotaError{County: county, Used: used, Most: most}
}

// QuotaError is an ErrQuota with its figures, in bytes.
type QuotaError struct {
	County     string
	Used, Most int64
}

func (e *QuotaError) Error() string {
	return fmt.Sprintf("%v: %s uses %d of %d bytes", ErrQuota, e.County, e.Used, e.Most)
}

func (e *QuotaError) Unwrap() error { return ErrQuota }
