package repair

import (
	"context"
	"slices"

	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

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
