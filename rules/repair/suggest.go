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
	more  map[bool]*extension // by whether of the project area alone; once asked for
	whole int                 // how many more suggestions for one rule are checked from the shapes on
	drawn map[*ledger.Ledger]*sketch
	short float64 // the most PBF that a balance which fails is short of, m²
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
	return s.evaluate(ctx, l)
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
// With more, land is brought in as well where that helps.
func (s *suggester) repair(ctx context.Context, targets []string, more *extension) (outcome, error) {
	at, want, out := &s.first, slices.Clone(targets), outcome{}
	for round := range rounds {
		next, got, err := s.improve(ctx, at, want, more)
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
		at, want, more = next, bad, nil
	}
	return outcome{left: want}, nil
}

// improve takes one round: what forbidding rules cut, then the least moves that
// make the sums right; nil where nothing does.
func (s *suggester) improve(ctx context.Context, at *checked, want []string, more *extension) (*checked, answer, error) {
	l, absent := at.ledger, map[*plan.Change]bool(nil)
	if more != nil {
		l, absent = more.ledger, more.absent
	}
	k, err := s.sketch(ctx, l, absent)
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
	var next *checked
	if s.whole != 0 {
		s.whole--
		next, err = s.examine(ctx, p)
		s.known[key] = next
	} else {
		next, err = s.evaluate(ctx, k.changed(p))
	}
	return next, got, err
}

// sketch begins anew with a plan, of which a sketch was made once.
func (s *suggester) sketch(ctx context.Context, l *ledger.Ledger, absent map[*plan.Change]bool) (*sketch, error) {
	k := s.drawn[l]
	if k == nil {
		var err error
		if k, err = sketchOf(ctx, s.Request, l, absent); err != nil {
			return nil, err
		}
		s.drawn[l] = k
	}
	again := *k
	again.keeps, again.limits = slices.Clone(k.keeps), slices.Clone(k.limits)
	return &again, nil
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
// those that held: first what has to be left out, then, where land may be brought
// in, that for the limits that it helps.
func (s *suggester) choose(ctx context.Context, k *sketch, r *result.Report, rules map[*rulebook.Rule]bool) (answer, error) {
	limits := k.asked(r, rules)
	if len(k.absent) == 0 {
		return k.least(ctx, limits, rules, false)
	}
	adds := k.problem(limits, rules, true)
	var others []int
	for n, i := range limits {
		if k.limits[i].margin(k.limits[i].now) >= 0 || !slices.ContainsFunc(adds.moves, func(m move) bool { return adds.gain(n, &m) > 0 }) {
			others = append(others, i)
		}
	}
	left, err := k.least(ctx, others, rules, false)
	if err != nil || !left.ok {
		return left, err
	}
	added, err := k.least(ctx, limits, rules, true)
	if err != nil || !added.ok || len(added.chosen) == 0 { // nothing that bringing land in repairs
		return answer{}, err
	}
	added.price, added.least = added.price.plus(left.price), added.least+left.least
	return added, nil
}

// asked are the limits that a choice has to keep: those of the rules to be
// repaired, and those that hold.
func (k *sketch) asked(r *result.Report, rules map[*rulebook.Rule]bool) (limits []int) {
	now := failing(r)
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
	return limits
}

// problem is the choice among what may be left out, or added.
func (k *sketch) problem(limits []int, rules map[*rulebook.Rule]bool, add bool) *problem {
	p := &problem{moves: k.moves(limits, rules, add)}
	for _, i := range limits {
		p.limits, p.now = append(p.limits, &k.limits[i]), append(p.now, k.limits[i].now)
	}
	return p
}

// least makes the least choice of them.
func (k *sketch) least(ctx context.Context, limits []int, rules map[*rulebook.Rule]bool, add bool) (answer, error) {
	p := k.problem(limits, rules, add)
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
