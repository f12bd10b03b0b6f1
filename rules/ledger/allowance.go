package ledger

import (
	"sync"
	"sync/atomic"
)

// What the pieces of one step may cost together, in steps of the overlay: two
// seconds of one processor whatever is drawn, as much again for ten thousand
// pieces, and seven times what parcels take: ten thousand changes of a county
// with three million vertices about them take 510 M. Without it changes that
// are each just within their own budget would take hours.
const (
	allowed          = 600e6
	allowedPerPiece  = 60_000
	allowedPerVertex = 1_000
)

// allowance adds up what pieces of work cost in the order of the pieces,
// whatever order they are done in: which of them is one too many depends on the
// land alone, and not on the machine.
type allowance struct {
	mu    sync.Mutex
	costs []int64 // of the pieces that are done; -1
	next  int     // the first piece that is not done
	sum   int64   // of those before next
	limit int64
	stop  atomic.Int64 // the first piece that failed or was too much; none from there on is needed
	err   error        // of that piece; nil where it was too much
}

func newAllowance(pieces, vertices int) *allowance {
	a := &allowance{costs: make([]int64, pieces), limit: allowed + allowedPerPiece*int64(pieces) + allowedPerVertex*int64(vertices)}
	for i := range a.costs {
		a.costs[i] = -1
	}
	a.stop.Store(int64(pieces))
	return a
}

// needs tells whether a piece has to be done.
func (a *allowance) needs(i int) bool { return int64(i) < a.stop.Load() }

// done says what a piece cost, or why it failed. Pieces are begun in their
// order, so that all before the one that stops the work are done in the end.
func (a *allowance) done(i int, cost int64, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.costs[i] = cost
	if err != nil && a.needs(i) {
		a.stop.Store(int64(i))
		a.err = err
	}
	for a.next < len(a.costs) && a.costs[a.next] >= 0 {
		if a.sum += a.costs[a.next]; a.sum > a.limit && a.needs(a.next) {
			a.stop.Store(int64(a.next))
			a.err = nil
		}
		a.next++
	}
}

// failed is the error of the first piece that failed; too much is said by the
// costliest piece up to the one that was too much.
func (a *allowance) failed(tooMuch func(costliest int) error) error {
	stop := int(a.stop.Load())
	if stop == len(a.costs) || a.err != nil {
		return a.err
	}
	most := 0
	for i, cost := range a.costs[:stop+1] {
		if cost > a.costs[most] {
			most = i
		}
	}
	return tooMuch(most)
}
