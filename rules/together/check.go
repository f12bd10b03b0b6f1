package together

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// Check holds plans against each other. leftOut are packages of the run that have
// no report. An error of a *geo.InputError kind is land that cannot be overlaid.
func Check(ctx context.Context, plans []*Plan, leftOut []string) (*result.Together, error) {
	c := &checker{plans: plans, at: map[string]int{}, out: &result.Together{Packages: []result.TogetherPackage{}, LeftOut: append([]string{}, leftOut...), Townships: []result.TownshipSum{}}}
	for i, p := range plans {
		c.at[p.Name] = i
	}
	if err := c.findProjects(); err != nil {
		return nil, err
	}
	if err := c.areas(ctx); err != nil {
		return nil, err
	}
	if err := c.changes(ctx); err != nil {
		return nil, err
	}
	c.papers()
	c.townships()
	c.finish()
	return c.out, nil
}

// checker is one run on its way to its result.
type checker struct {
	plans   []*Plan
	project []int          // of each plan: the first plan of its project
	copies  []bool         // of an earlier plan, to the byte
	at      map[string]int // name → place in plans
	found   map[string]*result.RuleResult
	spent   int64 // steps of the overlay, and neighbours looked at: what the land has cost
	out     *result.Together
}

// of is what becomes of a rule.
func (c *checker) of(id string) *result.RuleResult {
	if c.found == nil {
		c.found = map[string]*result.RuleResult{}
	}
	if c.found[id] == nil {
		c.found[id] = &result.RuleResult{ID: id, Group: Group, Status: domain.Pass, Measures: []result.Measure{}, Findings: []result.Finding{}}
	}
	return c.found[id]
}

// counted are the plans without copies, by their places.
func (c *checker) counted() (all []int) {
	for i := range c.plans {
		if !c.copies[i] {
			all = append(all, i)
		}
	}
	return all
}

// finish words the rules and sums them up.
func (c *checker) finish() {
	for _, rule := range Rules() {
		r := c.of(rule.ID)
		r.Level, r.Title, r.Help, r.Clause = rule.Level, rule.Title, rule.Help, c.clause(rule.After)
		for i := range r.Findings {
			r.Status = worse(r.Status, r.Findings[i].Status)
			if r.Findings[i].Remedy.IsZero() {
				r.Findings[i].Remedy = rule.Fix
			}
		}
		for _, m := range r.Measures {
			r.Status = worse(r.Status, m.Status)
			r.Incomplete = r.Incomplete || m.Status == domain.NotChecked
		}
		order(r.Findings)
		c.out.Summary.Add(r.Status)
		c.out.Rules = append(c.out.Rules, *r)
	}
	c.out.Slivers.Area = geo.RoundArea(c.out.Slivers.Area)
}

// clause is the text behind a rule about one plan, as the first rulebook that has
// it quotes it.
func (c *checker) clause(rule string) result.Clause {
	for _, p := range c.plans {
		if r := p.rule(rule); r != nil {
			return r.Clause
		}
	}
	return result.Clause{}
}

// worse is the status that weighs more.
func worse(a, b domain.Status) domain.Status {
	for _, s := range []domain.Status{domain.Fail, domain.NotChecked, domain.Warn, domain.Justified} {
		if a == s || b == s {
			return s
		}
	}
	return a
}
