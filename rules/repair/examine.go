package repair

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// checked is a plan with its ledger and what the rules say of it.
type checked struct {
	plan   *plan.Plan
	ledger *ledger.Ledger
	report *result.Report
	whole  bool // the ledger was made from the shapes of the plan
}

// build cuts a plan as a check does.
func (s *suggester) build(ctx context.Context, p *plan.Plan) (*ledger.Ledger, error) {
	return ledger.Build(ctx, p, s.Base, ledger.Options{
		Sliver: ledger.SliverLimits{Area: s.Book.Parameters.SliverArea, Width: s.Book.Parameters.SliverWidth},
		Blocks: s.Book.BlockSpec(), Jobs: s.Jobs, Progress: s.Progress,
	})
}

// examine checks a plan as the request has it; findings are without shapes.
func (s *suggester) examine(ctx context.Context, p *plan.Plan) (*checked, error) {
	l, err := s.build(ctx, p)
	if err != nil {
		return nil, err
	}
	out, err := s.evaluate(ctx, l)
	if err != nil {
		return nil, err
	}
	out.whole = true
	return out, nil
}

// evaluate holds a ledger against the whole rulebook.
func (s *suggester) evaluate(ctx context.Context, l *ledger.Ledger) (*checked, error) {
	r, err := evaluation.Evaluate(ctx, s.Book, l, evaluation.Options{Stage: s.Stage, Version: s.Version, GEOS: geo.GEOSVersion(), Jobs: s.Jobs,
		Strict: s.Strict, SubProjects: s.SubProjects, Against: s.Against, NoGeometry: true})
	return &checked{plan: l.Plan, ledger: l, report: r}, err
}

// failing are the rules that fail, by id.
func failing(r *result.Report) map[string]bool {
	out := map[string]bool{}
	for i := range r.Rules {
		if r.Rules[i].Status == domain.Fail {
			out[r.Rules[i].ID] = true
		}
	}
	return out
}

// spoilt are the rules that a changed plan fails, or cannot be held to, and that
// the plan before did not fail.
func (s *suggester) spoilt(r *result.Report) (list []string) {
	before := map[string]domain.Status{}
	for i := range s.first.report.Rules {
		before[s.first.report.Rules[i].ID] = s.first.report.Rules[i].Status
	}
	for i := range r.Rules {
		switch now, was := r.Rules[i].Status, before[r.Rules[i].ID]; {
		case now == domain.Fail && was != domain.Fail:
			list = append(list, r.Rules[i].ID)
		case now == domain.NotChecked && was != domain.NotChecked && was != domain.Fail && r.Rules[i].Level != domain.Advisory:
			list = append(list, r.Rules[i].ID)
		}
	}
	return list
}
