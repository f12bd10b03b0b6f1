// Package throttle keeps one caller from taking a service away from the others:
// how many at one time (Gate), how much in a day (Daily), how many wrong tries
// (Attempts), how many connections (Listener). Nothing here outlives the
// process, and nothing grows with what callers invent.
package throttle

import "sync"

// Refusal is which limit turns a caller away.
type Refusal int

// The refusals.
const (
	Admitted Refusal = iota
	OfAll            // all callers together are too many
	OfTheirs         // the caller has too many already
)

// Limiter lets so many in at one time: of all callers together, and of each.
type Limiter struct {
	most, each int
	mutex      sync.Mutex
	inside     int
	of         map[string]int // by caller; nobody who is not inside
}

// NewLimiter makes a gate for most at one time, each of one caller.
func NewLimiter(most, each int) *Limiter {
	return &Limiter{most: most, each: each, of: map[string]int{}}
}

// Enter lets a caller in, or says why not. Leaving twice is leaving once.
func (g *Limiter) Enter(caller string) (leave func(), r Refusal) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	switch {
	case g.of[caller] >= g.each: // first: it is theirs to mend
		return nil, OfTheirs
	case g.inside >= g.most:
		return nil, OfAll
	}
	g.inside++
	g.of[caller]++
	return sync.OnceFunc(func() { g.leave(caller) }), Admitted
}

func (g *Limiter) leave(caller string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.inside--
	if g.of[caller]--; g.of[caller] == 0 {
		delete(g.of, caller)
	}
}

// Most is how many come in at one time, and how many of one caller.
func (g *Limiter) Most() (all, each int) { return g.most, g.each }
