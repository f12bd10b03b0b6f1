package store

import (
	"context"
	"slices"
	"time"
)

// Townships is the township ledger: which projects of a county moved how much PBF,
// so that later checks count it.
type Townships interface {
	// EnterLedger keeps what a project moved, in place of what was kept of the same
	// county and code: versions of a project are one. What is kept already stays, with
	// false and without an entry in the trail. A zero Entered becomes now.
	EnterLedger(ctx context.Context, p LedgerEntry, trail ...Entry) (kept LedgerEntry, entered bool, err error)
	// RemoveFromLedger takes a project out again; ErrNotFound where it is not in.
	RemoveFromLedger(ctx context.Context, county, code string, trail ...Entry) error
	// LedgerEntries of a county, by code of the project. They stay when the plan that
	// they were read from is deleted.
	LedgerEntries(ctx context.Context, county string) ([]LedgerEntry, error)
}

// LedgerEntry is what the township ledger says of one project.
type LedgerEntry struct {
	County  string    `json:"county"`
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	Check   string    `json:"check,omitempty"` // whose report has the figures; "" of one that was entered by hand
	Plan    string    `json:"plan,omitempty"`
	Digest  string    `json:"digest,omitempty"` // of the plan, as its report has it
	Moves   []Move    `json:"moves"`            // by township
	Entered time.Time `json:"entered"`
	By      string    `json:"by,omitempty"`
}

// Move is the PBF that a project moves in one township, net m².
type Move struct {
	Township string  `json:"township"` // 9 digits
	Out      float64 `json:"pbf_out_m2"`
	In       float64 `json:"pbf_in_m2"`
}

// Says tells whether another entry of the project has the same source and figures.
func (e LedgerEntry) Says(o LedgerEntry) bool {
	return e.County == o.County && e.Code == o.Code && e.Name == o.Name && e.Check == o.Check && e.Digest == o.Digest && slices.Equal(e.Moves, o.Moves)
}
