package repair

import (
	"context"

	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
)

// wholeChecks is how many suggestions for single rules are checked from the shapes
// on. Where a plan fails more, all rules are evaluated on the faces that the
// changed plan keeps, as it would take far more than ten checks else. What is
// suggested for all together, and what is applied, is always checked whole.
const wholeChecks = 2

// Suggest checks a plan and looks for the smallest changes that make the rules of
// quantity hold that it fails. Each changed plan is checked whole before it
// becomes a suggestion; one that fails a rule that held before is none.
func Suggest(ctx context.Context, o check.Request) (*Set, error) {
	s := &suggester{Request: o, known: map[string]*checked{}, more: map[bool]*extension{}, drawn: map[*ledger.Ledger]*sketch{}, whole: wholeChecks}
	first, err := s.examine(ctx, o.Plan)
	if err != nil {
		return nil, err
	}
	s.first, s.Progress = *first, nil
	r := first.report
	out := &Set{Schema: Schema, Plan: r.Plan, Rulebook: r.Rulebook, Engine: r.Engine, Verdict: r.Verdict, Rules: []Suggestion{}, NotShape: []NotShape{}, first: first.plan, suggester: s}
	var targets []string
	for i := range r.Rules {
		if r.Rules[i].Status != domain.Fail {
			continue
		}
		if why := s.notShape(r.Rules[i].ID); !why.IsZero() {
			out.NotShape = append(out.NotShape, NotShape{s.info(r.Rules[i].ID), why})
			continue
		}
		targets = append(targets, r.Rules[i].ID)
	}
	if s.short, err = s.shortage(ctx, targets); err != nil {
		return nil, err
	}
	var found []string
	for _, id := range targets {
		one, err := s.both(ctx, s.leaning(id))
		if err != nil {
			return nil, err
		}
		out.Rules = append(out.Rules, *one)
		if one.Found || one.Or != nil {
			found = append(found, id)
		}
	}
	if len(found) == 0 {
		return out, nil
	}
	s.whole = -1 // always
	if out.Together, err = s.both(ctx, targets); err != nil || out.Together.Found || len(found) == len(targets) {
		return out, err
	}
	out.Together, err = s.both(ctx, found) // without those that nothing repairs
	return out, err
}
