package store

import (
	"context"
	"errors"
	"time"
)

// ErrStale: somebody else has said something of the finding meanwhile.
var ErrStale = errors.New("store: the finding was changed meanwhile")

// Reviews is what people say of findings: of a project, since a finding has one id
// through all versions of its plan.
type Reviews interface {
	// Review is what was said of a finding, with its history; of one of which nobody
	// said anything it is of version 0 and open.
	Review(ctx context.Context, of Subject) (Review, error)
	// Reviews are those of a project of which somebody said something, by finding,
	// without their histories.
	Reviews(ctx context.Context, county, project string) ([]Review, error)
	// Remark adds to what was said of a finding: a standing, where the review is
	// still of the version that the caller has seen, else ErrStale with the review as
	// it is; or a comment, whatever the version. A remark of a key that its finding
	// has already changes nothing and is false.
	Remark(ctx context.Context, of Subject, version int, m Remark, key string, trail ...Entry) (now Review, added bool, err error)
}

// Subject is a finding of a project, whatever the version of its plan.
type Subject struct {
	County  string `json:"county"`
	Project string `json:"project"` // see ProjectOf
	Finding string `json:"finding"`
}

// ProjectOf is what a plan's findings and versions are kept by: its project's code,
// or, where it states none, the plan alone.
func ProjectOf(p Plan) string {
	if p.Code == "" {
		return p.ID
	}
	return p.Code
}

// FindingState is what is held of a finding.
type FindingState string

// The states. People say the first three; the others follow from what the newest
// check of the project finds.
const (
	OpenFinding     FindingState = "open"
	AcceptedFinding FindingState = "accepted"    // as an exception, with reason and paper
	FalseAlarm      FindingState = "false_alarm" // with a reason
	FixedFinding    FindingState = "fixed"       // was there, and is no more
	ReopenedFinding FindingState = "reopened"    // was gone, and is there again
)

// Excepts tells whether a finding of that state stands in nobody's way.
func (s FindingState) Excepts() bool { return s == AcceptedFinding || s == FalseAlarm }

// Standing is what people hold of a finding.
type Standing struct {
	State    FindingState `json:"state"`
	Reason   string       `json:"reason,omitempty"`
	Paper    string       `json:"paper,omitempty"` // number of the document that an exception rests on
	Assignee string       `json:"assignee,omitempty"`
}

// Remark is one line of a finding's history: a standing, or a comment.
type Remark struct {
	ID       string    `json:"id"` // time-ordered
	Time     time.Time `json:"time"`
	By       string    `json:"by"`
	Version  int       `json:"version,omitempty"` // that a standing made
	Standing *Standing `json:"standing,omitempty"`
	// Check is the project's newest check when it was said, and Area what the
	// finding had there, m²: what was held of it was held of that.
	Check   string  `json:"check,omitempty"`
	Area    float64 `json:"area_m2,omitempty"`
	Comment string  `json:"comment,omitempty"`
}

// Review is all that was said of a finding.
type Review struct {
	Subject
	Version int `json:"version"` // grows with each standing
	Standing
	// Of the last standing that changed state, reason or paper: who, when, of what.
	By       string     `json:"by,omitempty"`
	Since    *time.Time `json:"since,omitempty"`
	Check    string     `json:"check,omitempty"`
	Area     float64    `json:"area_m2,omitempty"`
	Comments int        `json:"comments"`
	History  []Remark   `json:"history,omitempty"` // oldest first
}

// NewReview is of a finding of which nobody has said anything.
func NewReview(of Subject) Review {
	return Review{Subject: of, Standing: Standing{State: OpenFinding}}
}

// Add is the review after a remark, which it numbers, without its history.
func (r Review) Add(m Remark) (Review, Remark) {
	r.History = nil
	if m.Standing == nil {
		r.Comments++
		return r, m
	}
	r.Version++
	m.Version = r.Version
	was, now := r.Standing, *m.Standing
	was.Assignee, now.Assignee = "", ""
	if was != now {
		r.By, r.Since, r.Check, r.Area = m.By, &m.Time, m.Check, m.Area
	}
	r.Standing = *m.Standing
	return r, m
}
