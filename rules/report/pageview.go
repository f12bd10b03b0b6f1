package report

import (
	"html/template"
	"math"
	"strconv"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"
)

// How much of a long list a page shows; the JSON report has all.
const (
	pageFindings = 1000
	pageRefs     = 40
	pageScopes   = 60
	pageNotices  = 200
	pageSimilar  = 20
	pageRemarks  = 20
)

// pageView is what the page template shows.
type pageView struct {
	Lang, HTMLLang, Policy string
	Style, Sheet           template.CSS
	Script                 template.JS
	R                      *result.Report
	Name                   string
	Advice                 Headline
	Remarks                []Remark
	MoreRemarks            int
	Verdict                domain.Status
	Counts                 []count
	Map                    template.HTML
	MapHeight              int // px, of a width of viewportWidth; 0 without a map
	Legend                 []legendEntry
	Subjects               []subjectView
	Findings               []findingView
	More, MoreNotices      int
	Unchecked              []*result.RuleResult
	Townships              []measureView
	YearChart              template.HTML
	LandUse                []landUseView
	FormTitle              geo.Text
	Form                   []formRow
	Slivers                geo.Text
	Notices                []noticeView
	Dated                  geo.Text
	Baseline               *geo.Text // how the findings stand against an earlier report
	Seal                   Seal
	Paper                  paperView

	Printed, PrintedScopes, PrintedNotices int // how many of a list are printed
}

type count struct {
	Status domain.Status
	N      int
}

type subjectView struct {
	Group string
	Rules []ruleView
}

type ruleView struct {
	*result.RuleResult
	Measures []measureView
	More     int
	Findings []findingLink // folded
	Others   int
}

type findingLink struct {
	Number int
	Anchor string
}

type measureView struct {
	Scope       geo.Text
	Status      domain.Status
	Label, Note *geo.Text
	Value       geo.Text
	Limit       geo.Text // "上限 5.00 %"
	Margin      geo.Text
	Close       bool
	Over        bool
	Bar         template.HTML
	Terms       []term
}

type findingView struct {
	NumberedFinding
	Refs    geo.Text
	FewRefs geo.Text // as many as are printed
	Place   string
	OnMap   bool
	Rest    *geo.Text // after it: how many more of its kind
	Known   geo.Text  // that the baseline holds it
}

type landUseView struct {
	result.ClassRow
	Word geo.Text
	Show geo.Text
}

type noticeView struct{ Severity, Text geo.Text }

func newPageView(in Input, seal Seal) pageView {
	r := in.Report
	a := HeadlineOf(r)
	v := pageView{
		Lang: "zh", HTMLLang: "zh-CN", Style: template.CSS(pageStyle), Script: template.JS(pageScript),
		R: r, Name: nameOf(r), Advice: a, Verdict: toneStatus(a.Tone), Unchecked: unchecked(r), Slivers: slivers(r), Dated: in.dated(), Seal: seal,
		YearChart: template.HTML(yearChart(r.Years)),
		Printed:   paperFindings, PrintedScopes: paperScopes, PrintedNotices: paperNotices,
	}
	if in.Lang == "en" {
		v.Lang, v.HTMLLang = "en", "en"
	}
	v.Remarks = a.Remarks[:min(len(a.Remarks), pageRemarks)]
	v.MoreRemarks = len(a.Remarks) - len(v.Remarks)
	s := r.Summary
	v.Counts = []count{{domain.Fail, s.Fail}, {domain.NotChecked, s.NotChecked}, {domain.Warn, s.Warn}, {domain.Justified, s.Justified}, {domain.Pass, s.Pass}, {domain.NotApplicable, s.NotApplicable}}
	if r.Baseline != nil {
		line := baselineLine(r.Baseline)
		v.Baseline = &line
	}
	v.findings(in)
	v.rules(r)
	for _, row := range r.LandUse {
		show := row.Title
		if show.IsZero() {
			show = same(row.Name)
		}
		v.LandUse = append(v.LandUse, landUseView{row, domain.ClassGroupTitle(row.Group), show})
	}
	if r.Form != nil {
		v.FormTitle, v.Form = formTitle(), formRows(r.Form)
	}
	if left := ignored(r, pageRefs); !left.IsZero() {
		v.Notices = append(v.Notices, noticeView{domain.SeverityTitle(geo.Info), left})
	}
	list := gather(r.Inputs)
	for i, n := range list {
		if i == pageNotices {
			v.MoreNotices = len(list) - i
			break
		}
		v.Notices = append(v.Notices, noticeView{domain.SeverityTitle(n.Severity), n.Text})
	}
	v.Paper = newPaperView(&v, in)
	sheet := paperSheet(&v)
	v.Policy, v.Sheet = policy(sheet), template.CSS(sheet)
	return v
}

func (v *pageView) findings(in Input) {
	var all []NumberedFinding
	rest := map[int]*geo.Text{} // by the number of the finding before
	shown, problems := 0, problems(in.Report)
	for _, kind := range groupSimilar(problems, pageSimilar) {
		if len(all) >= pageFindings {
			break
		}
		all = append(all, kind.Full...)
		if n := len(kind.Rest); n > 0 {
			rest[kind.Full[len(kind.Full)-1].Number] = &geo.Text{ZH: restLine(kind.Rest, "zh", pageRefs), EN: restLine(kind.Rest, "en", pageRefs)}
			shown += n
		}
	}
	v.More = len(problems) - shown - len(all)
	numbers := map[string]int{}
	for _, f := range all {
		numbers[f.Finding.ID] = f.Number
	}
	svg, legend, numbered := drawMap(in.Drawing, numbers)
	v.Map, v.Legend = template.HTML(svg), legend
	if svg != "" {
		c, _ := newViewport(in.Drawing)
		v.MapHeight = c.height
	}
	for _, f := range all {
		v.Findings = append(v.Findings, findingView{NumberedFinding: f, Refs: refsOf(f, pageRefs), FewRefs: refsOf(f, paperRefs), Place: place(f.Finding.BBox),
			OnMap: numbered[f.Finding.ID], Rest: rest[f.Number], Known: baselineMark(f.Finding)})
	}
}

func refsOf(f NumberedFinding, most int) geo.Text {
	return geo.Text{ZH: refList(f.Finding.Features, "zh", most), EN: refList(f.Finding.Features, "en", most)}
}

func (v *pageView) rules(r *result.Report) {
	numbers := map[*result.RuleResult][]findingLink{}
	for _, f := range v.Findings {
		numbers[f.Rule] = append(numbers[f.Rule], findingLink{f.Number, slug(f.Finding.ID)})
	}
	for _, s := range subjects(r) {
		sv := subjectView{Group: s.Group}
		for _, rule := range s.Rules {
			rv := ruleView{RuleResult: rule, Findings: numbers[rule]}
			if len(rv.Findings) > 12 {
				rv.Findings = rv.Findings[:12]
			}
			rv.Others = len(numbers[rule]) - len(rv.Findings)
			for i, m := range worstMeasures(rule) {
				if i == pageScopes {
					rv.More = len(rule.Measures) - i
					break
				}
				mv := measureViewOf(m)
				rv.Measures = append(rv.Measures, mv)
				if townshipShare(m) {
					v.Townships = append(v.Townships, mv)
				}
			}
			sv.Rules = append(sv.Rules, rv)
		}
		v.Subjects = append(v.Subjects, sv)
	}
}

func measureViewOf(m result.Measure) measureView {
	zh, en := textOfMeasure(m, "zh"), textOfMeasure(m, "en")
	v := measureView{Scope: scopeName(m.Scope), Status: m.Status, Label: m.Label, Note: unsaid(m), Close: m.Close,
		Value: geo.Text{ZH: zh.Value, EN: en.Value}, Over: m.Margin < 0 && m.Status != domain.Justified, Terms: terms(m)}
	if !zh.Margin.IsZero() {
		v.Margin = marginText(m, wording.AreaAlone)
	}
	if zh.Limit != "" {
		v.Limit = geo.Text{ZH: bound(m, zh.Limit).ZH, EN: bound(m, en.Limit).EN}
		v.Bar = template.HTML(bar(m))
	}
	return v
}

// bar draws a value against its limit. Where the limit is nothing the bar
// leaves the middle to either side, as wide as the value is to the largest of
// its terms.
func bar(m result.Measure) string {
	class := "ok"
	if m.Status == domain.Fail || m.Status == domain.Warn || m.Status == domain.Justified {
		class = string(m.Status)
	}
	num := func(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
	head := `<svg class="bar ` + class + `" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/>`
	switch {
	case math.IsNaN(m.Value) || math.IsInf(m.Value, 0) || m.Unit == "count" && m.Limit == 0:
		return ""
	case m.Limit > 0 && m.Value >= 0:
		most := math.Max(m.Value, m.Limit) * 1.2
		return head + `<rect class="fill" width="` + num(100*m.Value/most) + `" height="10"/><rect class="tick" x="` + num(100*m.Limit/most-0.5) + `" width="1" height="10"/></svg>`
	case m.Limit == 0:
		most := math.Abs(m.Value)
		for _, k := range sortedKeys(m.Terms) {
			most = math.Max(most, math.Abs(m.Terms[k]))
		}
		if most == 0 {
			return ""
		}
		w := 48 * math.Abs(m.Value) / most
		x := 50.0
		if m.Value < 0 {
			x -= w
		}
		return head + `<rect class="fill" x="` + num(x) + `" width="` + num(math.Max(w, 0.5)) + `" height="10"/><rect class="tick" x="49.5" width="1" height="10"/></svg>`
	}
	return ""
}

// place is where a finding lies, to a person: the middle of its box.
func place(box []float64) string {
	if len(box) != 4 {
		return ""
	}
	return fixed((box[0]+box[2])/2, 1, 0, 5) + "°E, " + fixed((box[1]+box[3])/2, 1, 0, 5) + "°N"
}

// unsaid is a measure's note where the line of value and limit does not say
// the same already.
func unsaid(m result.Measure) *geo.Text {
	if m.Op != "" {
		return nil
	}
	return m.Note
}
