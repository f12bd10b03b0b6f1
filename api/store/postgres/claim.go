package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"landcheck/api/store"
)

// ticket is the River job: one check that waits, whichever is the next one. It
// names none, because which is next is decided when a worker is free.
type ticket struct{}

func (ticket) Kind() string { return "check" }

// riverQueue is the queue that tickets are in.
const riverQueue = "checks"

func (s *Store) addTickets(ctx context.Context, tx pgx.Tx, n int) error {
	tickets := make([]river.InsertManyParams, n)
	for i := range tickets {
		tickets[i] = river.InsertManyParams{Args: ticket{}, InsertOpts: &river.InsertOpts{Queue: riverQueue}}
	}
	if n == 0 {
		return nil
	}
	_, err := s.queue.InsertManyFastTx(ctx, tx, tickets)
	return err
}

// claim is a check that a worker may run while its lease is renewed. What it
// writes counts only as long as the fence is the check's.
type claim struct {
	check store.Check
	fence int64
	plan  store.Plan // only its Crashes
}

// claimKey tells claims apart.
type claimKey struct {
	check string
	fence int64
}

func (c claim) key() claimKey { return claimKey{c.check.ID, c.fence} }

// errLost is the end of a claim that is no longer this worker's: cancelled, or
// given to another after its lease ran out.
var errLost = errors.New("the check is no longer this worker's")

// scanClaim reads a fence, how often its plan crashed and the columns of its check.
func scanClaim(row pgx.CollectableRow) (c claim, err error) {
	c.check, err = scanCheck(fenced{row, &c})
	return c, err
}

type fenced struct {
	pgx.CollectableRow
	claim *claim
}

func (f fenced) Scan(to ...any) error {
	return f.CollectableRow.Scan(append([]any{&f.claim.fence, &f.claim.plan.Crashes}, to...)...)
}

// renew prolongs leases and returns those claims that are lost.
func (s *Store) renew(ctx context.Context, db querier, claims []claim) (lost []claim, err error) {
	ids, fences := make([]string, len(claims)), make([]int64, len(claims))
	for i, c := range claims {
		ids[i], fences[i] = c.check.ID, c.fence
	}
	const update = `update service.check_run c set lease = clock_timestamp() + $3::interval
		from unnest($1::text[], $2::bigint[]) as mine (id, fence)
		where c.id = mine.id and c.fence = mine.fence and c.state = 'running' returning c.id, c.fence`
	type key struct {
		ID    string
		Fence int64
	}
	held, err := all(ctx, db, pgx.RowToStructByPos[key], update, ids, fences, s.o.Lease)
	if err != nil {
		return nil, err
	}
	holds := map[key]bool{}
	for _, k := range held {
		holds[k] = true
	}
	for _, c := range claims {
		if !holds[key{c.check.ID, c.fence}] {
			lost = append(lost, c)
		}
	}
	return lost, nil
}

// progress says how far a run is.
func (s *Store) progress(ctx context.Context, c claim, done, total int) error {
	return s.write(ctx, s.pool, c, "done = $3, total = $4", done, total)
}

// retry has a failed run tried again, not before the wait is over.
func (s *Store) retry(ctx context.Context, db execer, c claim, wait time.Duration) error {
	return s.write(ctx, db, c, waiting+", due = clock_timestamp() + $3::interval", wait)
}

// waiting is how a check goes back to the queue.
const waiting = "state = 'queued', worker = '', lease = null, started = null, done = 0, total = 0"

// postpone has a run tried again that transient failures ended, not before the wait is
// over and as if it had not been an attempt.
func (s *Store) postpone(ctx context.Context, c claim, wait time.Duration) error {
	return s.write(ctx, s.pool, c, waiting+", attempt = attempt - 1, interrupted = interrupted + 1, due = clock_timestamp() + $3::interval", wait)
}

// giveBack puts a check back in the queue as if it had not been tried.
func (s *Store) giveBack(ctx context.Context, c claim) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if err := s.write(ctx, tx, c, waiting+", attempt = attempt - 1"); err != nil {
			return err
		}
		return s.addTickets(ctx, tx, 1)
	})
}
