package repair

import (
	"context"
	"slices"
)

// exactly is up to how many moves that matter the least choice is found; of more
// it is a choice with a bound.
const exactly = 30

// solve chooses the least moves that make every limit hold. Limits that hold are
// looked at once a choice breaks them: a choice that is the least without them
// and keeps them is the least with them. Limits that share no move are solved
// apart.
func (p *problem) solve(ctx context.Context) (answer, error) {
	active := make([]bool, len(p.limits))
	for k, l := range p.limits {
		active[k] = l.margin(p.now[k]) < 0
	}
	for {
		got, err := p.among(active).solveParts(ctx)
		if err != nil || !got.ok {
			return answer{}, err
		}
		after, more := p.with(got.chosen), false
		for k, l := range p.limits {
			if !active[k] && l.margin(after[k]) < 0 {
				active[k], more = true, true
			}
		}
		if !more {
			return got, nil
		}
	}
}

// among is the problem of some limits alone.
func (p *problem) among(active []bool) *problem {
	var keep []int
	for k := range p.limits {
		if active[k] {
			keep = append(keep, k)
		}
	}
	return (&problem{limits: p.limits, now: p.now, moves: slices.Clone(p.moves)}).choose(keep)
}

func (p *problem) solveParts(ctx context.Context) (answer, error) {
	total := answer{ok: true}
	for _, part := range p.parts() {
		got, err := part.problem.solvePart(ctx)
		if err != nil || !got.ok {
			return answer{}, err
		}
		for _, i := range got.chosen {
			total.chosen = append(total.chosen, part.of[i])
		}
		total.price, total.least = total.price.plus(got.price), total.least+got.least
	}
	slices.Sort(total.chosen)
	return total, nil
}

// choose leaves some limits.
func (p *problem) choose(keep []int) *problem {
	limits, now := make([]*limit, 0, len(keep)), make([]sums, 0, len(keep))
	for _, k := range keep {
		limits, now = append(limits, p.limits[k]), append(now, p.now[k])
	}
	for i := range p.moves {
		deltas := make([]sums, 0, len(keep))
		for _, k := range keep {
			deltas = append(deltas, p.moves[i].deltas[k])
		}
		p.moves[i].deltas = deltas
	}
	p.limits, p.now = limits, now
	return p
}

// part is a problem of some moves of another.
type part struct {
	problem problem
	of      []int
}

// parts are problems of which no two have to do with each other.
func (p *problem) parts() []part {
	group := make([]int, len(p.limits)) // by limit
	for k := range group {
		group[k] = k
	}
	join := func(a, b int) {
		a, b = group[a], group[b]
		for k := range group {
			if group[k] == b {
				group[k] = a
			}
		}
	}
	for i := range p.moves {
		first := -1
		for k, d := range p.moves[i].deltas {
			switch {
			case d == sums{}:
			case first < 0:
				first = k
			case group[k] != group[first]:
				join(first, k)
			}
		}
	}
	var out []part
	for k := range p.limits {
		if slices.Contains(group[:k], group[k]) {
			continue
		}
		one := part{}
		var keep []int
		for n := range group {
			if group[n] == group[k] {
				keep = append(keep, n)
			}
		}
		for i, m := range p.moves {
			if slices.ContainsFunc(keep, func(n int) bool { return m.deltas[n] != sums{} }) {
				one.of = append(one.of, i)
				one.problem.moves = append(one.problem.moves, m)
			}
		}
		one.problem.limits, one.problem.now = p.limits, p.now
		one.problem.choose(keep)
		out = append(out, one)
	}
	return out
}

func (p *problem) solvePart(ctx context.Context) (answer, error) {
	if p.holds(p.now) {
		return answer{ok: true}, nil
	}
	p.dropImplied()
	least := p.lowest()
	if len(p.moves) <= exactly {
		got, known, err := p.exact(ctx, least)
		if err != nil || got.ok || known == whole {
			return got, err
		}
		least = max(least, known)
	}
	got, err := p.approximate(ctx)
	got.least = min(max(least, got.least), got.price.cost)
	return got, err
}

// dropImplied drops limits that hold wherever another does.
func (p *problem) dropImplied() {
	var keep []int
	for k := range p.limits {
		implied := slices.ContainsFunc(keep, func(by int) bool { return p.implies(by, k) })
		if !implied {
			keep = slices.DeleteFunc(keep, func(n int) bool { return p.implies(k, n) })
			keep = append(keep, k)
		}
	}
	p.choose(keep)
}

// implies tells whether limit b holds wherever a does: of the same weights, no
// move does less for it, and it needs no more.
func (p *problem) implies(a, b int) bool {
	x, y := p.limits[a].inequality, p.limits[b].inequality
	if x == nil || y == nil || x.HaveWeight != y.HaveWeight || x.NeedWeight != y.NeedWeight {
		return false
	}
	for i := range p.moves {
		if p.moves[i].deltas[a] != p.moves[i].deltas[b] {
			return false
		}
	}
	// The same moves from other sums: less by as much as rounding may be worth.
	return p.limits[b].margin(p.now[b]) >= p.limits[a].margin(p.now[a])+2*p.slack(a) ||
		p.now[a] == p.now[b] && x.Floor >= y.Floor
}
