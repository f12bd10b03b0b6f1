package postgres

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

// errClosed is for whoever comes after Close.
var errClosed = transient.Mark(errors.New("store: closed"))

// Watch follows a check; see store.Checks. However many watch, one connection
// of this process listens, and one query reads what they wait for.
func (s *Store) Watch(ctx context.Context, id string) (_ <-chan store.Check, err error) {
	defer s.unavailable(ctx, &err)
	if _, err := s.Check(ctx, id); err != nil {
		return nil, err
	}
	return s.watch.subscribe(ctx, id)
}

// hub hands checks that have changed to those who watch them.
type hub struct {
	store *Store
	wake  chan struct{} // there is something to read

	mutex    sync.Mutex
	watchers map[string]map[*watcher]bool // by id of the check
	changed  map[string]bool              // ids to read, all of them watched
	closed   bool
	first    func()        // says that somebody watches
	wanted   chan struct{} // closed when somebody does
}

// watcher is one reader. Only the hub sends, never waiting: a value that was
// not read yet gives way to the newer one.
type watcher struct {
	out  chan store.Check // holds one
	last *store.Check
	stop func() bool // of the wait for the reader's context
}

func newHub(s *Store) *hub {
	wanted := make(chan struct{})
	return &hub{store: s, wake: make(chan struct{}, 1), wanted: wanted, first: sync.OnceFunc(func() { close(wanted) }),
		watchers: map[string]map[*watcher]bool{}, changed: map[string]bool{}}
}

func (h *hub) subscribe(ctx context.Context, id string) (<-chan store.Check, error) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.closed {
		return nil, errClosed
	}
	h.first()
	w := &watcher{out: make(chan store.Check, 1)}
	if h.watchers[id] == nil {
		h.watchers[id] = map[*watcher]bool{}
	}
	h.watchers[id][w] = true
	w.stop = context.AfterFunc(ctx, func() {
		h.mutex.Lock()
		defer h.mutex.Unlock()
		h.remove(id, w)
	})
	h.mark(id)
	return w.out, nil
}

// run serves those who watch until ctx is done: it takes a connection when the
// first of them comes.
func (h *hub) run(ctx context.Context) {
	select {
	case <-h.wanted:
	case <-ctx.Done():
		return
	}
	var both sync.WaitGroup
	both.Go(func() { h.listen(ctx) })
	both.Go(func() { h.read(ctx) })
	both.Wait()
}

// remove ends a watcher, once. The caller holds the mutex.
func (h *hub) remove(id string, w *watcher) {
	if !h.watchers[id][w] {
		return
	}
	w.stop()
	close(w.out)
	if delete(h.watchers[id], w); len(h.watchers[id]) == 0 {
		delete(h.watchers, id)
		delete(h.changed, id)
	}
}

// mark has a check read again, if anybody watches it. The caller holds the mutex.
func (h *hub) mark(id string) {
	if h.watchers[id] == nil {
		return
	}
	h.changed[id] = true
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *hub) markOne(id string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.mark(id)
}

// markAll is for when news may have been missed.
func (h *hub) markAll() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for id := range h.watchers {
		h.mark(id)
	}
}

// take empties the list of what has changed: by id, those who watch by now.
func (h *hub) take() map[string][]*watcher {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	changed := make(map[string][]*watcher, len(h.changed))
	for id := range h.changed {
		changed[id] = slices.Collect(maps.Keys(h.watchers[id]))
	}
	clear(h.changed)
	return changed
}

// deliver hands a check to those who watched before it was read, and lets those
// go that saw the end. Who came later might take what it was for what it is.
func (h *hub) deliver(c store.Check, to []*watcher) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for _, w := range to {
		if !h.watchers[c.ID][w] {
			continue // it has left
		}
		if w.last == nil || !reflect.DeepEqual(*w.last, c) {
			select {
			case <-w.out:
			default:
			}
			w.out <- c // there is room: nobody else sends
			w.last = &c
		}
		if c.State.Ended() {
			h.remove(c.ID, w)
		}
	}
}

// dismiss tells those who watch a check that was deleted that it is cancelled,
// as far as they ever saw it, and lets them go.
func (h *hub) dismiss(id string, those []*watcher) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for _, w := range those {
		if h.watchers[id][w] && w.last != nil {
			c, now := *w.last, time.Now().UTC()
			c.State, c.Finished = store.Cancelled, &now
			select {
			case <-w.out:
			default:
			}
			w.out <- c // there is room: nobody else sends
		}
		h.remove(id, w)
	}
}

func (h *hub) close() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.closed = true
	for id, those := range h.watchers {
		for w := range those {
			h.remove(id, w)
		}
	}
}
