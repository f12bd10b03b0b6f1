package api

import (
	"context"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/transient"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// Run makes one check for a store's Work: package → plan → ledger → rules →
// archive, in a process of its own where there are Children. What is wrong with
// the input is a *geo.InputError; what ended its process is a store.ErrCrashed.
func (s *Server) Run(ctx context.Context, t store.Task) (out store.Outcome, err error) {
	began := time.Now()
	var done checkDone
	log := s.Log.With("check", t.Check.ID, "attempt", t.Check.Attempt)
	defer func() {
		s.metrics.checked(time.Since(began), t, done.Candidates, out, err)
		if err != nil {
			log.Warn("check failed", "error", err, "seconds", time.Since(began).Seconds())
			return
		}
		log.Info("check done", "verdict", out.Verdict, "faces", out.Faces, "findings", out.Findings, "seconds", time.Since(began).Seconds())
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, s.Limits.CheckTime, tooLong(s.Limits.CheckTime))
	defer cancel()
	run := s.runHere
	if s.Children != nil {
		run = s.runInChild
	}
	done, err = run(ctx, t)
	if err != nil && context.Cause(ctx) != ctx.Err() && !transient.Is(err) {
		err = context.Cause(ctx)
	}
	return done.Outcome, err
}

func tooLong(limit time.Duration) error {
	return &geo.InputError{
		Message: geo.Textf("核查没有在 %s 内完成", "the check did not end within %s", limit),
		Advice:  geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽 --check-time", EN: "Split the plan by sub-project, or ask the administrator for a longer --check-time"}}
}

// runHere makes a check in this process.
func (s *Server) runHere(ctx context.Context, t store.Task) (done checkDone, err error) {
	j, release, err := s.checkJob(ctx, t)
	if err != nil {
		return done, err
	}
	defer release()
	shelf := rulebookSet{s.books, s.order}
	open := func(ctx context.Context, near orb.Bound) (*plan.Base, int, error) {
		return s.Store.Base(ctx, t.Check.County, t.Check.BaseVersion, near, t.Check.Neighbours)
	}
	err = guard.Do("check "+t.Check.ID, func() (err error) {
		done, err = j.run(ctx, shelf.bookFor, open, t.Progress)
		return err
	})
	return done, err
}

// checkJob is what a task needs, with its package; release that after use.
func (s *Server) checkJob(ctx context.Context, t store.Task) (*checkJob, func(), error) {
	path, release, err := s.Store.Package(ctx, t.Check.Plan)
	if err != nil {
		return nil, nil, unanswered(ctx, err)
	}
	ledger, err := s.Store.LedgerEntries(ctx, t.Check.County)
	if err != nil {
		release()
		return nil, nil, unanswered(ctx, err)
	}
	return &checkJob{Package: path, Ledger: ledger, Limits: s.Limits.Plan, Check: t.Check, Dir: t.Dir, Version: s.Version, Default: s.pinned(t.Check.County), Jobs: s.Jobs}, release, nil
}
