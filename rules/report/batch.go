package report

import (
	"bytes"
	"fmt"
	"io"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// BatchSchema names the shape of a summary in JSON.
const BatchSchema = "landcheck-summary/1"

// Batch is what came of several packages that were checked in one run, in the
// order in which they are told.
type Batch struct {
	Packages []BatchItem
	// Together is what the plans do to each other; nil where nobody asked.
	Together *result.Together
	Docs     string // address of the manual, as of Input
	Exit     int    // of the run
	Version  string
	Lang     string
	Colour   bool
	Brief    bool // text: of each package the verdict and the first reason alone
}

// BatchItem is one package: its report, or why there is none.
type BatchItem struct {
	Name    string // tells the packages of a run apart: a path with slashes
	Exit    int
	Input   Input    // without a Report where it failed
	Failure *Failure // nil where there is a report
}

// headline is what is said first of a package.
func (b BatchItem) headline() (Tone, geo.Text) {
	if b.Failure != nil {
		return Open, geo.Textf("没有结论：%[1]s", "no verdict: %[2]s", b.Failure.whole.ZH, b.Failure.whole.EN)
	}
	h := HeadlineOf(b.Input.Report)
	return h.Tone, h.Head
}

// BatchSummary is a batch as JSON: landcheck-summary/1.
type BatchSummary struct {
	Schema   string         `json:"schema"`
	Exit     int            `json:"exit"`
	Counts   BatchCounts    `json:"counts"`
	Packages []BatchPackage `json:"packages"`
	// Together is what the plans do to each other, where that was asked for.
	Together *result.Together `json:"together,omitempty"`
}

// BatchCounts counts packages by what came of them.
type BatchCounts struct {
	Compliant  int `json:"compliant"`
	Violations int `json:"violations"`
	Incomplete int `json:"incomplete"`
	Failed     int `json:"failed"` // no verdict
}

// BatchPackage is one package: its report, or why there is none.
type BatchPackage struct {
	Name     string         `json:"package"`
	Exit     int            `json:"exit"`
	Headline geo.Text       `json:"headline"`
	Report   *result.Report `json:"report,omitempty"`
	Error    *Failure       `json:"error,omitempty"`
}

// counts are the packages by verdict.
func (b Batch) counts() BatchCounts {
	var n BatchCounts
	for _, p := range b.Packages {
		switch {
		case p.Failure != nil:
			n.Failed++
		case p.Input.Report.Verdict == domain.Compliant:
			n.Compliant++
		case p.Input.Report.Verdict == domain.Violations:
			n.Violations++
		default:
			n.Incomplete++
		}
	}
	return n
}

// Line is the sum of a batch in one sentence.
func (b Batch) Line() geo.Text {
	n := b.counts()
	return geo.Textf("共 %[1]d 个方案包：符合政策要求 %[2]d · 不符合政策要求 %[3]d · 资料不全 %[4]d · 没有结论 %[5]d",
		"%[1]d packages: %[2]d compliant · %[3]d with violations · %[4]d incomplete · %[5]d without a verdict",
		len(b.Packages), n.Compliant, n.Violations, n.Incomplete, n.Failed)
}

func writeJSONBatch(w io.Writer, b Batch) error {
	out := BatchSummary{Schema: BatchSchema, Exit: b.Exit, Counts: b.counts(), Packages: []BatchPackage{}, Together: b.Together}
	for _, p := range b.Packages {
		_, head := p.headline()
		one := BatchPackage{Name: p.Name, Exit: p.Exit, Headline: head, Error: p.Failure}
		if p.Failure == nil {
			one.Report = withLists(p.Input.Report)
		}
		out.Packages = append(out.Packages, one)
	}
	return EncodeJSON(w, out)
}

// writeSARIFBatch writes a run for each package, which share the number of
// results that a log may have. Services tell runs of one tool
// apart by the id of their automation details.
func writeSARIFBatch(w io.Writer, b Batch) error {
	runs := []sarifRun{}
	left := maxSARIF
	for i, p := range b.Packages {
		run := sarifRun{}
		if p.Failure != nil {
			run = sarifFailure(*p.Failure, b.Lang)
		} else {
			run = sarifOf(p.Input, left/(len(b.Packages)-i))
			left -= len(run.Results)
		}
		run.Automation = &sarifAutomation{ID: "landcheck/" + p.Name + "/"}
		runs = append(runs, run)
	}
	if b.Together != nil {
		runs = append(runs, b.sarifTogether(max(left, 1)))
	}
	return EncodeJSON(w, sarifFile(runs...))
}

// writeJUnitBatch writes the suites of all packages, each with its package's name.
func writeJUnitBatch(w io.Writer, b Batch) error {
	all := junitSuites{Name: "landcheck"}
	for _, p := range b.Packages {
		if p.Failure != nil {
			all.add(junitFailureSuite(clean(p.Name), *p.Failure, b.Lang))
			continue
		}
		for _, s := range junitOf(p.Input).Suites {
			s.Name = clean(p.Name) + " · " + s.Name
			all.add(s)
		}
	}
	if b.Together != nil {
		all.add(b.junitTogether())
	}
	return encodeJUnit(w, all)
}

// writeMarkdownBatch writes a table of the packages, then each one's comment.
func writeMarkdownBatch(w io.Writer, b Batch) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "## %s\n\n", inline(b.Line().In(b.Lang)))
	out.WriteString(geo.Text{ZH: "| | 方案包 | 结论 |\n", EN: "| | Package | Verdict |\n"}.In(b.Lang) + "|---|---|---|\n")
	for _, p := range b.Packages {
		tone, head := p.headline()
		fmt.Fprintf(&out, "| %s | %s | %s |\n", emoji(toneStatus(tone)), inline(p.Name), inline(head.In(b.Lang)))
	}
	if b.Together != nil {
		b.markdownTogether(&out)
	}
	for _, p := range b.Packages {
		fmt.Fprintf(&out, "\n---\n\n# %s\n\n", inline(p.Name))
		if p.Failure != nil {
			for _, e := range p.Failure.Errors {
				fmt.Fprintf(&out, "- %s\n", inline(e.whole.In(b.Lang)))
			}
			continue
		}
		if err := writeMarkdown(&out, p.Input); err != nil {
			return err
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

// writeTextBatch writes each package's report and, last and in sight, what came
// of all of them; of a brief one the latter alone.
func writeTextBatch(w io.Writer, b Batch) error {
	p := newPage(Input{Lang: b.Lang, Colour: b.Colour})
	for _, one := range b.Packages {
		if b.Brief {
			break
		}
		p.heading(clean(one.Name))
		if one.Failure != nil {
			for _, e := range one.Failure.Errors {
				p.hang(" "+mark(domain.NotChecked)+" ", 3, clean(e.whole.In(b.Lang)))
			}
			continue
		}
		if err := writeText(&p.out, one.Input); err != nil {
			return err
		}
	}
	p.heading(b.Line().In(b.Lang))
	for _, one := range b.Packages {
		tone, head := one.headline()
		status := toneStatus(tone)
		p.hang(p.paint(statusColour(status), " "+mark(status)+" "+clean(one.Name))+"  ", 3, clean(head.In(b.Lang)))
		if reason := one.reason(b.Lang); b.Brief && reason != "" {
			p.hang("     ", 5, p.dim(clean(reason)))
		}
	}
	if b.Together != nil {
		p.together(b)
	}
	if b.Brief {
		p.wrap("", geo.Text{ZH: "各方案包的报告：-o report.html 各写一份，-o reports.txt 合为一份",
			EN: "The report of each package: -o report.html writes one for each, -o reports.txt all in one"}.In(b.Lang))
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

// reason is what stands first against a package, or is left open by its verdict,
// and how much more there is; "" of a package with neither.
func (b BatchItem) reason(lang string) string {
	if b.Failure != nil { // the headline has it
		return ""
	}
	r := b.Input.Report
	if all := problems(r); r.Verdict == domain.Violations && len(all) > 0 {
		first, more := all[0].Finding.Message, geo.Text{}
		if n := len(all) - 1; n > 0 {
			more = geo.Textf("（另 %[1]d 处）", " (%[1]d more)", n)
		}
		return geo.Text{ZH: first.ZH + more.ZH, EN: first.EN + more.EN}.In(lang)
	}
	all := remarksOf(r)
	if len(all) == 0 {
		return ""
	}
	more := geo.Text{}
	if n := len(all) - 1; n > 0 {
		more = geo.Textf("（另 %[1]d 条）", " (%[1]d more)", n)
	}
	return geo.Text{ZH: all[0].Text.ZH + more.ZH, EN: all[0].Text.EN + more.EN}.In(lang)
}
