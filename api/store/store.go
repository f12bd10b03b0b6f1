// Package store is what the service remembers: plan packages, checks with
// their results, base data, township ledgers, tokens and the audit trail. There are two of it,
// a directory on disk (embedded) and PostgreSQL with PostGIS (postgres); the
// service does not know which one it has.
//
//	AddPlan → AddCheck → Work (run) → Artifact
package store

import (
	"context"
	"errors"
	"io"
	"time"

	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// What a store may say besides failing.
var (
	ErrNotFound = errors.New("store: not there")
	ErrConflict = errors.New("store: the key was used for another request")
	ErrFull     = errors.New("store: the county's queue is full") // other counties' are not
	ErrNotOwner = errors.New("store: too many checks of one caller wait")
	ErrFinished = errors.New("store: the check has ended")
	ErrQuota    = errors.New("store: the county's room is used up") // see QuotaError
	// ErrCrashed is what a run says that ended its process, by a crash or for
	// want of memory; the latter is a *geo.InputError as well.
	ErrCrashed = errors.New("store: the run ended its process")
	// ErrBlocked: the plan ended MaxCrashes runs' processes in a row.
	ErrBlocked = errors.New("store: the plan is blocked: its checks end their processes")
)

// Store keeps plans, checks, base data, tokens and audit entries. All methods
// may be called from any goroutine and, with a database, any process.
type Store interface {
	Plans
	Projects
	Checks
	Bases
	Loads
	Tokens
	Audit
	Townships
	Reviews
	Decisions
	Retainer

	// Ready tells whether the store can serve: nil, or what is wrong.
	Ready(ctx context.Context) error
	// Work runs checks, n at a time, and a few more of counties of which none is
	// running (Places), until ctx is done: counties take turns, and callers
	// within a county. Then it lets running ones end, for as long as drain, and
	// gives the rest back to the queue, as if they had not been tried. It then
	// returns nil.
	Work(ctx context.Context, n int, drain time.Duration, run Run) error
	Close() error
}

// Plans keeps plan packages, each once.
type Plans interface {
	// AddPlan takes in the package in the file at path, which it may move or
	// copy. A plan of the same id is already there: it comes back, with false.
	// One that the county has no room for is a *QuotaError.
	// The file's name is kept as FileName makes it; a zero Created becomes now.
	// Entries go into the audit trail with it, new or not: what cannot be recorded
	// is not done.
	AddPlan(ctx context.Context, p Plan, path string, trail ...Entry) (kept Plan, created bool, err error)
	Plan(ctx context.Context, id string) (Plan, error)
	// Unblock lets a plan be checked again that ended the processes of its checks.
	Unblock(ctx context.Context, id string, trail ...Entry) (Plan, error)
	// ListPlans gives plans, newest first.
	ListPlans(ctx context.Context, q Query) ([]Plan, error)
	// Package is the uploaded file, under its own name; release it after use.
	Package(ctx context.Context, id string) (path string, release func(), err error)
}

// Checks keeps checks and what came of them.
type Checks interface {
	// AddCheck queues a check of a plan that is there and not Blocked; ID, State and Created are
	// the store's to say, the county is the plan's. A key that its caller used
	// before gives that check back, with false, or ErrConflict where the request
	// was another. In a county whose room is used up it is a *QuotaError. Entries go
	// into the audit trail with a new one; their object is the check.
	AddCheck(ctx context.Context, c Check, key Key, trail ...Entry) (kept Check, created bool, err error)
	Check(ctx context.Context, id string) (Check, error)
	// ListChecks gives checks, newest first; by prefix those that Check.SeenBy it.
	ListChecks(ctx context.Context, q Query) ([]Check, error)
	// LatestChecks gives the newest check of each of some plans, by plan, of those
	// that Check.SeenBy the prefix; a plan without one is left out.
	LatestChecks(ctx context.Context, prefix string, plans []string) (map[string]Check, error)
	// Cancel ends a check that waits or runs, as of now, and gives it back; a
	// run hears of it by its context, and nothing it leaves counts. ErrFinished
	// where the check has ended. Entries go into the audit trail with it.
	Cancel(ctx context.Context, id string, trail ...Entry) (Check, error)
	// Watch sends the check now and whenever it changes, the last time when it
	// has ended; then, or when ctx is done, the channel closes. A slow reader
	// misses what was between, never the end.
	Watch(ctx context.Context, id string) (<-chan Check, error)
	// Artifact opens a file that the run of a done check left; ErrNotFound where
	// it left none.
	Artifact(ctx context.Context, id, name string) (Artifact, error)
	// Queue counts checks that wait and that run, by county.
	Queue(ctx context.Context) ([]QueueCount, error)
}

// Bases keeps base data by county.
type Bases interface {
	// Base opens a county's base data: version 0 is the current one. Layers of
	// those neighbours that meet the box (degrees, empty: none) come with it, for
	// plans near a border; of no other county. The caller closes it.
	Base(ctx context.Context, county string, version int, near orb.Bound, neighbours []string) (*plan.Base, int, error)
	// BaseSource is what Base opens, for another process to do so.
	BaseSource(ctx context.Context, county string, version int, near orb.Bound, neighbours []string) (BaseSource, error)
	// Counties with an administrative-code prefix, by code.
	Counties(ctx context.Context, prefix string) ([]County, error)
	// Datasets of a county, newest version first, then by role and file.
	Datasets(ctx context.Context, county string) ([]Dataset, error)
}

// BaseSource says where base data is: in files, or in the database that the
// store is in.
type BaseSource struct {
	County  string   `json:"county"`
	Version int      `json:"version"`         // of files the one they are, of a database 0 for the current one
	Paths   []string `json:"paths,omitempty"` // of files, as plan.OpenBase takes them
	// Loads are of files that came by several loads, in place of Paths: of each county
	// those of its loads, as plan.OpenLoads takes them.
	Loads [][][]string `json:"loads,omitempty"`
	Cache string       `json:"cache,omitempty"` // directory that remembers large layers of files
	// Of a database: where other counties may join, in degrees (nil: nowhere), and
	// which.
	Near       *orb.Bound `json:"near,omitempty"`
	Neighbours []string   `json:"neighbours,omitempty"`
}

// Tokens keeps who may come in. Only hashes are kept.
type Tokens interface {
	// AddToken keeps a token of an id and a hash that are new, else ErrConflict.
	AddToken(ctx context.Context, t Token) error
	// TokenByHash finds a token that is neither revoked nor expired.
	TokenByHash(ctx context.Context, hash string) (Token, error)
	// ListTokens gives all tokens, newest first, also those that open nothing.
	ListTokens(ctx context.Context) ([]Token, error)
	// RevokeToken ends a token; one that was revoked stays as it is.
	RevokeToken(ctx context.Context, id string) error
}

// Audit is append-only.
type Audit interface {
	// Record adds an entry; the store says its ID, and its Time where it is zero.
	Record(ctx context.Context, e Entry) error
	// Entries, newest first.
	Entries(ctx context.Context, q Query) ([]Entry, error)
}

// Query chooses a page of a list.
type Query struct {
	Prefix string // administrative code of the county; "" everything, also what has no county
	County string // "" any
	Plan   string // of checks: id of the plan, "" any
	// Project is what ProjectOf says of plans, and of the plans of checks; "" any.
	Project string
	State   State  // of checks, "" any
	After   string // id of the last row of the page before, "" the first page
	Limit   int    // rows at most; 0 all of them
}

// Artifact is a file that a run left.
type Artifact interface {
	io.ReadSeekCloser
	Size() int64
}

// Run makes one check. Its directory is empty at first; what it leaves there
// become the check's artifacts. What is transient (transient.Is), in an input error
// or not, does not count as an attempt: the check waits, for PauseAfter, until a
// run ends otherwise; but one that a database cut short (transient.CutShort) is an
// attempt, since the next may be as well. A *geo.InputError ends it as failed at once, any other error is
// tried again, up to MaxAttempts. An ErrCrashed counts against the plan
// as well, until a run of it is done.
type Run func(ctx context.Context, t Task) (Outcome, error)

// MaxAttempts is how often a check is tried before it counts as failed.
const MaxAttempts = 3

// PauseAfter is how long a check waits after so many runs that transient failures
// ended: a moment at first, 30 s at most, so that it goes on by itself soon
// after whatever was unavailable is back.
func PauseAfter(interrupted int) time.Duration {
	const first, delayLimit = 250 * time.Millisecond, 30 * time.Second
	return min(delayLimit, first<<min(max(interrupted-1, 0), 10))
}

// PauseAfterCut is how long a check waits after its attempt of that number, which
// a database cut short: seconds, in which whatever made it slow may end.
func PauseAfterCut(attempt int) time.Duration {
	const first = 2 * time.Second
	return first << (2 * min(max(attempt-1, 0), 2))
}

// Task is a check to run.
type Task struct {
	Check    Check
	Dir      string
	Progress func(done, total int) // any goroutine, any order
}

// Outcome is what a run says of itself.
type Outcome struct {
	Verdict     string
	BaseVersion int
	Faces       int
	Findings    int
	// Violations are the ids of its findings that are violations.
	Violations []string
	// Reservations is how many things the verdict does not cover.
	Reservations int
}
