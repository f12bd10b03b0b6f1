package api

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"landcheck/api/store"
	"landcheck/api/subprocess"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"

	"github.com/paulmach/orb"
)

// OpenBase opens base data in a child process.
type OpenBase func(ctx context.Context, database Database, source store.BaseSource) (*plan.Base, int, error)

// Database is what opens base data in a child process: a URL with its password,
// which is why it goes by a pipe. Without one base data lies in files.
type Database struct {
	URL string `json:"url"`
	// Patience is how long the child waits for a lock, or for a database that
	// answers nobody.
	Patience time.Duration `json:"patience"`
}

// Worker is the main function of a child process of Config.Children: one task,
// then the exit status.
func Worker(open OpenBase, keep KeepBase) int {
	return subprocess.Serve(nil, func(ctx context.Context, body json.RawMessage, parent *subprocess.Caller) (any, error) {
		var t childTask
		if err := json.Unmarshal(body, &t); err != nil {
			return nil, err
		}
		switch {
		case t.Read != nil:
			return t.Read.run(ctx)
		case t.Room != nil:
			return struct{}{}, t.room(ctx, open)
		case t.Suggest != nil:
			return t.suggest(ctx, open)
		case t.Load != nil:
			return struct{}{}, t.Load.run(ctx, keep, parent)
		case t.Check != nil:
			return t.check(ctx, open, parent)
		}
		return nil, errors.New("api: a task without anything to do")
	})
}

// check makes a check in the child.
func (t *childTask) check(ctx context.Context, open OpenBase, parent *subprocess.Caller) (checkDone, error) {
	around := func(ctx context.Context, near orb.Bound) (*plan.Base, int, error) {
		var q childQuery
		if !near.IsEmpty() {
			q.Near = &near
		}
		var base childBase
		if err := parent.Ask(ctx, q, &base); err != nil {
			return nil, 0, err
		}
		return open(ctx, base.Database, base.BaseSource)
	}
	return t.Check.run(ctx, t.bookFor, around, func(done, total int) { parent.Note(childProgress{done, total}) })
}

// bookFor reads the one book that the plan needs.
func (t *childTask) bookFor(asked string, p *plan.Plan) (*rulebook.Rulebook, error) {
	shelf := rulebookSet{books: map[string]*rulebook.Rulebook{}, order: t.Shelf}
	for _, files := range t.Books {
		b, err := rulebook.FromFiles(files)
		if err != nil {
			return nil, err
		}
		shelf.books[b.ID] = b
	}
	if id := bookName(asked, p); shelf.books[id] == nil && slices.Contains(rulebook.BuiltIn(), id) {
		b, err := rulebook.Load(id)
		if err != nil {
			return nil, err
		}
		shelf.books[id] = b
	}
	return shelf.bookFor(asked, p)
}
