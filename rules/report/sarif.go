package report

import (
	"cmp"
	"io"
	"net/url"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
)

// maxSARIF is how many results a SARIF log holds; the rest are counted in a
// notification. Code-scanning services refuse longer logs.
const maxSARIF = 5000

// writeSARIF writes SARIF 2.1.0 (OASIS): a result per finding, worst first.
func writeSARIF(w io.Writer, in Input) error {
	if err := in.check(Format{}); err != nil {
		return err
	}
	return EncodeJSON(w, sarifFile(sarifOf(in, maxSARIF)))
}

// sarifFile is a log of runs.
func sarifFile(runs ...sarifRun) sarifLog {
	return sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    runs,
	}
}

// newSARIFRun is a successful run without rules and results.
func newSARIFRun(version, lang string) sarifRun {
	language := "zh-CN"
	if lang == "en" {
		language = "en-US"
	}
	return sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: "landcheck", Version: version, Language: language, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{Successful: true}},
		Language:    language,
		Results:     []sarifResult{},
	}
}

// sarifOf is a report as a run of so many results at most.
func sarifOf(in Input, most int) sarifRun {
	r, lang := in.Report, in.Lang
	a := HeadlineOf(r)
	run := newSARIFRun(r.Engine.Version, lang)
	run.Tool.Driver.About = cmp.Or(in.Docs, DefaultDocs)
	run.Tool.Driver.Properties = map[string]string{"geos": r.Engine.GEOS, "rulebook": r.Rulebook.ID, "rulebookDigest": r.Rulebook.Digest}
	run.Properties = &sarifRunProps{Verdict: string(r.Verdict), Headline: a.Head.In(lang), Reservations: []string{}, Ignored: r.Plan.Ignored,
		PlanCode: r.Plan.Code, PlanDigest: r.Plan.Digest}
	at := map[*result.RuleResult]int{}
	for i := range r.Rules {
		at[&r.Rules[i]] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(&r.Rules[i], in))
	}
	all := problems(r)
	notes := &run.Invocations[0].Notifications
	*notes = append(*notes, sarifNotification{Level: headlineLevel(a.Tone), Message: sarifMessage{a.Head.In(lang) + geo.Text{ZH: "。", EN: ". "}.In(lang) + a.Means.In(lang)}})
	for _, m := range a.Remarks {
		text := m.Text.In(lang)
		run.Properties.Reservations = append(run.Properties.Reservations, text)
		*notes = append(*notes, sarifNotification{Level: "warning", Message: sarifMessage{text}})
	}
	if b := r.Baseline; b != nil {
		*notes = append(*notes, sarifNotification{Level: "note", Message: sarifMessage{baselineLine(b).In(lang)}})
	}
	if n := len(all) - most; n > 0 {
		all = all[:most]
		*notes = append(*notes, sarifNotification{Level: "note", Message: sarifMessage{geo.Textf(
			"另有 %[1]d 处问题未列出，见 JSON 报告", "%[1]d more findings are not listed; see the JSON report", n).In(lang)}})
	}
	for _, f := range all {
		run.Results = append(run.Results, sarifResultOf(f, at[f.Rule], in))
	}
	for _, u := range unchecked(r) {
		text := u.Status.Title().In(lang) + ": " + u.Title.In(lang)
		if u.Note != nil {
			text += " — " + u.Note.In(lang)
		}
		*notes = append(*notes, sarifNotification{Level: "warning", Message: sarifMessage{text}, Rule: &sarifRuleRef{ID: u.ID, Index: at[u]}})
	}
	for _, n := range gather(r.Inputs) {
		*notes = append(*notes, sarifNotification{Level: sarifSeverity(n.Severity), Message: sarifMessage{n.Text.In(lang)}})
	}
	return run
}

func sarifRuleOf(r *result.RuleResult, in Input) sarifRule {
	lang := in.Lang
	title := r.Title.In(lang)
	out := sarifRule{
		ID: r.ID, Name: r.ID, Short: sarifMessage{title}, Full: sarifMessage{title}, Help: sarifMessage{title}, HelpURI: helpURI(in, r.ID),
		Properties: map[string]string{"level": string(r.Level), "group": r.Group, "status": string(r.Status), "clause": r.Clause.Section},
	}
	if r.Level == domain.Advisory {
		out.Default = &sarifDefault{"warning"}
	} else {
		out.Default = &sarifDefault{"error"}
	}
	if r.Clause.Text != "" {
		out.Full.Text = strings.TrimSpace(r.Clause.Section + " " + r.Clause.Text)
	}
	if t := r.Help.In(lang); t != "" {
		out.Help.Text = t
	}
	return out
}

// helpURI is where the manual has a rule: each built-in rulebook is a page of it.
func helpURI(in Input, rule string) string {
	lang := "zh"
	if in.Lang == "en" {
		lang = in.Lang
	}
	return strings.TrimRight(cmp.Or(in.Docs, DefaultDocs), "/") + "/" + lang + "/" + url.PathEscape(in.Report.Rulebook.ID) + "#" + url.PathEscape(rule)
}

func sarifResultOf(f NumberedFinding, index int, in Input) sarifResult {
	d, lang := f.Finding, in.Lang
	text := d.Message.In(lang)
	if !d.Remedy.IsZero() {
		text = strings.TrimRight(text, "。.") + geo.Text{ZH: "。怎么改：", EN: ". Fix: "}.In(lang) + d.Remedy.In(lang)
	}
	text = noLink(text)
	out := sarifResult{
		Rule: f.Rule.ID, Index: index, Level: sarifLevel(d.Status), Message: sarifMessage{text}, Baseline: string(d.Baseline),
		Fingerprints: map[string]string{"landcheckFinding/v1": d.ID},
		Properties: sarifProperties{Status: string(d.Status), Clause: string(f.Rule.Level), Area: d.Area,
			ScopeKind: d.Scope.Kind, ScopeCode: d.Scope.Code, ScopeName: d.Scope.Name, BBox: d.BBox},
	}
	if d.Status == domain.Justified {
		out.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: d.Remedy.In(lang)}}
	}
	loc := sarifLocation{Physical: sarifPlace(d, in)}
	for _, ref := range d.Features {
		loc.Logical = append(loc.Logical, sarifLogical{Name: refID(ref), Full: ref.Role + "/" + refID(ref), Kind: "feature"})
	}
	if loc.Physical != nil || loc.Logical != nil {
		out.Locations = []sarifLocation{loc}
	}
	return out
}

// noLink leaves no link in a message: what stands in a plan's names would
// become one (SARIF 3.11.6).
func noLink(text string) string { return strings.ReplaceAll(text, "](", "] (") }

// sarifLevel is how loud a result is; the strength of the clause stands in the
// properties.
func sarifLevel(s domain.Status) string {
	switch s {
	case domain.Fail:
		return "error"
	case domain.Warn, domain.NotChecked:
		return "warning"
	}
	return "note"
}

// headlineLevel is how loud a verdict is; what breaks a rule is a result, and
// the run itself was successful.
func headlineLevel(t Tone) string {
	if t == Clear {
		return "note"
	}
	return "warning"
}

func sarifSeverity(s geo.Severity) string {
	switch s {
	case geo.Error:
		return "error"
	case geo.Warning:
		return "warning"
	}
	return "note"
}
