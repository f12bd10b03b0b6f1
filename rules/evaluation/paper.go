package evaluation

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// wanted is one paper that a rule looks for.
type wanted struct {
	rulebook.Paper
	scope result.Scope
	from  geo.Text // department, village or sub-project, as a person calls it
	entry string   // what a line of documents says beside the kind
	fits  func(*plan.Document) bool
}

// due reports whether a paper is wanted at this stage, of this plan.
func (c *ruleEvaluation) due(p rulebook.Paper) bool {
	if len(p.Stages) > 0 && !slices.Contains(p.Stages, c.o.Stage) {
		return false
	}
	return p.When != "quota-leaves-county" || c.quotaLeaves()
}

// quotaLeaves reports quota that goes to another county.
func (c *ruleEvaluation) quotaLeaves() bool {
	q := c.l.Plan.Quota
	return q != nil && q.DestinationCounty != "" && q.DestinationCounty != c.l.Plan.County
}

// perSubProject wants a paper of each sub-project: of those up for acceptance at
// that stage, else of all that the plan's changes name. Where none has a number
// the plan is one project and one paper serves.
func (c *ruleEvaluation) perSubProject(p rulebook.Paper) (out []wanted) {
	var numbers []string
	bare := 0
	for i := range c.l.Plan.Changes {
		n := c.l.Plan.Changes[i].SubProject
		switch {
		case n == "":
			bare++
		case c.o.Stage != domain.SubprojectAcceptance || len(c.o.SubProjects) == 0 || slices.Contains(c.o.SubProjects, n):
			numbers = append(numbers, n)
		}
	}
	if c.o.Stage == domain.SubprojectAcceptance {
		numbers = append(numbers, c.o.SubProjects...)
	}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		s := result.Scope{Kind: "subproject", Code: n}
		out = append(out, wanted{p, s, geo.Textf("子项目 %s", "sub-project %s", n), ", subproject: " + n, func(d *plan.Document) bool { return d.SubProject == n }})
	}
	if len(out) == 0 && bare > 0 {
		out = append(out, wanted{p, c.whole(), geo.Text{}, "", func(*plan.Document) bool { return true }})
	} else if bare > 0 {
		c.note(geo.Textf("有 %d 个变更图斑没有子项目编号（XMBH），不知道属于哪个子项目", "%d changes have no sub-project number (XMBH): it is not known where they belong", bare))
	}
	return out
}

// papers looks for a wanted paper: one that serves, one that is against, one
// that agrees with conditions; nil where there is none.
func (c *ruleEvaluation) papers(w wanted) (found, no, conditions *plan.Document) {
	for i := range c.l.Plan.Documents {
		d := &c.l.Plan.Documents[i]
		if !d.Present || !w.fits(d) || !slices.ContainsFunc(w.Kinds(), func(k string) bool { return domain.CurrentKind(k) == domain.CurrentKind(d.Kind) }) {
			continue
		}
		switch d.Agrees {
		case plan.Disagrees:
			no = d
		case plan.WithConditions:
			found, conditions = d, d
		default:
			found = d
		}
	}
	return found, no, conditions
}

// paperTitle names the paper, or the papers of which one will do.
func paperTitle(p rulebook.Paper) geo.Text {
	var zh, en []string
	for _, kind := range p.Kinds() {
		t := domain.DocumentTitle(kind)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return geo.Text{ZH: strings.Join(zh, "或"), EN: strings.Join(en, " or ")}
}
