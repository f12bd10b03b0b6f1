package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/report"
	"landcheck/rules/rulebook"
	"landcheck/rules/trial"
)

// testRulebook tries a rulebook out on the cases of a directory. Its status is
// 1 where a case comes out otherwise than it should, or a rule lacks one.
func (a *app) testRulebook(ctx context.Context, args []string, book string) error {
	if len(args) != 1 {
		return usage("rulebook test 需要一个放试例的目录", "rulebook test takes one directory of cases")
	}
	suite, err := trial.Open(args[0])
	if err != nil {
		return err
	}
	b, err := rulebook.Load(cmp.Or(book, suite.Rulebook, check.DefaultBook))
	if err != nil {
		return err
	}
	res, err := suite.Run(ctx, b, trial.Options{})
	if err != nil {
		return err
	}
	if err := a.showTrials(res); err != nil {
		return err
	}
	if !res.Holds() {
		return verdictError(exitViolations)
	}
	return nil
}

// showTrials prints every rule with its trials, then what is wanting.
func (a *app) showTrials(res *trial.Results) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s  %s\n", res.Book.ID, res.Book.Title.In(a.lang))
	trials, wrong := 0, 0
	lack := map[trial.Group][]string{}
	inherited := 0
	for i := range res.Rules {
		r := &res.Rules[i]
		if r.Inherited && len(r.Outcomes) == 0 {
			inherited++
			continue
		}
		fmt.Fprintf(w, "\n%s  %s\n", r.ID, r.Title.In(a.lang))
		for k := range r.Outcomes {
			trials++
			if !r.Outcomes[k].Holds() {
				wrong++
			}
			a.showTrial(w, &r.Outcomes[k])
		}
		for _, side := range []trial.Group{trial.Passing, trial.Failing} {
			if r.Lacks(side) {
				lack[side] = append(lack[side], r.ID)
				fmt.Fprintf(w, "  ✗ %s\n", missingTrial(side).In(a.lang))
			}
		}
	}
	fmt.Fprintln(w)
	for _, side := range []trial.Group{trial.Passing, trial.Failing} {
		if list := lack[side]; len(list) > 0 {
			fmt.Fprintf(w, "%s%s\n", missingTrial(side).In(a.lang), geo.Textf("（%[1]d 条）：%[2]s", " (%[1]d rules): %[2]s", len(list), strings.Join(list, ", ")).In(a.lang))
		}
	}
	if inherited > 0 {
		fmt.Fprintln(w, geo.Textf("%[1]d 条沿用上级规则册的规则没有自己的试例，由上级的试例验证", "%[1]d rules of the book that this one extends have no case here; that book's cases try them", inherited).In(a.lang))
	}
	fmt.Fprintln(w, geo.Textf("%[1]d 条规则，%[2]d 个试例，%[3]d 个与预期不符", "%[1]d rules, %[2]d trials, %[3]d not as expected", len(res.Rules), trials, wrong).In(a.lang))
	_, err := io.WriteString(a.stdout, w.String())
	return err
}

func missingTrial(s trial.Group) geo.Text {
	if s == trial.Passing {
		return geo.Text{ZH: "没有恰好通过的方案", EN: "no plan exercises it by passing"}
	}
	return geo.Text{ZH: "没有恰好不通过的方案", EN: "no plan exercises it by failing"}
}

func (a *app) showTrial(w io.Writer, o *trial.Outcome) {
	mark := "✓"
	if !o.Holds() {
		mark = "✗"
	}
	fmt.Fprintf(w, "  %s %s · %s", mark, report.StatusTitle(o.Result.Status).In(a.lang), o.Trial.Title.In(a.lang))
	if m := o.Measure(); m != nil {
		fmt.Fprintf(w, " · %s", report.MeasureLine(*m, a.lang))
	} else if n := o.Result.Note; n != nil && o.Holds() {
		fmt.Fprintf(w, " · %s", n.In(a.lang))
	}
	fmt.Fprintln(w)
	if o.Holds() {
		return
	}
	for _, t := range o.Wrong {
		fmt.Fprintf(w, "      %s\n", t.In(a.lang))
	}
	if o.Result.Note != nil {
		fmt.Fprintf(w, "      %s\n", o.Result.Note.In(a.lang))
	}
	place := o.Trial.File
	if o.Trial.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, o.Trial.Line)
	}
	fmt.Fprintf(w, "      %s\n", place)
}
