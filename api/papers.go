package api

import (
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/rulebook"
)

// paperView is a paper that a rule looks for.
type paperView struct {
	Kinds  []string   `json:"kinds"` // any of which will do
	Titles []geo.Text `json:"titles"`
	From   []fromView `json:"from,omitempty"` // one from each of these
	Per    string     `json:"per,omitempty"`
	Stages []string   `json:"stages,omitempty"`  // of the rule's; none: all of them
	OnlyIf string     `json:"only_if,omitempty"` // "land": the plan changes land that the rule is about; "quota-leaves-county"
}

// fromView is a department: as plan.yaml writes it, and as a person calls it.
type fromView struct {
	Name  string   `json:"name"`
	Title geo.Text `json:"title"`
}

func viewPapers(r *rulebook.Rule) (all []paperView) {
	for _, p := range r.Documents.Need {
		v := paperView{Kinds: p.Kinds(), Per: p.Per, OnlyIf: p.When}
		for _, kind := range v.Kinds {
			v.Titles = append(v.Titles, domain.DocumentTitle(kind))
		}
		for _, name := range p.From {
			v.From = append(v.From, fromView{name, domain.DepartmentTitle(name)})
		}
		for _, stage := range p.Stages {
			if len(r.Stages) == 0 || slices.Contains(r.Stages, stage) {
				v.Stages = append(v.Stages, string(stage))
			}
		}
		if v.OnlyIf == "" && r.Among.Given() {
			v.OnlyIf = "land"
		}
		all = append(all, v)
	}
	return all
}
