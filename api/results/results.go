// Package results is what came of checks: reports and ledgers as a store keeps
// them, in memory for as long as they are looked at, and what is drawn of them.
package results

import (
	"container/list"
	"context"
	"io"
	"sync"

	"landcheck/api/cache"
	"landcheck/api/store"
	"landcheck/api/throttle"
	"landcheck/api/tile"
	"landcheck/rules/check"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
)

// Cache keeps the last few results in memory, within a number of bytes:
// whoever looks at one asks for many pieces of it. The very last stays, however
// large. A result never changes, so nothing here goes stale.
type Cache struct {
	store   store.Checks
	most    int
	memory  int64
	reading *throttle.Queue // what is read takes more memory while it is read
	mutex   sync.Mutex
	size    int64      // of those in recent
	recent  *list.List // of *result, the latest first
}

// readAtOnce is how many parts of results are read at one time, half of them for
// one caller.
const readAtOnce = 2

// Result is what came of one check. Its parts are read when first asked for
// and shared; nobody changes them.
type Result struct {
	id      string
	archive check.Archive
	sizes   map[string]int64 // bytes of memory by file that was read; guarded by results.mutex
	report  cache.Once[*result.Report]
	ledger  cache.Once[*ledger.Ledger]
	found   cache.Once[[]Found]
	faces   cache.Once[[]Face]
	mutex   sync.Mutex
	drawn   map[string]*cache.Once[[]tile.Feature]
}

// New keeps so many results within so many bytes.
func New(checks store.Checks, most int, memory int64) *Cache {
	return &Cache{store: checks, most: most, memory: memory, reading: throttle.NewQueue(readAtOnce), recent: list.New()}
}

// result gives the result of a check that is done.
func (r *Cache) result(id string) *Result {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for e := r.recent.Front(); e != nil; e = e.Next() {
		if e.Value.(*Result).id == id {
			r.recent.MoveToFront(e)
			return e.Value.(*Result)
		}
	}
	one := &Result{id: id, sizes: map[string]int64{}}
	one.archive = func(name string) (io.ReadCloser, error) { return r.open(one, name) }
	r.recent.PushFront(one)
	r.trim()
	return one
}

// open opens a file of a result, and counts what it will take.
func (r *Cache) open(one *Result, name string) (io.ReadCloser, error) {
	file, err := r.store.Artifact(context.Background(), one.id, name) // shared: not one caller's to cancel
	if err != nil {
		return nil, err
	}
	r.weigh(one, name, file.Size())
	return file, nil
}

// unpacked is about how many times its bytes a file takes in memory: the report
// is text, the ledger is packed, and both are shown in other forms as well.
func unpacked(name string) int64 {
	if name == check.ReportFile {
		return 2
	}
	return 8
}

// weigh counts a file of a result once.
func (r *Cache) weigh(one *Result, name string, bytes int64) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if _, known := one.sizes[name]; known {
		return
	}
	one.sizes[name] = bytes * unpacked(name)
	for e := r.recent.Front(); e != nil; e = e.Next() {
		if e.Value.(*Result) == one {
			r.size += one.sizes[name]
		}
	}
	r.trim()
}

// trim lets the oldest go. The caller holds the mutex.
func (r *Cache) trim() {
	for r.recent.Len() > 1 && (r.recent.Len() > r.most || r.size > r.memory) {
		for _, bytes := range r.recent.Remove(r.recent.Back()).(*Result).sizes {
			r.size -= bytes
		}
	}
}

// Report is the whole report.
func (r *Result) Report() (*result.Report, error) { return r.report.Get(r.archive.Report) }

// Ledger is the whole ledger.
func (r *Result) Ledger() (*ledger.Ledger, error) { return r.ledger.Get(r.archive.Ledger) }
