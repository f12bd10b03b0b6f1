package repair

import (
	"context"
	"math/bits"

	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// sketch is a plan on the way to another: the changes that each face keeps so
// far, and what the rules ask of that.
type sketch struct {
	*states
	demands *evaluation.Demands
	keeps   []uint8
	absent  map[*plan.Change]bool
	limits  []limit
	margins []float64 // of the limits, as the plan has them
	scratch []sums    // of one limit, by place
}

// limit is an inequality or a comparison of means, with the sums of the sketch.
type limit struct {
	inequality *evaluation.Inequality
	means      *evaluation.Means
	rule       *rulebook.Rule
	now        sums
}

// sums are those of a limit: have and need, or those of both means.
type sums struct {
	have, need evaluation.Micro
	grades     evaluation.GradeSums
}

func (a sums) plus(b sums) sums {
	return sums{a.have + b.have, a.need + b.need, a.grades.Plus(b.grades)}
}

func (a sums) less(b sums) sums {
	return sums{a.have - b.have, a.need - b.need, a.grades.Less(b.grades)}
}

// margin is what a limit leaves; below zero it does not hold.
func (l *limit) margin(s sums) float64 {
	if l.means != nil {
		return l.means.Margin(s.grades)
	}
	return float64(l.inequality.Margin(s.have, s.need))
}

// sketchOf begins with the plan of a ledger, without the changes that are absent:
// land that might be brought in as well.
func sketchOf(ctx context.Context, o check.Request, l *ledger.Ledger, absent map[*plan.Change]bool) (*sketch, error) {
	s := &sketch{states: statesOf(l), absent: absent}
	var err error
	s.demands, err = evaluation.DemandsOf(ctx, o.Book, l, s.more, evaluation.Options{Stage: o.Stage, SubProjects: o.SubProjects, Against: o.Against, Jobs: o.Jobs})
	if err != nil {
		return nil, err
	}
	s.keeps = make([]uint8, len(l.Faces))
	for i := range s.keeps {
		for k, c := range s.changes[i] {
			if !absent[c] {
				s.keeps[i] |= 1 << k
			}
		}
	}
	for i := range s.demands.Inequalities {
		if q := &s.demands.Inequalities[i]; q.Binding {
			l := limit{inequality: q, rule: q.Rule}
			l.now.have, l.now.need = q.Fixed()
			s.limits = append(s.limits, l)
		}
	}
	for i := range s.demands.Means {
		if m := &s.demands.Means[i]; m.Binding {
			s.limits = append(s.limits, limit{means: m, rule: m.Rule})
		}
	}
	s.scratch = make([]sums, len(l.Faces)+len(s.more))
	start := make([]step, len(l.Faces))
	for i := range start {
		start[i] = step{face: i, to: s.keeps[i]}
	}
	for i := range s.limits {
		s.limits[i].now = s.limits[i].now.plus(s.deltas(&s.limits[i], [][]step{start})[0])
		s.margins = append(s.margins, s.limits[i].margin(s.limits[i].now))
	}
	return s, nil
}

// each visits what the places add to a limit's sums.
func (l *limit) each(visit func(place int, x sums)) {
	if l.means != nil {
		l.means.Each(func(place int, g evaluation.GradeSums) { visit(place, sums{grades: g}) })
		return
	}
	l.inequality.Each(func(place int, have, need evaluation.Micro) { visit(place, sums{have: have, need: need}) })
}

// deltas are what each list of steps does to the sums of a limit.
func (s *sketch) deltas(l *limit, lists [][]step) []sums {
	l.each(func(place int, x sums) { s.scratch[place] = s.scratch[place].plus(x) })
	out := make([]sums, len(lists))
	for i, steps := range lists {
		for _, t := range steps {
			out[i] = out[i].plus(s.at(t.face, t.to)).less(s.at(t.face, t.from))
		}
	}
	l.each(func(place int, _ sums) { s.scratch[place] = sums{} })
	return out
}

func (s *sketch) at(face int, set uint8) sums {
	if place := s.place(face, set); place != gone {
		return s.scratch[place]
	}
	return sums{}
}

// step is a face that keeps fewer changes than before.
type step struct {
	face     int
	from, to uint8
}

// take makes steps.
func (s *sketch) take(steps []step) {
	for i := range s.limits {
		s.limits[i].now = s.limits[i].now.plus(s.deltas(&s.limits[i], [][]step{steps})[0])
	}
	for _, t := range steps {
		s.keeps[t.face] = t.to
	}
}

// lesser is the set with the most changes within one that breaks no rule about
// single faces which the plan's own did not, nor any of broken; of equals, one
// without drop goes first.
func (s *sketch) lesser(face int, within uint8, broken map[*rulebook.Rule]bool, drop uint8) uint8 {
	best, found := uint8(0), false
	for _, set := range subsets(within) {
		if found && bits.OnesCount8(set) < bits.OnesCount8(best) {
			break
		}
		if !s.allowed(face, set, broken) {
			continue
		}
		if !found || set&drop == 0 && best&drop != 0 {
			best, found = set, true
		}
	}
	return best
}

// allowed tells whether a face may keep a set of its changes.
func (s *sketch) allowed(face int, set uint8, broken map[*rulebook.Rule]bool) bool {
	for i := range s.demands.Forbidden {
		f := &s.demands.Forbidden[i]
		if f.Meets[s.place(face, set)] && (broken[f.Rule] || !f.Meets[face]) {
			return false
		}
	}
	return true
}

// leaving are the steps that leave a change out: on each face it takes the
// other changes along that could not stay without it.
func (s *sketch) leaving(c *plan.Change, broken map[*rulebook.Rule]bool) (steps []step) {
	for _, i := range s.of[c] {
		bit := s.bit(i, c)
		if s.keeps[i]&bit == 0 {
			continue
		}
		steps = append(steps, step{i, s.keeps[i], s.lesser(i, s.keeps[i]&^bit, broken, 0)})
	}
	return steps
}

// cutting are the steps that take the land of forbidding rules out of the changes
// that make it so.
func (s *sketch) cutting(rules map[*rulebook.Rule]bool) (steps []step) {
	drop := map[int]uint8{}
	var faces []int
	for i := range s.demands.Forbidden {
		f := &s.demands.Forbidden[i]
		if !rules[f.Rule] {
			continue
		}
		for _, face := range f.Bad {
			if _, seen := drop[face]; !seen {
				faces = append(faces, face)
			}
			drop[face] |= s.named(face, f.Change)
		}
	}
	for _, face := range faces {
		if to := s.lesser(face, s.keeps[face], rules, drop[face]); to != s.keeps[face] {
			steps = append(steps, step{face, s.keeps[face], to})
		}
	}
	return steps
}

// named is the bit of the change that a rule is about, as rulebooks name it.
func (s *sketch) named(face int, name string) uint8 {
	f := &s.ledger.Faces[face]
	of := map[string]*plan.Change{"pbf_out": f.Out, "pbf_in": f.In, "use": f.Use, "urban_change": f.Urban, "red_line_change": f.Line}[name]
	if of == nil {
		return 0
	}
	return s.bit(face, of)
}

// changed is the ledger with the faces as the sketch has them, of the plan that
// was edited so. What the ledger sums of whole areas after the plan stays that of
// the plan before.
func (s *sketch) changed(p *plan.Plan) *ledger.Ledger {
	l := *s.ledger
	l.Plan, l.Faces, l.Features, l.Claims, l.Bare = p, nil, nil, nil, map[domain.Role][]int{}
	at, kept := make([]int, len(s.keeps)), map[*plan.Change]bool{}
	for i, set := range s.keeps {
		at[i] = gone
		if set == 0 {
			continue
		}
		at[i] = len(l.Faces)
		f := s.face(i, set)
		f.ID = len(l.Faces) + 1
		l.Faces = append(l.Faces, f)
		for _, c := range f.Changes() {
			kept[c] = true
		}
	}
	for _, m := range s.ledger.Features {
		if kept[m.Change] {
			l.Features = append(l.Features, m)
		}
	}
	for _, c := range s.ledger.Claims {
		if c.Face = at[c.Face]; c.Face != gone && kept[c.Change] {
			l.Claims = append(l.Claims, c)
		}
	}
	for role, faces := range s.ledger.Bare {
		for _, i := range faces {
			if at[i] != gone {
				l.Bare[role] = append(l.Bare[role], at[i])
			}
		}
	}
	return &l
}
