package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string           `xml:"name,attr"`
	Tests    int              `xml:"tests,attr"`
	Failures int              `xml:"failures,attr"`
	Errors   int              `xml:"errors,attr"`
	Skipped  int              `xml:"skipped,attr"`
	About    *junitProperties `xml:"properties"`
	Cases    []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	List []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitFailure `xml:"failure"`
	Error   *junitFailure `xml:"error"`
	Skipped *junitSkipped `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// junitFindings is how many findings a failure spells out.
const junitFindings = 100

// writeJUnit writes a test case per rule, a suite per subject. A warning or a
// justified rule passes; what is measured goes to system-out. A rule without
// which there is no verdict is an error, so that a pipeline does not take an
// incomplete check for a good one; where no rule is (checked strictly), the verdict
// gets a case of its own. The first suite's properties hold headline and
// reservations.
func writeJUnit(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	return encodeJUnit(w, junitOf(in))
}

// junitOf is a report as suites.
func junitOf(in Input) junitSuites {
	r := in.Report
	all := junitSuites{Name: "landcheck " + suiteName(r)}
	a := HeadlineOf(r)
	for _, s := range subjects(r) {
		suite := junitSuite{Name: domain.RuleGroupTitle(s.Group).In(in.Lang)}
		for _, rule := range s.Rules {
			c := junitCaseOf(rule, in)
			suite.Tests++
			suite.Failures += b2i(c.Failure != nil)
			suite.Errors += b2i(c.Error != nil)
			suite.Skipped += b2i(c.Skipped != nil)
			suite.Cases = append(suite.Cases, c)
		}
		all.add(suite)
	}
	if r.Verdict == domain.Incomplete && all.Errors == 0 {
		c := junitCase{Name: "verdict", Class: "landcheck." + r.Rulebook.ID, Error: &junitFailure{Type: "incomplete", Message: a.Head.In(in.Lang), Text: remarksText(a, in.Lang)}}
		all.add(junitSuite{Name: geo.Text{ZH: "结论", EN: "Verdict"}.In(in.Lang), Tests: 1, Errors: 1, Cases: []junitCase{c}})
	}
	if len(all.Suites) > 0 {
		all.Suites[0].About = junitAbout(r, a, in.Lang)
	}
	return all
}

// add takes a suite in and counts it.
func (all *junitSuites) add(s junitSuite) {
	all.Tests += s.Tests
	all.Failures += s.Failures
	all.Errors += s.Errors
	all.Skipped += s.Skipped
	all.Suites = append(all.Suites, s)
}

// junitAbout is the headline as properties of a suite.
func junitAbout(r *result.Report, a Headline, lang string) *junitProperties {
	p := &junitProperties{List: []junitProperty{
		{"verdict", string(r.Verdict)}, {"headline", clean(a.Head.In(lang))}, {"meaning", clean(a.Means.In(lang))}, {"rulebook", clean(r.Rulebook.ID)},
	}}
	for _, m := range a.Remarks {
		p.List = append(p.List, junitProperty{"reservation", clean(m.Text.In(lang))})
	}
	if r.Baseline != nil {
		p.List = append(p.List, junitProperty{"baseline", baselineLine(r.Baseline).In(lang)})
	}
	for _, file := range r.Plan.Ignored {
		p.List = append(p.List, junitProperty{"ignored", clean(file)})
	}
	return p
}

func remarksText(a Headline, lang string) string {
	var b strings.Builder
	for _, m := range a.Remarks {
		fmt.Fprintf(&b, "%s\n", clean(m.Text.In(lang)))
	}
	return b.String()
}

func junitCaseOf(r *result.RuleResult, in Input) junitCase {
	c := junitCase{Name: r.ID, Class: "landcheck." + in.Report.Rulebook.ID + "." + r.Group, Out: measuresText(r, in.Lang)}
	if r.Status != domain.Fail && r.Incomplete {
		c.Error = &junitFailure{Type: "incomplete", Message: domain.NotChecked.Title().In(in.Lang) + ": " + r.Title.In(in.Lang), Text: findingsText(r, in.Lang)}
		if r.Note != nil {
			c.Error.Message = domain.NotChecked.Title().In(in.Lang) + ": " + clean(r.Note.In(in.Lang))
		}
		return c
	}
	switch r.Status {
	case domain.Fail:
		if allKnown(r) {
			c.Skipped = &junitSkipped{geo.Text{ZH: "问题都在基准中", EN: "every finding is in the baseline"}.In(in.Lang) + ": " + r.Title.In(in.Lang)}
			c.Out = findingsText(r, in.Lang) + c.Out
			break
		}
		c.Failure = &junitFailure{Type: string(r.Level), Message: r.Title.In(in.Lang), Text: findingsText(r, in.Lang)}
	case domain.NotChecked, domain.NotApplicable:
		c.Skipped = &junitSkipped{r.Status.Title().In(in.Lang)}
		if r.Note != nil {
			c.Skipped.Message += ": " + r.Note.In(in.Lang)
		}
	}
	return c
}

func measuresText(r *result.RuleResult, lang string) string {
	var b strings.Builder
	for _, m := range r.Measures {
		fmt.Fprintf(&b, "%s %s: %s\n", mark(m.Status), clean(scopeName(m.Scope).In(lang)), line(m, lang))
		for _, t := range terms(m) {
			fmt.Fprintf(&b, "    %s = %s\n", t.Name, t.Value)
		}
	}
	if r.Status != domain.Fail {
		b.WriteString(findingsText(r, lang))
	}
	return b.String()
}

func findingsText(r *result.RuleResult, lang string) string {
	var b strings.Builder
	for i, f := range r.Findings {
		if i == junitFindings {
			b.WriteString(geo.Textf("… 另 %d 处，见 JSON 报告\n", "… %d more, see the JSON report\n", len(r.Findings)-i).In(lang))
			break
		}
		fmt.Fprintf(&b, "[%s]%s %s\n", f.ID, baselineMark(&r.Findings[i]).In(lang), clean(f.Message.In(lang)))
		if !f.Remedy.IsZero() {
			fmt.Fprintf(&b, "    → %s\n", clean(f.Remedy.In(lang)))
		}
	}
	return b.String()
}

// suiteName is the plan's code, or the file of a layer that was checked by itself.
func suiteName(r *result.Report) string {
	if r.Layer != nil {
		return nameOf(r)
	}
	return r.Plan.Code
}
