package store

import (
	"slices"
	"strings"
	"time"

	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/rules/domain"
)

// Plan is an uploaded package. Its county is what the plan says, else what the
// uploader said.
type Plan struct {
	ID       string `json:"id"`
	Digest   string `json:"digest"` // sha256:… of the uploaded bytes
	File     string `json:"file"`   // name as uploaded
	Size     int64  `json:"size"`
	County   string `json:"county"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	Stage    string `json:"stage"`
	Rulebook string `json:"rulebook,omitempty"`
	// Bound is where it lies, degrees (west, south, east, north), with 100 m
	// round it; nil: without shapes, or kept by a landcheck that did not note it.
	Bound []float64 `json:"bbox,omitempty"`
	// Crashes is how many runs in a row ended their process, see MaxCrashes.
	Crashes int       `json:"crashes,omitempty"`
	Created time.Time `json:"created"`
	By      string    `json:"by,omitempty"`
}

// State of a check.
type State string

// The states: queued → running → done, failed or cancelled.
const (
	Queued    State = "queued"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Ended tells whether nothing more will happen.
func (s State) Ended() bool { return s == Done || s == Failed || s == Cancelled }

// Check is one check of one plan.
type Check struct {
	ID     string `json:"id"` // time-ordered
	Plan   string `json:"plan"`
	County string `json:"county"`
	// Neighbours are the other counties whose base data may join: near the plan,
	// and within the prefix of whoever asked for the check.
	Neighbours  []string `json:"neighbours,omitempty"`
	State       State    `json:"state"`
	Rulebook    string   `json:"rulebook,omitempty"` // "" the plan's own
	Stage       string   `json:"stage,omitempty"`    // "" the plan's own
	BaseVersion int      `json:"base_version,omitempty"`
	Strict      bool     `json:"strict,omitempty"`      // reservations make the verdict incomplete
	SubProjects []string `json:"subprojects,omitempty"` // numbers (XMBH) of those up for acceptance
	Done        int      `json:"done"`                  // changes cut so far
	Total       int      `json:"total"`                 // 0 until known
	Verdict     string   `json:"verdict,omitempty"`
	// Reservations is how much stands under the headline: a compliant verdict
	// with some is none to be handed in by.
	Reservations int `json:"reservations,omitempty"`
	Faces        int `json:"faces,omitempty"`
	Findings     int `json:"findings,omitempty"`
	Attempt      int `json:"attempt,omitempty"` // runs so far, less those that transient failures ended
	// Interrupted is how many runs transient failures ended: a restart, a database
	// that was unavailable, a full disk. None of them counts as an attempt.
	Interrupted int        `json:"interrupted,omitempty"`
	Problem     *Problem   `json:"problem,omitempty"` // why it failed
	Created     time.Time  `json:"created"`
	Started     *time.Time `json:"started,omitempty"`
	Finished    *time.Time `json:"finished,omitempty"`
	By          string     `json:"by,omitempty"`
	// Decision is the one that stands on it; "" none.
	Decision domain.Decision `json:"decision,omitempty"`
	// Caller is By by what tells callers apart, as Key.Caller: whose turn it is. It
	// is shown to nobody; "" of checks that an earlier landcheck queued.
	Caller string `json:"-"`
}

// Problem is why a check failed, in words for its user.
type Problem struct {
	Fault  bool     `json:"fault"` // the input's, else ours
	File   string   `json:"file,omitempty"`
	Record int      `json:"record,omitempty"`
	Field  string   `json:"field,omitempty"`
	Detail geo.Text `json:"detail"`
	Advice geo.Text `json:"advice"`
}

// ProblemOf turns what a run ended with into words. An internal error keeps
// its text out of the users' sight: it goes to the log.
func ProblemOf(err error) *Problem {
	if transient.CutShort(err) {
		return &Problem{
			Detail: geo.Text{ZH: "数据库几次都因超过时限中止了这项核查的查询，没有作出结论",
				EN: "the database ended the queries of this check for taking too long, time after time; no verdict was given"},
			Advice: geo.Text{ZH: "请管理员放宽数据库的 statement_timeout 后重新核查，或按子项目拆分方案",
				EN: "Have the administrator raise the database's statement_timeout, then check again; or split the plan by sub-project"},
		}
	}
	f, ok := geo.AsInputError(err)
	if !ok {
		return &Problem{
			Detail: geo.Text{ZH: "内部错误，没有作出结论", EN: "internal error, no verdict was given"},
			Advice: geo.Text{ZH: "请重新核查；再次出现时请把核查编号告诉管理员", EN: "check again; if it comes back, tell the administrator the number of the check"},
		}
	}
	return &Problem{Fault: true, File: f.File, Record: f.Record, Field: f.Field, Detail: f.Message, Advice: AdviceOf(f)}
}

// Key makes a repeated request the same request. A zero Key is none.
type Key struct {
	Caller  string // by what tells callers apart, not by name
	Value   string
	Request string // digest of what was asked for
}

// QueueCount is how busy a county is.
type QueueCount struct {
	County          string
	Queued, Running int
}

// County has base data.
type County struct {
	Code     string    `json:"code"`
	Version  int       `json:"version"`  // current
	Versions []int     `json:"versions"` // those that a check may ask for, oldest first
	Loaded   time.Time `json:"loaded"`
	Bound    []float64 `json:"bbox,omitempty"` // degrees: west, south, east, north
}

// Dataset is one version of one layer of a county.
type Dataset struct {
	County   string    `json:"county"`
	Role     string    `json:"role"`
	Version  int       `json:"version"`
	Current  bool      `json:"current"`
	Name     string    `json:"name"`
	File     string    `json:"file"`
	Features int       `json:"features"`
	Digest   string    `json:"digest"`
	CRS      string    `json:"crs"`
	Loaded   time.Time `json:"loaded"`
}

// Role of a token.
type Role string

// The roles, each with what those before it may do.
const (
	Submitter Role = "submitter" // uploads and checks
	Reviewer  Role = "reviewer"  // reads everything in its area as well
	Admin     Role = "admin"     // tokens, audit, base data
)

// Token lets somebody in. The secret itself is nowhere.
type Token struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"` // whose it is
	Hash    string     `json:"-"`    // sha256, hex
	Role    Role       `json:"role"`
	Prefix  string     `json:"prefix"` // administrative code; "" is everywhere
	Created time.Time  `json:"created"`
	Expires *time.Time `json:"expires,omitempty"`
	Revoked *time.Time `json:"revoked,omitempty"`
}

// Valid tells whether a token is valid at that time.
func (t Token) Valid(now time.Time) bool {
	return t.Revoked == nil && (t.Expires == nil || now.Before(*t.Expires))
}

// Sees tells whether a prefix covers an administrative code.
func Sees(prefix, code string) bool { return strings.HasPrefix(code, prefix) }

// Anywhere stands among the neighbours of a check that an earlier landcheck
// made, which did not note whose base data joined: it may be anybody's.
const Anywhere = "*"

// SeenBy tells whether a check exists for callers of a prefix: what came of it
// may show land of every county that joined, so they must see them all.
func (c Check) SeenBy(prefix string) bool {
	return Sees(prefix, c.County) && !slices.ContainsFunc(c.Neighbours, func(code string) bool { return !Sees(prefix, code) })
}

// Entry is one line of the audit trail.
type Entry struct {
	ID      string    `json:"id"` // time-ordered
	Time    time.Time `json:"time"`
	Who     string    `json:"who"`  // name of the token, subject of the JWT, "local"
	What    string    `json:"what"` // upload, check, cancel, download, delete, prune, token-create, ledger-enter, …
	Object  string    `json:"object"`
	County  string    `json:"county,omitempty"`
	Digest  string    `json:"digest,omitempty"`
	Request string    `json:"request,omitempty"` // request id
	Reason  string    `json:"reason,omitempty"`  // why, in the words of who did it
}
