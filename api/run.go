package api

import (
	"context"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules"
	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/report"
)

// Run makes one check for a store's Work: package → plan → ledger → rules →
// archive. What is wrong with the input is a *geo.Fault.
func (s *Server) Run(ctx context.Context, t store.Task) (out store.Outcome, err error) {
	began := time.Now()
	candidates := 0
	log := s.Log.With("check", t.Check.ID, "attempt", t.Check.Attempt)
	defer func() {
		s.metrics.checked(time.Since(began), t, candidates, out, err)
		if err != nil {
			log.Warn("check failed", "error", err, "seconds", time.Since(began).Seconds())
			return
		}
		log.Info("check done", "verdict", out.Verdict, "faces", out.Faces, "findings", out.Findings, "seconds", time.Since(began).Seconds())
	}()
	ctx, cancel := context.WithTimeoutCause(ctx, s.Limits.CheckTime, s.tooLong())
	defer cancel()
	err = guard.Do("check "+t.Check.ID, func() (err error) {
		out, candidates, err = s.run(ctx, t)
		return err
	})
	if err != nil && context.Cause(ctx) != ctx.Err() {
		err = context.Cause(ctx)
	}
	return out, err
}

func (s *Server) tooLong() error {
	return &geo.Fault{
		Problem: geo.Textf("检查没有在 %s 内完成", "the check did not end within %s", s.Limits.CheckTime),
		Advice:  geo.Text{ZH: "请按子项目拆分方案，或请管理员放宽 --check-time", EN: "Split the plan by sub-project, or ask the administrator for a longer --check-time"}}
}

func (s *Server) run(ctx context.Context, t store.Task) (out store.Outcome, candidates int, err error) {
	path, release, err := s.Store.Package(ctx, t.Check.Plan)
	if err != nil {
		return out, candidates, err
	}
	defer release()
	p, err := plan.Open(ctx, path, plan.Options{Limits: s.Limits.Plan})
	if err != nil {
		return out, candidates, err
	}
	book, err := s.bookFor(t.Check.Rulebook, p)
	if err != nil {
		return out, candidates, err
	}
	near, err := p.Around()
	if err != nil {
		return out, candidates, err
	}
	base, version, err := s.Store.Base(ctx, t.Check.County, t.Check.BaseVersion, near, t.Check.Neighbours)
	if err != nil {
		return out, candidates, err
	}
	defer base.Close()
	candidates = len(p.Changes)
	t.Progress(0, candidates)
	res, err := check.Run(ctx, check.Order{Plan: p, Base: base, Book: book, Asked: t.Check.Rulebook, Stage: plan.Stage(t.Check.Stage),
		Strict: t.Check.Strict, SubProjects: t.Check.SubProjects,
		Version: s.Version, Jobs: s.Jobs, Progress: t.Progress})
	if err != nil {
		return out, candidates, err
	}
	if err := res.Save(ctx, t.Dir); err != nil {
		return out, candidates, err
	}
	o, err := newOverview(res.Report, res.Ledger, book.Parameters)
	if err != nil {
		return out, candidates, err
	}
	if err := o.leave(t.Dir); err != nil {
		return out, candidates, err
	}
	return store.Outcome{Verdict: string(res.Report.Verdict), BaseVersion: version,
		Faces: len(res.Ledger.Faces), Findings: countFindings(res.Report),
		Reservations: len(report.HeadlineOf(res.Report).Remarks)}, candidates, nil
}

func countFindings(r *rules.Report) int {
	n := 0
	for i := range r.Rules {
		n += len(r.Rules[i].Findings)
	}
	return n
}
