package store

import (
	"context"
	"slices"
	"time"
)

// Townships is the township ledger: which projects of a county moved how much PBF,
// so that later checks count it.
type Townships interface {
	// EnterProject keeps what a project moved, in place of what was kept of the same
	// county and code: versions of a project are one. What is kept already stays, with
	// false and without an entry in the trail. A zero Entered becomes now.
	EnterProject(ctx context.Context, p Project, trail ...Entry) (kept Project, entered bool, err error)
	// RemoveProject takes a project out again; ErrNotFound where it is not in.
	RemoveProject(ctx context.Context, county, code string, trail ...Entry) error
	// Projects of a county that were entered, by code. They stay when the plan that
	// they were read from is deleted.
	Projects(ctx context.Context, county string) ([]Project, error)
}

// Project is a project in the township ledger.
type Project struct {
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
func (p Project) Says(o Project) bool {
	return p.County == o.County && p.Code == o.Code && p.Name == o.Name && p.Check == o.Check && p.Digest == o.Digest && slices.Equal(p.Moves, o.Moves)
}
