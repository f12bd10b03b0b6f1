package repair

import (
	"context"

	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
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
