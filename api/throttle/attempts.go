package throttle

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Attempts slows down whoever tries secrets that are none: by address, so many
// wrong ones at once, then one each pause. A secret that was right lately goes
// on, so that one guesser does not lock out those who share an address.
type Attempts struct {
	burst int
	pause time.Duration
	now   func() time.Time
	mutex sync.Mutex
	wrong lruMap[*rate.Limiter] // by address
	right lruMap[time.Time]     // by digest of the secret
}

// How many addresses and secrets are remembered, the latest, and how long a
// secret counts as right: a revoked one is looked up all the same.
const (
	remembered = 10_000
	rightFor   = 10 * time.Minute
)

// NewAttempts lets burst wrong secrets of an address through, then one each pause.
func NewAttempts(burst int, pause time.Duration, now func() time.Time) *Attempts {
	return &Attempts{burst: burst, pause: pause, now: now}
}

// May tells whether a secret of an address is looked at, else how long it has
// to wait.
func (a *Attempts) May(address, digest string) (wait time.Duration, ok bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	now := a.now()
	if at, ok := a.right.get(digest); ok && now.Sub(at) < rightFor {
		return 0, true
	}
	l, ok := a.wrong.get(address)
	if !ok {
		return 0, true
	}
	left := l.TokensAt(now)
	if left >= 1 {
		return 0, true
	}
	return time.Duration((1 - left) * float64(a.pause)), false
}

// Was notes whether a secret was right.
func (a *Attempts) Was(address, digest string, right bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	now := a.now()
	if right {
		a.right.put(digest, now)
		return
	}
	if _, was := a.right.get(digest); was {
		a.right.put(digest, time.Time{})
	}
	l, ok := a.wrong.get(address)
	if !ok {
		l = rate.NewLimiter(rate.Every(a.pause), a.burst)
		a.wrong.put(address, l)
	}
	l.AllowN(now, 1)
}

// lruMap is a map of the entries that were last used.
type lruMap[V any] struct {
	order list.List // of entry[V], the latest first
	at    map[string]*list.Element
}

type entry[V any] struct {
	key   string
	value V
}

func (r *lruMap[V]) get(key string) (v V, ok bool) {
	e, ok := r.at[key]
	if !ok {
		return v, false
	}
	r.order.MoveToFront(e)
	return e.Value.(entry[V]).value, true
}

func (r *lruMap[V]) put(key string, v V) {
	if e, ok := r.at[key]; ok {
		e.Value = entry[V]{key, v}
		r.order.MoveToFront(e)
		return
	}
	if r.at == nil {
		r.at = map[string]*list.Element{}
	}
	r.at[key] = r.order.PushFront(entry[V]{key, v})
	if r.order.Len() > remembered {
		last := r.order.Back()
		r.order.Remove(last)
		delete(r.at, last.Value.(entry[V]).key)
	}
}
