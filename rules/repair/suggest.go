package repair

import (
	"context"
	"slices"

	"landcheck/rules/check"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// rounds is how often a plan is changed further where the check of what it has
// become finds more than the sums told.
const rounds = 4

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
