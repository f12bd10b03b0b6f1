package api

import (
	"container/list"
	"context"
	"io"
	"sync"

	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/rules"
	"landcheck/rules/check"
	"landcheck/rules/ledger"
)

// results keeps the last few results in memory: whoever looks at one asks for
// many pieces of it. A result never changes, so nothing here goes stale.
type results struct {
	store  store.Checks
	most   int
	mutex  sync.Mutex
	recent *list.List // of *result, the latest first
}

// result is what came of one check. Its parts are read when first asked for
// and shared; nobody changes them.
type result struct {
	id      string
	archive check.Archive
	report  shared[*rules.Report]
	ledger  shared[*ledger.Ledger]
	found   shared[[]found]
	faces   shared[[]face]
	mutex   sync.Mutex
	drawn   map[string]*shared[[]tile.Feature]
}

// shared is a value read once; an error is not kept.
type shared[T any] struct {
	mutex sync.Mutex
	value T
	have  bool
}

func (s *shared[T]) get(read func() (T, error)) (T, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.have {
		return s.value, nil
	}
	value, err := read()
	if err == nil {
		s.value, s.have = value, true
	}
	return value, err
}

func newResults(checks store.Checks, most int) *results {
	return &results{store: checks, most: most, recent: list.New()}
}

// of gives the result of a check that is done.
func (r *results) of(id string) *result {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for e := r.recent.Front(); e != nil; e = e.Next() {
		if e.Value.(*result).id == id {
			r.recent.MoveToFront(e)
			return e.Value.(*result)
		}
	}
	one := &result{id: id, archive: func(name string) (io.ReadCloser, error) {
		return r.store.Artifact(context.Background(), id, name) // shared: not one caller's to cancel
	}}
	r.recent.PushFront(one)
	if r.recent.Len() > r.most {
		r.recent.Remove(r.recent.Back())
	}
	return one
}

// Report is the whole report.
func (r *result) Report() (*rules.Report, error) { return r.report.get(r.archive.Report) }

// Ledger is the whole ledger.
func (r *result) Ledger() (*ledger.Ledger, error) { return r.ledger.get(r.archive.Ledger) }
