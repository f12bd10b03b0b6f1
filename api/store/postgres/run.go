package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/geo/postgis"
	"landcheck/geo/transient"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

type tx = pgx.Tx

const (
	progressEvery = 200 * time.Millisecond
	retryAfter    = 250 * time.Millisecond // the first time, then twice as long
	ticketRetry   = time.Second            // after a ticket could not be spent
	grace         = time.Second            // for a run to stop when told so
	writeFor      = 2 * time.Minute        // an end is written, or given up
	writeAgain    = 2 * time.Second        // the longest pause between two tries
)

// errDrained is why a run stops when its worker does.
var errDrained = errors.New("the worker stops")

// Work spends a ticket on the check whose turn it is.
func (w *worker) Work(ctx context.Context, _ *river.Job[ticket]) error {
	// Not cancelled when River's context is, but by it: the cause says who was it.
	running, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	defer context.AfterFunc(ctx, func() { cancel(errDrained) })()
	j, err := w.takeUp(ctx, cancel)
	if err != nil || j == nil {
		return err
	}
	defer w.ended(j)
	if limit := w.store.o.CheckTimeout; limit > 0 {
		timer := time.AfterFunc(limit, func() { cancel(tooLong(limit)) })
		defer timer.Stop()
	}
	again, err := w.do(ctx, running, j)
	switch {
	case errors.Is(err, errLost):
		w.store.o.Log.InfoContext(ctx, "a run whose check is no longer its own has stopped", "check", j.check.ID)
	case err != nil: // its lease runs out, another takes it up
		w.store.o.Log.ErrorContext(ctx, "the end of a run could not be written", "check", j.check.ID, "error", err)
	case again > 0:
		return river.JobSnooze(again)
	}
	return nil
}

// NextRetry of a ticket on which no check could be taken up: as soon as the
// database is asked again. River's own pauses grow to minutes, in which the
// check waits for nothing.
func (w *worker) NextRetry(*river.Job[ticket]) time.Time { return time.Now().Add(ticketRetry) }

func tooLong(limit time.Duration) error {
	return &geo.InputError{
		Message: geo.Textf("核查超过时限 %s，已停止", "the check took longer than %s and was stopped", limit),
		Advice:  geo.Text{ZH: "请把方案分成几部分提交，或请管理员放宽时限", EN: "submit the plan in parts, or ask the administrator for a longer limit"},
	}
}

// runResult is how a run ended.
type runResult struct {
	outcome store.Outcome
	err     error
}

// do runs a check and writes its end; again says to try once more, after that
// long. parent is done when the worker must stop, ctx also when the run must.
func (w *worker) do(parent, ctx context.Context, j *job) (again time.Duration, err error) {
	if j.plan.Blocked() {
		return w.end(ctx, j, runResult{err: store.Blocked(nil)}, 0, 0, "")
	}
	dir, err := os.MkdirTemp("", "landcheck-check-")
	if err != nil {
		return w.end(ctx, j, runResult{err: transient.Mark(err)}, 0, 0, "")
	}
	over := make(chan struct{})
	result := make(chan runResult, 1)
	p := &progress{}
	go func() {
		defer close(over)
		result <- protect(ctx, w.run, store.Task{Check: j.check, Dir: dir, Progress: p.set})
	}()
	defer func() {
		// A run that does not stop keeps its place, unless the worker stops.
		select {
		case <-over:
			outfile.RemoveAll(dir)
		case <-parent.Done():
			go func() { <-over; outfile.RemoveAll(dir) }()
		}
	}()
	follow, stop := context.WithCancel(ctx)
	var followers sync.WaitGroup
	followers.Go(func() { w.follow(follow, j) })
	followers.Go(func() { w.report(follow, j, p) })
	r := await(ctx, result)
	stop()
	followers.Wait()
	done, total := p.get()
	return w.end(ctx, j, r, done, total, dir)
}

// await waits for a run, and where it was told to stop a little longer.
func await(ctx context.Context, result <-chan runResult) runResult {
	select {
	case r := <-result:
		return r
	case <-ctx.Done():
	}
	select {
	case r := <-result:
		return r
	case <-time.After(grace):
		return runResult{err: context.Cause(ctx)}
	}
}

func protect(ctx context.Context, run store.Run, t store.Task) (r runResult) {
	defer func() {
		if v := recover(); v != nil {
			r = runResult{err: fmt.Errorf("panic: %v\n%s", v, debug.Stack())}
		}
	}()
	r.outcome, r.err = run(ctx, t)
	return r
}

// end writes how a run ended.
func (w *worker) end(ctx context.Context, j *job, r runResult, done, total int, dir string) (again time.Duration, err error) {
	s, cause := w.store, context.Cause(ctx)
	if errors.Is(cause, errLost) {
		return 0, errLost
	}
	if r.err != nil && cause != nil {
		if _, ok := geo.AsInputError(r.err); !ok || transient.Is(r.err) || errors.Is(r.err, context.Canceled) {
			r.err = cause // what stopped it, not how it complained
		}
	}
	if r.err == nil {
		_, gone := os.Stat(dir) // scratch that somebody swept
		r.err = transient.Mark(gone)
	}
	cut := transient.CutShort(r.err) // counts as an attempt, and its words are not for users
	_, inputErr := geo.AsInputError(r.err)
	unavailable := cause == nil && !cut && transient.Is(postgis.Unavailable(ctx, r.err))
	inputErr = inputErr && !cut
	err = w.persist(ctx, func(ctx context.Context) error {
		again = 0
		switch {
		case r.err == nil:
			return s.finish(ctx, j.claim, r.outcome, done, total, dir)
		case errors.Is(r.err, errDrained):
			return s.giveBack(ctx, j.claim)
		case unavailable:
			again = store.PauseAfter(j.check.Interrupted + 1)
			return s.postpone(ctx, j.claim, again)
		case errors.Is(r.err, store.ErrCrashed):
			again, err = s.crashed(ctx, j.claim, r.err)
			return err
		case inputErr || j.check.Attempt >= store.MaxAttempts:
			return s.fail(ctx, s.pool, j.claim, store.ProblemOf(r.err))
		}
		if again = retryAfter << (j.check.Attempt - 1); cut {
			again = store.PauseAfterCut(j.check.Attempt)
		}
		return s.retry(ctx, s.pool, j.claim, again)
	})
	s.logEnd(ctx, j, r.err, unavailable, again)
	return again, err
}

// logEnd says why a run gave no verdict, unless its check did, or its worker.
func (s *Store) logEnd(ctx context.Context, j *job, err error, unavailable bool, again time.Duration) {
	log := s.o.Log.With("check", j.check.ID, "attempt", j.check.Attempt, "error", err)
	_, inputErr := geo.AsInputError(err)
	switch {
	case err == nil, errors.Is(err, errDrained):
	case unavailable:
		log.WarnContext(ctx, "a run was interrupted", "again", again.String())
	case !inputErr:
		log.ErrorContext(ctx, "a run failed", "again", again > 0)
	}
}

// persist tries to write until it is written or lost, for a limited time. A
// run that was told to stop may still write.
func (w *worker) persist(ctx context.Context, write func(context.Context) error) error {
	limit := writeFor
	if ctx.Err() != nil {
		limit = min(limit, hardStop/2)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := write(ctx)
		if err == nil || errors.Is(err, errLost) || ctx.Err() != nil {
			return err
		}
		w.store.o.Log.WarnContext(ctx, "the end of a run is not written yet", "error", err)
		pause(ctx, min(wait, writeAgain))
	}
}

// follow stops a run as soon as its check is no longer running, or is deleted.
func (w *worker) follow(ctx context.Context, j *job) {
	news, err := w.store.Watch(ctx, j.check.ID)
	if err != nil {
		return // leases tell as well
	}
	for c := range news {
		if c.State != store.Running {
			j.cancel(errLost)
		}
	}
	if ctx.Err() == nil {
		if _, err := w.store.Check(ctx, j.check.ID); errors.Is(err, store.ErrNotFound) {
			j.cancel(errLost)
		}
	}
}

// report writes progress, a few times a second at most.
func (w *worker) report(ctx context.Context, j *job, p *progress) {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	var wrote [2]int
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		done, total := p.get()
		if now := [2]int{done, total}; now != wrote && w.store.progress(ctx, j.claim, done, total) == nil {
			wrote = now
		}
	}
}

// progress never goes back, whatever order it is told in.
type progress struct {
	mutex       sync.Mutex
	done, total int
}

func (p *progress) set(done, total int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.done, p.total = max(p.done, done), max(p.total, total)
}

func (p *progress) get() (done, total int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.done, p.total
}
