package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"landcheck/rules/result"
)

// ErrDecided: a decision on the check stands already.
var ErrDecided = errors.New("store: the check is decided")

// Decisions is what reviewers decide on checks. A decision never changes; one that
// is withdrawn stays, and says so.
type Decisions interface {
	// Decide keeps a decision on a check that is done; its Plan, County and Project
	// are the check's. Where one stands that says the same it comes back, with false,
	// else it is ErrDecided. What it enters is in the township ledger with it.
	Decide(ctx context.Context, d Decision, trail ...Entry) (kept Decision, created bool, err error)
	// Withdraw ends the decision that stands, else ErrNotFound. What it had entered is
	// out of the township ledger with it, and what the last decision that still stands
	// had entered of the project is in again.
	Withdraw(ctx context.Context, check string, w Withdrawal, trail ...Entry) (Decision, error)
	// Decisions on a check, the oldest first, withdrawn ones too.
	Decisions(ctx context.Context, check string) ([]Decision, error)
	// ProjectDecisions are those on all checks of a project, the oldest first.
	ProjectDecisions(ctx context.Context, county, project string) ([]Decision, error)
}

// Decision is a decision on a check. It goes when the check goes.
type Decision struct {
	ID      string `json:"id"` // time-ordered
	Check   string `json:"check"`
	Plan    string `json:"plan"`
	County  string `json:"county"`
	Project string `json:"project"`
	result.Decision
	Made     time.Time       `json:"made"`
	By       string          `json:"by"`                 // the caller; Name signs
	Passport json.RawMessage `json:"passport,omitempty"` // as it was signed; none where the service has no key
	Entered  *LedgerEntry    `json:"entered,omitempty"`  // into the township ledger
	// Withdrawn is when and why it ended; nil while it stands.
	Withdrawn *Withdrawal `json:"withdrawn,omitempty"`
}

// Withdrawal is the end of a decision.
type Withdrawal struct {
	Time   time.Time `json:"time"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// Stands tells whether the decision was not withdrawn.
func (d Decision) Stands() bool { return d.Withdrawn == nil }

// Standing is the decision that stands; nil where none does.
func StandingOf(all []Decision) *Decision {
	for i := range all {
		if all[i].Stands() {
			return &all[i]
		}
	}
	return nil
}

// EnteredBefore is what is in the township ledger of a project once a decision does
// not stand: what the last of the others entered; nil where none did.
func EnteredBefore(all []Decision, without string) *LedgerEntry {
	for _, d := range slices.Backward(all) {
		if d.ID != without && d.Stands() && d.Entered != nil {
			return d.Entered
		}
	}
	return nil
}
