package results

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
)

// Found is a finding with its rule, as the service shows it. Townships are
// those of its scope and of the faces behind it.
type Found struct {
	Number    int          `json:"number"` // worst first
	Rule      string       `json:"rule"`
	Group     string       `json:"group"`
	Level     domain.Level `json:"level"`
	Title     geo.Text     `json:"title"`
	Townships []string     `json:"townships"`
	result.Finding
}

// Found lists a result's findings, worst first.
func (r *Result) Found() ([]Found, error) {
	return r.found.Get(func() ([]Found, error) {
		rep, err := r.Report()
		if err != nil {
			return nil, err
		}
		l, err := r.Ledger()
		if err != nil {
			return nil, err
		}
		return FoundIn(rep, l), nil
	})
}

// FoundIn lists the findings of a report, worst first.
func FoundIn(r *result.Report, l *ledger.Ledger) []Found {
	out := []Found{}
	for _, f := range report.WorstFirst(r) {
		out = append(out, Found{Number: f.Number, Rule: f.Rule.ID, Group: f.Rule.Group, Level: f.Rule.Level,
			Title: f.Rule.Title, Townships: townshipsOf(f.Finding, l), Finding: *f.Finding})
	}
	return out
}

// Brief is a finding without what makes up most of its bytes.
func (f Found) Brief() Found {
	f.Geometry, f.Features, f.Faces = nil, []result.FeatureRef{}, nil
	return f
}

func townshipsOf(f *result.Finding, l *ledger.Ledger) []string {
	list := []string{}
	seen := map[string]bool{"": true}
	add := func(code string) {
		if !seen[code] {
			seen[code] = true
			list = append(list, code)
		}
	}
	if f.Scope.Kind == "township" || f.Scope.Kind == "village" {
		add(plan.TownshipOf(f.Scope.Code))
	}
	for _, id := range f.Faces {
		if id >= 1 && id <= len(l.Faces) {
			add(l.Faces[id-1].Township)
		}
	}
	return list
}
