package main

import (
	"fmt"
	"io"
	"strings"

	"landcheck/geo"
	"landcheck/rules/diff"
	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/result"
)

// showDiff prints both verdicts, then findings that are new, fixed and moved,
// then rules and figures that are others than before.
func (a *app) showDiff(d *diff.Diff, before, after *result.Report, oldPath, newPath string) error {
	w := &diffText{lang: a.lang}
	side := geo.Text{ZH: "%[1]s：%[2]s（%[3]s，%[4]s）", EN: "%[1]s: %[2]s (%[3]s, %[4]s)"}
	for _, s := range []struct {
		path string
		side diff.Run
		of   *result.Report
	}{{oldPath, d.Old, before}, {newPath, d.New, after}} {
		w.line(geo.Textf(side.ZH, side.EN, s.path, report.HeadlineOf(s.of).Head.In(a.lang), s.side.Plan, s.side.Rulebook))
	}
	w.changes(d)
	_, err := io.WriteString(a.stdout, w.String())
	return err
}

// changes lists what is new, fixed, moved.
func (w *diffText) changes(d *diff.Diff) {
	w.line(geo.Textf("新增 %[1]d · 已改正 %[2]d · 未变 %[3]d", "%[1]d new · %[2]d fixed · %[3]d unchanged", d.Count.Added, d.Count.Fixed, d.Count.Unchanged))
	added, plainAdded := problems(d.Added)
	fixed, plainFixed := problems(d.Fixed)
	w.findings(geo.Text{ZH: "新增的问题", EN: "New problems"}, "+", added)
	w.findings(geo.Text{ZH: "已改正的问题", EN: "Fixed problems"}, "-", fixed)
	w.findings(geo.Text{ZH: "面积有变", EN: "Another area"}, "~", moved(d.Unchanged))
	if plainAdded+plainFixed > 0 {
		w.line(geo.Textf("\n另有符合要求的条目：新出现 %[1]d 条，不再出现 %[2]d 条", "\nBesides, of findings that are no problem: %[1]d new, %[2]d gone", plainAdded, plainFixed))
	}
	w.rules(d.Rules)
	w.values(d.Values)
}

// problems are the findings that fail or warn; the others are counted.
func problems(list []diff.Finding) (some []diff.Finding, others int) {
	for _, f := range list {
		if f.Status == domain.Fail || f.Status == domain.Warn {
			some = append(some, f)
		}
	}
	return some, len(list) - len(some)
}

// moved are findings whose area is another than it was.
func moved(unchanged []diff.Finding) []diff.Finding {
	var some []diff.Finding
	for _, f := range unchanged {
		if f.OldArea != nil && *f.OldArea != f.Area {
			some = append(some, f)
		}
	}
	return some
}

type diffText struct {
	strings.Builder
	lang string
}

func (w *diffText) line(t geo.Text) { fmt.Fprintln(w, t.In(w.lang)) }

func (w *diffText) findings(title geo.Text, mark string, list []diff.Finding) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title.In(w.lang))
	for _, f := range list {
		fmt.Fprintf(w, "  %s %s · %s · %s\n", mark, f.Title.In(w.lang), report.ScopeTitle(f.Scope).In(w.lang), report.StatusTitle(f.Status).In(w.lang))
		if f.OldArea != nil {
			old, now := report.Pair("m2", *f.OldArea, f.Area, w.lang)
			fmt.Fprintf(w, "      %s → %s\n", old, now)
		}
		fmt.Fprintf(w, "      %s\n", f.Message.In(w.lang))
	}
}

func (w *diffText) rules(list []diff.RuleChange) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", geo.Text{ZH: "结论有变的规则", EN: "Rules of another result"}.In(w.lang))
	for _, r := range list {
		fmt.Fprintf(w, "  %s · %s: %s → %s\n", r.Rule, r.Title.In(w.lang), w.status(r.Old), w.status(r.New))
	}
}

// status is "–" for a rule that a report does not hold.
func (w *diffText) status(s domain.Status) string {
	if s == "" {
		return "–"
	}
	return report.StatusTitle(s).In(w.lang)
}

func (w *diffText) values(list []diff.ValueChange) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", geo.Text{ZH: "数值有变的指标", EN: "Figures that moved"}.In(w.lang))
	for _, v := range list {
		old, now := report.Pair(v.Unit, v.Old, v.New, w.lang)
		fmt.Fprintf(w, "  %s · %s: %s → %s", v.Rule, report.ScopeTitle(v.Scope).In(w.lang), old, now)
		if v.OldLimit != v.NewLimit {
			old, now := report.Pair(v.Unit, v.OldLimit, v.NewLimit, w.lang)
			fmt.Fprint(w, geo.Textf("（要求 %[1]s → %[2]s）", " (limit %[1]s → %[2]s)", old, now).In(w.lang))
		}
		fmt.Fprintln(w)
	}
}
