package evaluation

import (
	"cmp"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
)

// askedPaper is a paper that a rule looks for, and the document that answers;
// nil where none does.
type askedPaper struct {
	wanted
	answer *plan.Document
}

// papersOf lists every paper once: those asked for, in the order of the rules,
// then documents of the plan that no rule asks for, in the order in which a
// project needs them, wherever plan.yaml has them.
func papersOf(p *plan.Plan, judged []*ruleEvaluation) []result.Paper {
	type key struct{ title, of geo.Text }
	out, listed, answers := []result.Paper{}, map[key]bool{}, map[*plan.Document]bool{}
	for _, c := range judged {
		for _, a := range c.asked {
			row := result.Paper{Rule: c.rule.ID, Title: paperTitle(a.Paper), Of: a.from, State: result.Missing}
			if d := a.answer; d != nil {
				answers[d] = true
				row.File, row.State = d.File, stateOf(d)
			}
			if k := (key{row.Title, row.Of}); !listed[k] {
				listed[k] = true
				out = append(out, row)
			}
		}
	}
	var unasked []*plan.Document
	for i := range p.Documents {
		if d := &p.Documents[i]; !answers[d] {
			unasked = append(unasked, d)
		}
	}
	order := domain.DocumentKinds()
	slices.SortStableFunc(unasked, func(a, b *plan.Document) int {
		return cmp.Or(slices.Index(order, a.Kind)-slices.Index(order, b.Kind), strings.Compare(a.File, b.File))
	})
	for _, d := range unasked {
		out = append(out, unaskedPaper(d))
	}
	return out
}

func stateOf(d *plan.Document) result.PaperState {
	switch {
	case !d.Present:
		return result.NotCounted
	case d.Agrees == plan.Disagrees:
		return result.Against
	case d.Agrees == plan.WithConditions:
		return result.WithConditions
	}
	return result.HandedIn
}

// unaskedPaper is a document that answers no rule: it is beside the point at
// this stage, a second one of its kind, or does not count.
func unaskedPaper(d *plan.Document) result.Paper {
	row := result.Paper{Title: domain.DocumentTitle(d.Kind), File: d.File, State: stateOf(d)}
	switch {
	case d.Village != "":
		row.Of = geo.Text{ZH: d.Village, EN: d.Village}
	case d.From != "":
		row.Of = domain.DepartmentTitle(d.From)
	case d.SubProject != "":
		row.Of = geo.Textf("子项目 %s", "sub-project %s", d.SubProject)
	}
	if !d.Present && !d.Why.IsZero() {
		row.Note = &d.Why
	}
	return row
}
