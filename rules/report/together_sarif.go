package report

import (
	"cmp"
	"fmt"
	"io"

	"landcheck/geo"
	"landcheck/rules/result"
)

// sarifTogether is the rules between plans as a run of so many results at most.
func (b Batch) sarifTogether(most int) sarifRun {
	in := b.togetherInput()
	r, t := in.Report, b.Together
	run := newSARIFRun(b.Version, b.Lang)
	run.Automation = &sarifAutomation{ID: "landcheck/" + result.TogetherBook + "/"}
	run.Tool.Driver.About = cmp.Or(b.Docs, DefaultDocs)
	at := map[*result.RuleResult]int{}
	for i := range r.Rules {
		at[&r.Rules[i]] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(&r.Rules[i], in))
	}
	all := problems(r)
	notes := &run.Invocations[0].Notifications
	say := func(level string, text geo.Text) {
		*notes = append(*notes, sarifNotification{Level: level, Message: sarifMessage{text.In(b.Lang)}})
	}
	level := "note"
	if len(all) > 0 || len(t.LeftOut) > 0 {
		level = "warning"
	}
	say(level, togetherLine(t))
	if t.Baseline != nil {
		say("note", baselineLine(t.Baseline))
	}
	if sl := togetherSlivers(t); !sl.IsZero() {
		say("note", sl)
	}
	if n := len(all) - most; n > 0 {
		all = all[:most]
		say("note", geo.Textf("另有 %[1]d 处问题未列出，见 JSON 报告", "%[1]d more findings are not listed; see the JSON report", n))
	}
	for _, f := range all {
		one := sarifResultOf(f, at[f.Rule], in)
		one.Locations = b.sarifPlaces(f.Finding)
		run.Results = append(run.Results, one)
	}
	for _, u := range unchecked(r) {
		*notes = append(*notes, sarifNotification{Level: "warning", Message: sarifMessage{u.Title.In(b.Lang)}, Rule: &sarifRuleRef{ID: u.ID, Index: at[u]}})
	}
	return run
}

// sarifPlaces are the features of a finding, one place for each; of a finding
// without features its packages.
func (b Batch) sarifPlaces(f *result.Finding) (out []sarifLocation) {
	place := map[string]func(string) string{}
	for _, p := range b.Packages {
		place[p.Name] = p.Input.Place
	}
	physical := func(pkg, file string, record int) *sarifPhysical {
		if place[pkg] == nil {
			file = pkg
		}
		return &sarifPhysical{Artifact: sarifFileAt(file, place[pkg]), Region: &sarifRegion{StartLine: max(record, 1)}}
	}
	for _, r := range f.Features {
		out = append(out, sarifLocation{Physical: physical(r.Package, r.File, r.Record),
			Logical: []sarifLogical{{Name: refID(r), Full: r.Package + "/" + r.Role + "/" + refID(r), Kind: "feature"}}})
	}
	if len(out) > 0 {
		return out
	}
	for _, name := range f.Packages {
		out = append(out, sarifLocation{Physical: physical(name, "", 0)})
	}
	return out
}

// writeGeoJSONTogether writes the findings between plans, worst first, as those of
// one plan.
func writeGeoJSONTogether(w io.Writer, b Batch) error {
	head, err := compact(about{Headline: togetherLine(b.Together).In(b.Lang), Reservations: []string{}})
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return writeFeatures(w, head, b.Together.AsReport(), b.Lang)
}
