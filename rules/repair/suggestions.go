package repair

import (
	"context"
	"slices"

	"landcheck/rules/domain"
)

// shortage is the most that a balance of the rules is short of, m²; 0 where none is.
func (s *suggester) shortage(ctx context.Context, targets []string) (most float64, err error) {
	if len(targets) == 0 {
		return 0, nil
	}
	k, err := s.sketch(ctx, s.first.ledger, nil)
	if err != nil {
		return 0, err
	}
	for i := range k.limits {
		if l := &k.limits[i]; l.rule.Balance != nil && slices.Contains(targets, l.rule.ID) {
			most = max(most, -k.margins[i]/float64(l.inequality.HaveWeight)/100)
		}
	}
	return most, nil
}

// both looks for the change that repairs some rules by leaving out, and for one
// that brings more land in: of the project area, else of the county.
func (s *suggester) both(ctx context.Context, targets []string) (*Suggestion, error) {
	first, err := s.suggestion(ctx, targets, nil)
	if err != nil {
		return nil, err
	}
	out := &Suggestion{Repair: *first}
	if s.short == 0 || !slices.ContainsFunc(targets, func(id string) bool { return s.Book.Rule(id).Balance != nil }) {
		return out, nil
	}
	for _, project := range []bool{true, false} {
		more, asked := s.more[project]
		if !asked {
			if more, err = s.extend(ctx, s.short, project); err != nil {
				return nil, err
			}
			s.more[project] = more
		}
		if more == nil {
			continue
		}
		if helps, err := s.helps(ctx, more, targets); err != nil || !helps {
			return out, err
		}
		or, err := s.suggestion(ctx, targets, more)
		if err != nil {
			return nil, err
		}
		if or.Found {
			out.Or = or
			return out, nil
		}
	}
	return out, nil
}

// leaning is a rule with those that it leans on and that fail: it fails with them.
func (s *suggester) leaning(id string) []string {
	list := []string{id}
	if r := s.Book.Rule(id); r.Forbid != nil {
		now := failing(s.first.report)
		for _, other := range r.Forbid.With {
			if now[other] {
				list = append(list, other)
			}
		}
	}
	return list
}

// helps tells whether land that is brought in does anything for what the rules are
// short of.
func (s *suggester) helps(ctx context.Context, more *extension, targets []string) (bool, error) {
	k, err := s.sketch(ctx, more.ledger, more.absent)
	if err != nil {
		return false, err
	}
	var limits []int
	for i := range k.limits {
		if k.margins[i] < 0 && slices.Contains(targets, k.limits[i].rule.ID) {
			limits = append(limits, i)
		}
	}
	return len(k.problem(limits, nil, true).mattering()) > 0, nil
}

// suggestion looks for the change that repairs some rules.
func (s *suggester) suggestion(ctx context.Context, targets []string, more *extension) (*Repair, error) {
	out := &Repair{For: []RuleInfo{}, Changes: []Change{}, After: []Measure{}, Fails: []string{}}
	for _, id := range targets {
		out.For = append(out.For, s.info(id))
	}
	got, err := s.repair(ctx, targets, more)
	if err != nil {
		return nil, err
	}
	if got.to == nil {
		why := s.whyNot(targets, got.left)
		out.Why = &why
		return out, nil
	}
	d, err := newDescriber(s.first.plan, centre(s.first.ledger))
	if err != nil {
		return nil, err
	}
	if out.Changes, err = d.differences(ctx, s.first.plan, got.to.plan); err != nil {
		return nil, err
	}
	land, err := d.union(ctx, out.Changes)
	if err != nil {
		return nil, err
	}
	out.Whole = got.to.whole
	out.Found, out.Least, out.plan = true, got.sure, got.to.plan
	out.Area, out.Parcels, out.Verdict = land, len(out.Changes), got.to.report.Verdict
	if !got.sure {
		out.Within = float64(got.chosen-got.least) / 100
	}
	for i := range got.to.report.Rules {
		rule := &got.to.report.Rules[i]
		if rule.Status == domain.Fail {
			out.Fails = append(out.Fails, rule.ID)
		}
		if slices.Contains(targets, rule.ID) {
			for _, m := range rule.Measures {
				out.After = append(out.After, Measure{rule.ID, m})
			}
		}
	}
	return out, nil
}
