package diff

import (
	"landcheck/rules/result"
)

// Compare holds a new report against an old one. Lists come in the order of
// the reports, so that the same two give the same bytes.
func Compare(old, new *result.Report) *Diff {
	d := &Diff{Schema: Schema, Old: runOf(old), New: runOf(new),
		Added: []Finding{}, Fixed: []Finding{}, Unchanged: []Finding{}, Rules: []RuleChange{}, Values: []ValueChange{}}
	before, after := byID(old), byID(new)
	for i := range new.Rules {
		r := &new.Rules[i]
		for _, f := range r.Findings {
			found := Finding{Rule: r.ID, Level: r.Level, Title: r.Title, Finding: f}
			if was, ok := before[f.ID]; ok {
				found.OldArea = &was.Area
				d.Unchanged = append(d.Unchanged, found)
			} else {
				d.Added = append(d.Added, found)
			}
		}
	}
	for i := range old.Rules {
		r := &old.Rules[i]
		for _, f := range r.Findings {
			if _, ok := after[f.ID]; !ok {
				d.Fixed = append(d.Fixed, Finding{Rule: r.ID, Level: r.Level, Title: r.Title, Finding: f})
			}
		}
	}
	d.Count = Count{len(d.Added), len(d.Fixed), len(d.Unchanged)}
	d.compareRules(old, new)
	return d
}

func runOf(r *result.Report) Run {
	return Run{Verdict: r.Verdict, Plan: r.Plan.Code, Stage: r.Plan.Stage, PlanDigest: r.Plan.Digest,
		Rulebook: r.Rulebook.ID, BookDigest: r.Rulebook.Digest, BaseSource: r.Base.Source}
}

func byID(r *result.Report) map[string]*result.Finding {
	out := map[string]*result.Finding{}
	for i := range r.Rules {
		for j := range r.Rules[i].Findings {
			f := &r.Rules[i].Findings[j]
			out[f.ID] = f
		}
	}
	return out
}

// compareRules finds other statuses and figures: rules of the new report in
// its order, then those that it has not.
func (d *Diff) compareRules(old, new *result.Report) {
	was := map[string]*result.RuleResult{}
	for i := range old.Rules {
		was[old.Rules[i].ID] = &old.Rules[i]
	}
	here := map[string]bool{}
	for i := range new.Rules {
		r := &new.Rules[i]
		here[r.ID] = true
		o := was[r.ID]
		if o == nil {
			d.Rules = append(d.Rules, RuleChange{r.ID, r.Title, "", r.Status})
			continue
		}
		if o.Status != r.Status {
			d.Rules = append(d.Rules, RuleChange{r.ID, r.Title, o.Status, r.Status})
		}
		d.compareMeasures(o, r)
	}
	for i := range old.Rules {
		if o := &old.Rules[i]; !here[o.ID] {
			d.Rules = append(d.Rules, RuleChange{o.ID, o.Title, o.Status, ""})
		}
	}
}

// measured names a measure within its rule: several of one scope differ by
// label and unit.
type measured struct {
	scope       result.Scope
	label, unit string
}

func nameOf(m *result.Measure) measured {
	n := measured{scope: m.Scope, unit: m.Unit}
	n.scope.Name = "" // a township renamed is the same township
	if m.Label != nil {
		n.label = m.Label.EN
	}
	return n
}

func (d *Diff) compareMeasures(old, new *result.RuleResult) {
	was := map[measured]*result.Measure{}
	for i := range old.Measures {
		was[nameOf(&old.Measures[i])] = &old.Measures[i]
	}
	for i := range new.Measures {
		m := &new.Measures[i]
		o := was[nameOf(m)]
		if o == nil || o.Value == m.Value && o.Limit == m.Limit {
			continue
		}
		d.Values = append(d.Values, ValueChange{Rule: new.ID, Scope: m.Scope, Unit: m.Unit,
			Old: o.Value, New: m.Value, OldLimit: o.Limit, NewLimit: m.Limit, Status: m.Status})
	}
}
