package repair

import (
	"context"
	"slices"
)

// approximate makes a choice of more moves than can be compared one by one: the
// cheapest for their gain first, then without those that are not needed, then
// the least among those at the edge of the choice.
func (p *problem) approximate(ctx context.Context) (answer, error) {
	chosen, err := p.greedy(ctx)
	if err != nil || chosen == nil {
		return answer{}, err
	}
	chosen = p.without(chosen)
	best := p.priced(chosen)
	if len(chosen) == len(p.moves) && p.monotone() { // without any one of them it is not enough
		best.least = best.price.cost
		return best, nil
	}
	better, err := p.edge(ctx, best)
	if err == nil && better.ok && better.price.less(best.price) {
		best = better
	}
	if err != nil || len(p.limits) > 1 || p.limits[0].inequality == nil {
		return best, err
	}
	return p.settle(ctx, best)
}

// settle looks for a cheaper choice among the moves that can matter to one: it
// is the least where these are few. What a limit is short of has its price, that
// of the move which would be made in part if that could be; a move that costs
// more than its gain is worth, by more than an answer is above the lowest cost, is
// in no cheaper one, and one that costs as much less is in all of them.
func (p *problem) settle(ctx context.Context, best answer) (answer, error) {
	rate, least := p.rate()
	gap := float64(best.price.cost-least) + 1
	var free, fixed []int
	for i := range p.moves {
		switch over := float64(p.moves[i].cost) - float64(rate*p.gain(0, &p.moves[i])); {
		case over > gap:
		case over < -gap:
			fixed = append(fixed, i)
		default:
			free = append(free, i)
		}
	}
	if len(free) > exactly {
		return best, nil
	}
	got, err := p.core(ctx, fixed, free)
	if err != nil || !got.ok {
		return best, err
	}
	got.least = got.price.cost
	return got, nil
}

// core is the least choice of some moves beside others that are made.
func (p *problem) core(ctx context.Context, fixed, free []int) (answer, error) {
	core := problem{limits: p.limits, now: p.with(fixed)}
	for _, i := range free {
		core.moves = append(core.moves, p.moves[i])
	}
	got, _, err := core.exact(ctx, core.lowest())
	if err != nil || !got.ok {
		return answer{}, err
	}
	chosen := slices.Clone(fixed)
	for _, k := range got.chosen {
		chosen = append(chosen, free[k])
	}
	return p.priced(chosen), nil
}

// monotone tells whether no move takes a limit further from holding.
func (p *problem) monotone() bool {
	for k, l := range p.limits {
		for i := range p.moves {
			if d := p.moves[i].deltas[k]; l.means != nil && d != (sums{}) || l.means == nil && p.gain(k, &p.moves[i]) < 0 {
				return false
			}
		}
	}
	return true
}

func (p *problem) priced(chosen []int) answer {
	slices.Sort(chosen)
	a := answer{ok: true, chosen: chosen}
	for _, i := range chosen {
		a.price = a.price.plus(p.moves[i].price())
	}
	return a
}

// greedy adds the move that does most for its cost to the limits that do not
// hold, until all do; nil where no move helps any more.
func (p *problem) greedy(ctx context.Context) ([]int, error) {
	now, chosen, left := slices.Clone(p.now), []int{}, map[int]bool{}
	for i := range p.moves {
		left[i] = true
	}
	for !p.holds(now) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		best, most := -1, 0.0
		for i := range p.moves {
			if !left[i] {
				continue
			}
			use := p.use(now, &p.moves[i]) / float64(max(p.moves[i].cost, 1))
			if use > most {
				best, most = i, use
			}
		}
		if best < 0 {
			return nil, nil
		}
		delete(left, best)
		chosen = append(chosen, best)
		for k := range now {
			now[k] = now[k].plus(p.moves[best].deltas[k])
		}
	}
	return chosen, nil
}

// use is how much of what the limits are short of a move makes up, less what
// it makes short.
func (p *problem) use(now []sums, m *move) float64 {
	use := 0.0
	for k, l := range p.limits {
		if m.deltas[k] == (sums{}) {
			continue
		}
		before, after := l.margin(now[k]), l.margin(now[k].plus(m.deltas[k]))
		short := max(0, -before)
		if worse := max(0, -after); short != worse {
			use += (short - worse) / max(short, worse)
		}
	}
	return use
}

// without drops what is not needed, the dearest first.
func (p *problem) without(chosen []int) []int {
	order := slices.Clone(chosen)
	slices.SortFunc(order, func(a, b int) int {
		if p.moves[b].price().less(p.moves[a].price()) {
			return -1
		}
		return 1
	})
	for _, i := range order {
		rest := slices.DeleteFunc(slices.Clone(chosen), func(k int) bool { return k == i })
		if p.holds(p.with(rest)) {
			chosen = rest
		}
	}
	return chosen
}

// edge looks for a cheaper choice that differs in few moves: the dearest for
// their gain of those chosen, the cheapest of those not.
func (p *problem) edge(ctx context.Context, of answer) (answer, error) {
	worth := func(i int) float64 { return p.use(p.now, &p.moves[i]) / float64(max(p.moves[i].cost, 1)) }
	in := map[int]bool{}
	for _, i := range of.chosen {
		in[i] = true
	}
	var inside, outside []int
	for i := range p.moves {
		if in[i] {
			inside = append(inside, i)
		} else if worth(i) > 0 {
			outside = append(outside, i)
		}
	}
	slices.SortStableFunc(inside, func(a, b int) int { return compare(worth(a), worth(b)) })
	slices.SortStableFunc(outside, func(a, b int) int { return compare(worth(b), worth(a)) })
	free := slices.Clone(inside[:min(len(inside), exactly/2)])
	fixed := inside[len(free):]
	free = append(free, outside[:min(len(outside), exactly-len(free))]...)
	return p.core(ctx, fixed, free)
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
