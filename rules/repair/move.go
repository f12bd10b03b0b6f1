package repair

import (
	"cmp"
	"slices"

	"landcheck/geo"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// move is something that may be done to the plan: a change left out, with the
// others that cannot stay without it.
type move struct {
	change  *plan.Change
	order   int // place in the plan
	steps   []step
	cost    int64  // of the land concerned, 0.01 m²
	parcels int    // changes that it touches
	deltas  []sums // by limit asked for
}

// moves are what may be left out of the plan, or added to it, each with what it
// does to limits.
func (s *sketch) moves(limits []int, broken map[*rulebook.Rule]bool, add bool) []move {
	var all []move
	for i := range s.ledger.Plan.Changes {
		c := &s.ledger.Plan.Changes[i]
		if s.absent[c] != add {
			continue
		}
		m := move{change: c, order: i}
		if add {
			m.steps = s.adding(c)
		} else {
			m.steps = s.leaving(c, broken)
		}
		if len(m.steps) == 0 {
			continue
		}
		touched := map[*plan.Change]bool{}
		var area float64
		for _, t := range m.steps {
			area += s.ledger.Faces[t.face].Area
			for _, c := range s.changes[t.face] {
				if b := s.bit(t.face, c); (t.from^t.to)&b != 0 {
					touched[c] = true
				}
			}
		}
		m.cost, m.parcels = geo.Centi(area), len(touched)
		all = append(all, m)
	}
	lists := make([][]step, len(all))
	for i := range all {
		lists[i] = all[i].steps
	}
	for _, k := range limits {
		for i, d := range s.deltas(&s.limits[k], lists) {
			all[i].deltas = append(all[i].deltas, d)
		}
	}
	return all
}

// adding are the steps that add a change to the plan; none where other changes
// are on its land, or a rule forbids it there.
func (s *sketch) adding(c *plan.Change) (steps []step) {
	for _, i := range s.of[c] {
		for k := range s.demands.Forbidden {
			if s.demands.Forbidden[k].Meets[i] {
				return nil
			}
		}
		if len(s.changes[i]) > 1 || s.keeps[i] != 0 {
			return nil
		}
		steps = append(steps, step{i, 0, s.whole(i)})
	}
	return steps
}

// apart leaves, of moves that work on the same land, the one that gains more for
// its cost; conflict tells whether any was left away. What two moves on one face
// come to together is not the sum of what each does.
func apart(moves []move, gain func(*move) float64) (kept []move, conflict bool) {
	slices.SortStableFunc(moves, func(a, b move) int {
		return cmp.Or(cmp.Compare(gain(&b)*float64(max(a.cost, 1)), gain(&a)*float64(max(b.cost, 1))), cmp.Compare(a.parcels, b.parcels), cmp.Compare(a.order, b.order))
	})
	taken := map[int]bool{}
	for _, m := range moves {
		if slices.ContainsFunc(m.steps, func(t step) bool { return taken[t.face] }) {
			conflict = true
			continue
		}
		for _, t := range m.steps {
			taken[t.face] = true
		}
		kept = append(kept, m)
	}
	slices.SortFunc(kept, func(a, b move) int { return cmp.Compare(a.order, b.order) })
	return kept, conflict
}
