package embedded

import (
	"context"
	"sync"

	"landcheck/api/store"
)

// watchers of one check. A channel holds the newest state that its reader has
// not seen; a newer one takes its place, so that nobody waits for a reader.
type watchers struct {
	mutex sync.Mutex
	ended bool
	all   map[chan store.Check]func() bool // with what takes back the waiting for its context
}

func (w *watchers) add(ctx context.Context, now store.Check) <-chan store.Check {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	ch := make(chan store.Check, 1)
	ch <- now
	if w.ended || now.State.Ended() {
		close(ch)
		return ch
	}
	if w.all == nil {
		w.all = map[chan store.Check]func() bool{}
	}
	w.all[ch] = context.AfterFunc(ctx, func() {
		w.mutex.Lock()
		defer w.mutex.Unlock()
		if _, ok := w.all[ch]; ok {
			delete(w.all, ch)
			close(ch)
		}
	})
	return ch
}

// send tells every watcher, for the last time if the check has ended.
func (w *watchers) send(c store.Check) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for ch := range w.all {
		select {
		case <-ch:
		default:
		}
		ch <- c // there is room: nobody else sends
	}
	if c.State.Ended() {
		w.close()
	}
}

// stop closes all channels since the store closes.
func (w *watchers) stop() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.close()
}

func (w *watchers) close() {
	for ch, forget := range w.all {
		forget()
		close(ch)
	}
	w.all, w.ended = nil, true
}
