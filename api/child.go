package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"landcheck/api/store"
	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/rules/rulebook"

	"github.com/dustin/go-humanize"
	"github.com/paulmach/orb"
)

// childTask is what a child process is given: a check to make, a package to read,
// a county to look through, a plan to repair, or base data to load.
type childTask struct {
	Check   *checkJob         `json:"check,omitempty"`
	Read    *readJob          `json:"read,omitempty"`
	Room    *roomJob          `json:"room,omitempty"`
	Suggest *suggestJob       `json:"suggest,omitempty"`
	Load    *loadJob          `json:"load,omitempty"`
	Books   [][]rulebook.File `json:"books,omitempty"` // the bureau's own
	Shelf   []string          `json:"shelf,omitempty"` // ids of all books there are
}

// childProgress is how far a check is.
type childProgress struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// childQuery asks for the base data around a plan.
type childQuery struct {
	Near *orb.Bound `json:"near,omitempty"` // degrees; nil: of a plan without shapes
}

// childBase is the answer: where base data is, and what opens it.
type childBase struct {
	store.BaseSource
	Database Database `json:"database"`
}

// runInChild makes a check in a child process.
func (s *Server) runInChild(ctx context.Context, t store.Task) (done checkDone, err error) {
	j, release, err := s.checkJob(ctx, t)
	if err != nil {
		return done, err
	}
	defer release()
	order := childTask{Check: j, Shelf: s.order}
	for _, b := range s.Books {
		order.Books = append(order.Books, b.Files)
	}
	end, err := s.Children.Run(ctx, subprocess.Task{
		Body: order,
		Note: func(body json.RawMessage) {
			var n childProgress
			if json.Unmarshal(body, &n) == nil {
				t.Progress(n.Done, n.Total)
			}
		},
		Answer: func(ctx context.Context, body json.RawMessage) (any, error) { return s.baseFor(ctx, t.Check, body) },
	}, &done)
	s.ended("check", t.Check.ID, end)
	return done, s.blame(end, err)
}

// baseFor answers a child with where the base data is that its check may use.
func (s *Server) baseFor(ctx context.Context, k store.Check, body json.RawMessage) (childBase, error) {
	var q childQuery
	if err := json.Unmarshal(body, &q); err != nil {
		return childBase{}, err
	}
	near := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	if q.Near != nil {
		near = *q.Near
	}
	patience := s.patience()
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	source, err := s.Store.BaseSource(asking, k.County, k.BaseVersion, near, k.Neighbours)
	return childBase{source, Database{s.Database, patience}}, unanswered(asking, err)
}

// maxPatience is the longest that a check waits for a lock in the database, or
// for one that answers nobody.
const maxPatience = time.Minute

// patience ends well within the time that a check has: what the database keeps
// waiting is not for the plan to answer for.
func (s *Server) patience() time.Duration { return min(maxPatience, s.Limits.CheckTime/4) }

// unanswered marks the error of a store that did not answer while ctx had time.
func unanswered(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return transient.Mark(err)
	}
	return err
}

// blame turns the end of a child into what a store acts on.
func (s *Server) blame(end subprocess.End, err error) error {
	var ended *subprocess.Ended
	if !errors.As(err, &ended) {
		return err
	}
	switch end.How {
	case subprocess.Memory:
		return fmt.Errorf("%w: %w", store.ErrCrashed, tooMuch(s.Limits.CheckMemory))
	case subprocess.Crash:
		return fmt.Errorf("%w: %s", store.ErrCrashed, end)
	case subprocess.Killed:
		return transient.Mark(err)
	}
	return err
}

func tooMuch(limit int64) error {
	return &geo.InputError{Advice: splitOrMemory,
		Message: geo.Textf("核查方案需要的内存超过 %s", "checking the plan needs more than %s of memory", bytesOf(limit))}
}

var splitOrMemory = geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽 --check-memory",
	EN: "Split the plan by sub-project, or ask the administrator for a larger --check-memory"}

// bytesOf is a number of bytes for people.
func bytesOf(n int64) string { return humanize.IBytes(uint64(n)) }

// ended logs and counts the end of a child.
func (s *Server) ended(task, id string, end subprocess.End) {
	s.metrics.childEnded(task, end)
	level := slog.LevelDebug
	attributes := []any{"task", task, "id", id, "how", end.How, "exit", end.Status, "peak_rss", end.Peak, "seconds", end.Took.Seconds()}
	if end.How != subprocess.Done && end.How != subprocess.Failed && end.How != subprocess.Stopped {
		level = slog.LevelWarn
	}
	if end.Words != "" {
		level = max(level, slog.LevelWarn)
		attributes = append(attributes, "stderr", end.Words)
	}
	s.Log.Log(context.Background(), level, "child ended", attributes...)
}
