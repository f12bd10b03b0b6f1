package repair

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// rounds is how often a plan is changed further where the check of what it has
// become finds more than the sums told.
const rounds = 4

// checked is a plan with its ledger and what the rules say of it.
type checked struct {
	plan   *plan.Plan
	ledger *ledger.Ledger
	report *result.Report
}

// suggester is one call of Suggest.
type suggester struct {
	check.Request
	first checked
	known map[string]*checked // plans that were examined, by what was changed
}

// examine checks a plan as the request has it; findings are without shapes.
func (s *suggester) examine(ctx context.Context, p *plan.Plan) (*checked, error) {
	l, err := ledger.Build(ctx, p, s.Base, ledger.Options{
		Sliver: ledger.SliverLimits{Area: s.Book.Parameters.SliverArea, Width: s.Book.Parameters.SliverWidth},
		Blocks: s.Book.BlockSpec(), Jobs: s.Jobs, Progress: s.Progress,
	})
	if err != nil {
		return nil, err
	}
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

// outcome is what came of trying to repair some rules.
type outcome struct {
	to *checked // nil where none was found
	// chosen is what the moves of all rounds cost, least a cost that no choice of
	// moves goes below, 0.01 m².
	chosen, least int64
	sure          bool     // no choice costs less
	left          []string // rules that stand in the way
}

// repair changes the plan until the target rules hold and none is spoilt.
func (s *suggester) repair(ctx context.Context, targets []string) (outcome, error) {
	at, want, out := &s.first, slices.Clone(targets), outcome{}
	for round := range rounds {
		next, got, err := s.improve(ctx, at, want)
		if err != nil {
			return outcome{}, err
		}
		if next == nil {
			return outcome{left: want}, nil
		}
		out.chosen += got.price.cost
		if round == 0 {
			out.least, out.sure = got.least, got.least == got.price.cost
		} else if got.price.cost > 0 { // from a plan that was changed already
			out.sure = false
		}
		now := failing(next.report)
		bad := s.spoilt(next.report)
		for _, id := range targets {
			if now[id] && !slices.Contains(bad, id) {
				bad = append(bad, id)
			}
		}
		if len(bad) == 0 {
			out.to = next
			return out, nil
		}
		at, want = next, bad
	}
	return outcome{left: want}, nil
}

// improve takes one round: what forbidding rules cut, then the least moves that
// make the sums right; nil where nothing does.
func (s *suggester) improve(ctx context.Context, at *checked, want []string) (*checked, answer, error) {
	k, err := sketchOf(ctx, s.Request, at.ledger)
	if err != nil {
		return nil, answer{}, err
	}
	rules := map[*rulebook.Rule]bool{}
	for _, id := range want {
		if r := s.Book.Rule(id); r != nil {
			rules[r] = true
		}
	}
	cuts := k.cutting(rules)
	k.take(cuts)
	got, err := s.choose(ctx, k, at.report, rules)
	if err != nil || !got.ok || len(cuts)+len(got.chosen) == 0 {
		return nil, answer{}, err
	}
	p, err := k.edited(ctx)
	if err != nil {
		return nil, answer{}, err
	}
	key := alteredKey(s.first.plan, p)
	if next := s.known[key]; next != nil {
		return next, got, nil
	}
	next, err := s.examine(ctx, p)
	s.known[key] = next
	return next, got, err
}

// unjudged tells of a limit that does not hold in a township which the rule does not
// judge, as only slivers reach it.
func unjudged(r *result.Report, l *limit) bool {
	if l.inequality == nil || l.inequality.Scope.Kind != "township" {
		return false
	}
	for i := range r.Rules {
		if r.Rules[i].ID != l.rule.ID {
			continue
		}
		return !slices.ContainsFunc(r.Rules[i].Measures, func(m result.Measure) bool {
			return m.Scope.Code == l.inequality.Scope.Code && m.Status == domain.Fail
		})
	}
	return false
}

// choose takes the least moves that make the limits of the rules hold, and keep
// those that held.
func (s *suggester) choose(ctx context.Context, k *sketch, r *result.Report, rules map[*rulebook.Rule]bool) (answer, error) {
	now := failing(r)
	var limits []int
	for i := range k.limits {
		l := &k.limits[i]
		switch {
		case rules[l.rule] && !unjudged(r, l):
		case now[l.rule.ID]: // another suggestion's
			continue
		case k.margins[i] < 0: // it holds by what sums do not tell: slivers
			continue
		}
		limits = append(limits, i)
	}
	p := problem{moves: k.moves(limits, rules)}
	for _, i := range limits {
		p.limits, p.now = append(p.limits, &k.limits[i]), append(p.now, k.limits[i].now)
	}
	p.moves = p.mattering()
	least, conflict := p.lowest(), false
	p.moves, conflict = apart(p.moves, func(m *move) float64 { return p.use(p.now, m) })
	got, err := p.solve(ctx)
	if err != nil || !got.ok {
		return got, err
	}
	if conflict {
		got.least = min(got.least, least)
	}
	for _, i := range got.chosen {
		k.take(p.moves[i].steps)
	}
	return got, nil
}

// mattering are the moves that bring a limit that does not hold nearer.
func (p *problem) mattering() (list []move) {
	for i := range p.moves {
		for k, l := range p.limits {
			if l.margin(p.now[k]) < 0 && p.gain(k, &p.moves[i]) > 0 {
				list = append(list, p.moves[i])
				break
			}
		}
	}
	return list
}
