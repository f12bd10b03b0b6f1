package report

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// Overview is a report without its findings and with every figure in words: as
// much as a page shows first, small however many findings there are.
type Overview struct {
	Verdict domain.Verdict `json:"verdict"`
	Headline
	Plan      result.PlanInfo   `json:"plan"`
	Base      result.BaseInfo   `json:"base"`
	Rulebook  result.BookInfo   `json:"rulebook"`
	Engine    result.EngineInfo `json:"engine"`
	Summary   result.Summary    `json:"summary"`
	Rules     []OverviewRule    `json:"rules"` // by subject
	LandUse   []OverviewClass   `json:"land_use"`
	Years     []result.YearRow  `json:"years"`
	FormTitle geo.Text          `json:"form_title"`
	Form      []OverviewForm    `json:"form"` // empty where the plan moves no PBF
	Notices   []OverviewNotice  `json:"notices"`
	Slivers   geo.Text          `json:"slivers"` // the slivers that were left out
	Faces     int               `json:"faces"`
	Changed   float64           `json:"changed_m2"`
}

// OverviewRule is what became of a rule. Measures come worst first, as
// many as the HTML report shows; More counts the others.
type OverviewRule struct {
	ID       string                `json:"id"`
	Group    string                `json:"group"`
	Subject  geo.Text              `json:"subject"` // the group in words
	Level    domain.Level          `json:"level"`
	Status   domain.Status         `json:"status"`
	Clause   result.Clause         `json:"clause"`
	Title    geo.Text              `json:"title"`
	Help     geo.Text              `json:"help"`
	Note     *geo.Text             `json:"note,omitempty"`
	Measures []OverviewMeasure     `json:"measures"`
	More     int                   `json:"more"`
	Findings map[domain.Status]int `json:"findings"` // how many of each status
}

// OverviewMeasure is a measure and its figures in words.
type OverviewMeasure struct {
	result.Measure
	Where  geo.Text `json:"where"`  // the scope in words
	Value  geo.Text `json:"shown"`  // "4.87 %"
	Limit  geo.Text `json:"bound"`  // "上限 5.00 %", empty where the value is only shown
	Margin geo.Text `json:"spare"`  // "余 3.2000 公顷"
	Beyond bool     `json:"beyond"` // the limit is missed and nothing justifies it
}

// OverviewClass is a row of the land-use table with its group in words.
type OverviewClass struct {
	result.ClassRow
	GroupTitle geo.Text `json:"group_title"`
}

// OverviewForm is a row of the review form. A section's first row has its name
// and how many rows it has; a row without columns has one value in Wide.
type OverviewForm struct {
	Section geo.Text `json:"section"`
	Rows    int      `json:"rows"`
	Label   geo.Text `json:"label"`
	Out     string   `json:"out"`
	In      string   `json:"in"`
	Wide    geo.Text `json:"wide"`
	IsWide  bool     `json:"is_wide"`
}

// OverviewNotice is something odd about an input.
type OverviewNotice struct {
	Severity geo.Severity `json:"severity"`
	Text     geo.Text     `json:"text"`
}

// NewOverview sums up a report.
func NewOverview(r *result.Report) *Overview {
	v := &Overview{
		Verdict: r.Verdict, Headline: HeadlineOf(r),
		Plan: r.Plan, Base: r.Base, Rulebook: r.Rulebook, Engine: r.Engine, Summary: r.Summary,
		Rules: []OverviewRule{}, LandUse: []OverviewClass{}, Years: r.Years, FormTitle: formTitle(), Form: []OverviewForm{},
		Notices: []OverviewNotice{}, Slivers: slivers(r), Faces: r.Ledger.Faces, Changed: r.Ledger.Changed,
	}
	for _, s := range subjects(r) {
		for _, rule := range s.Rules {
			v.Rules = append(v.Rules, overviewRule(rule))
		}
	}
	for _, row := range r.LandUse {
		if row.Title.IsZero() {
			row.Title = same(row.Name)
		}
		v.LandUse = append(v.LandUse, OverviewClass{row, domain.ClassGroupTitle(row.Group)})
	}
	if r.Form != nil {
		for _, row := range formRows(r.Form) {
			v.Form = append(v.Form, OverviewForm{row.Section, row.Rows, row.Label, row.Out, row.In, row.Wide, row.IsWide})
		}
	}
	if left := ignored(r, pageRefs); !left.IsZero() {
		v.Notices = append(v.Notices, OverviewNotice{geo.Info, left})
	}
	list := gather(r.Inputs)
	for _, n := range list[:min(len(list), pageNotices)] {
		v.Notices = append(v.Notices, OverviewNotice(n))
	}
	return v
}

func overviewRule(r *result.RuleResult) OverviewRule {
	v := OverviewRule{ID: r.ID, Group: r.Group, Subject: domain.RuleGroupTitle(r.Group), Level: r.Level, Status: r.Status, Clause: r.Clause,
		Title: r.Title, Help: r.Help, Note: r.Note, Measures: []OverviewMeasure{}, Findings: map[domain.Status]int{}}
	for i := range r.Findings {
		v.Findings[r.Findings[i].Status]++
	}
	for i, m := range worstMeasures(r) {
		if i == pageScopes {
			v.More = len(r.Measures) - i
			break
		}
		shown := measureViewOf(m)
		m.Note = shown.Note
		v.Measures = append(v.Measures, OverviewMeasure{m, shown.Scope, shown.Value, shown.Limit, shown.Margin, shown.Over})
	}
	return v
}
