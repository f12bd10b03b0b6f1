package store

import (
	"context"
	"time"

	"landcheck/rules/domain"
)

// Loads keeps base data that is handed in, each lot of it as a version of its
// county, and which version is current.
type Loads interface {
	// AddLoad notes that a load is under way; ID, State and Created are the store's to
	// say. Of one county there is one at a time, else it is ErrConflict; one that the
	// county has no room for is a *QuotaError. Entries go into the audit trail with it,
	// their object is the load.
	AddLoad(ctx context.Context, l Load, trail ...Entry) (Load, error)
	// LoadDir is a new directory for what becomes the files of a load; "" where base
	// data is not kept as files.
	LoadDir(ctx context.Context, id string) (string, error)
	// Keep makes a version of the base data of a running load, all or nothing, and ends
	// the load as done. Entries go into the audit trail with it; their object is the
	// version. A load that was cancelled meanwhile is ErrFinished, and nothing is kept.
	Keep(ctx context.Context, t LoadTask) (Load, error)
	// NoteLoad says how far a load is, at least every LoadSilence. ErrFinished where it
	// has ended, by somebody who cancelled it.
	NoteLoad(ctx context.Context, id string, done, total int) error
	// FailLoad ends a load that runs, with why. What has ended stays as it is.
	FailLoad(ctx context.Context, id string, p *Problem) error
	// CancelLoad ends a load that runs; ErrFinished where it has ended.
	CancelLoad(ctx context.Context, id string, trail ...Entry) (Load, error)
	// Load by id. One that nobody has noted for LoadSilence has failed: its process
	// is gone.
	Load(ctx context.Context, id string) (Load, error)
	// ListLoads gives the latest loads of a county, newest first.
	ListLoads(ctx context.Context, county string) ([]Load, error)
	// SetCurrent makes a version that is kept the current one; false where it is
	// already. ErrNotFound where there is no such county or version. Entries go into
	// the audit trail with it.
	SetCurrent(ctx context.Context, county string, version int, trail ...Entry) (changed bool, err error)
}

// LoadSilence is how long a load may be silent before it counts as given up.
const LoadSilence = 30 * time.Second

// ListedLoads is how many loads of a county are listed.
const ListedLoads = 20

// Load is base data on its way to a version of its county.
type Load struct {
	ID     string `json:"id"` // time-ordered
	County string `json:"county"`
	State  State  `json:"state"` // running → done, failed or cancelled
	File   string `json:"file"`  // as uploaded
	Size   int64  `json:"size"`
	// Current: the version is to be current at once. The first of a county always is;
	// a load that is done says so.
	Current bool `json:"make_current"`
	Done    int  `json:"done"`  // records so far
	Total   int  `json:"total"` // 0 until known
	Version int  `json:"version,omitempty"`
	// Missing are core roles of which the version has no layer.
	Missing  []string   `json:"missing,omitempty"`
	Problem  *Problem   `json:"problem,omitempty"` // why it failed
	Created  time.Time  `json:"created"`
	Finished *time.Time `json:"finished,omitempty"`
	By       string     `json:"by,omitempty"`
}

// LoadTask is what makes a version of a load.
type LoadTask struct {
	Load Load
	// Path is the package, as plan.OpenBase takes it.
	Path string
	// Dir is what LoadDir gave, and Prepared whether the files of the load are there
	// already and were looked at.
	Dir      string
	Prepared bool
	Progress func(done, total int) `json:"-"` // any goroutine; may be nil
	Trail    []Entry
}

// Told says how far a task is, where somebody wants to know.
func (t LoadTask) Told(done, total int) {
	if t.Progress != nil {
		t.Progress(done, total)
	}
}

// MissingCore are the core roles that are not there.
func MissingCore(has func(role string) bool) (missing []string) {
	for _, role := range domain.CoreRoles() {
		if !has(string(role)) {
			missing = append(missing, string(role))
		}
	}
	return missing
}

// Interrupted is why a load failed whose process ended.
func Interrupted() *Problem {
	p := &Problem{}
	p.Detail.ZH, p.Detail.EN = "装载中断：服务停止或重新启动过，没有留下任何内容", "the load was interrupted: the service stopped or was started anew; nothing of it was kept"
	p.Advice.ZH, p.Advice.EN = "请重新上传", "Upload it again"
	return p
}
