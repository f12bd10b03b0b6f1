package trial

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/geo/outfile"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// Options of a run.
type Options struct {
	Jobs int // trials at a time; 0 is one per processor
}

// Results is what became of a suite, rule by rule in the order of the book.
type Results struct {
	Book  result.BookInfo
	Rules []RuleTrials
}

// RuleTrials is the trials of one rule that the book has on.
type RuleTrials struct {
	ID        string
	Title     geo.Text
	Inherited bool // of the book that this one extends, unchanged: its cases are that book's
	Outcomes  []Outcome
}

// Outcome is a trial with what the rule said of it.
type Outcome struct {
	Trial    Trial
	Expected domain.Status
	Result   result.RuleResult
	Wrong    []geo.Text // what differs from what the trial expects; empty where it holds
}

// Holds reports whether the trial came out as expected.
func (o *Outcome) Holds() bool { return len(o.Wrong) == 0 }

// Lacks reports that no plan exercises a side of a rule of the book's own.
func (r *RuleTrials) Lacks(side Group) bool {
	if r.Inherited {
		return false
	}
	for _, o := range r.Outcomes {
		if o.Trial.Group == side {
			return false
		}
	}
	return true
}

// Holds reports whether every trial came out as expected and every rule of the
// book's own has a plan that passes and one that fails.
func (r *Results) Holds() bool {
	trials := 0
	for i := range r.Rules {
		rule := &r.Rules[i]
		if rule.Lacks(Passing) || rule.Lacks(Failing) {
			return false
		}
		for k := range rule.Outcomes {
			if !rule.Outcomes[k].Holds() {
				return false
			}
			trials++
		}
	}
	return trials > 0
}

// Run judges every trial by a book. A trial that cannot be read as a plan is a
// *geo.InputError; one that comes out otherwise than expected is in the results.
func (s *Suite) Run(ctx context.Context, book *rulebook.Rulebook, o Options) (*Results, error) {
	cases, err := s.fit(book)
	if err != nil {
		return nil, err
	}
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	res := &Results{Book: result.BookInfo{ID: book.ID, Title: book.Title, Digest: book.Digest}}
	group, gctx := guard.WithContext(ctx)
	group.SetLimit(o.Jobs)
	for i := range book.Rules {
		r := &book.Rules[i]
		if r.Off {
			continue
		}
		rt := RuleTrials{ID: r.ID, Title: r.Title, Inherited: r.Inherited}
		for _, c := range cases {
			for _, t := range c.Trials {
				if c.Rule == r.ID {
					rt.Outcomes = append(rt.Outcomes, Outcome{Trial: t, Expected: t.expected(r)})
				}
			}
		}
		for k := range rt.Outcomes {
			out := &rt.Outcomes[k]
			group.Go(func() (err error) {
				if out.Result, err = judge(gctx, book, r.ID, &out.Trial); err == nil {
					out.compare()
				}
				return err
			})
		}
		res.Rules = append(res.Rules, rt)
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return res, nil
}

// judge is what a rule says of a trial.
func judge(ctx context.Context, book *rulebook.Rulebook, id string, t *Trial) (res result.RuleResult, err error) {
	var against *result.Report
	if t.approved != nil {
		approved := *t
		approved.plan = laid(t.approved, map[domain.Role][]feature{domain.ProjectArea: t.plan[domain.ProjectArea]})
		if against, err = check(ctx, book, &approved, nil); err != nil {
			return res, err
		}
	}
	report, err := check(ctx, book, t, against)
	if err != nil {
		return res, err
	}
	for i := range report.Rules {
		if report.Rules[i].ID == id {
			return report.Rules[i], nil
		}
	}
	return res, fmt.Errorf("trial: the report has no rule %s", id)
}

// check takes a trial through the corridor, as a check would.
func check(ctx context.Context, book *rulebook.Rulebook, t *Trial, against *result.Report) (res *result.Report, err error) {
	dir, err := os.MkdirTemp("", "landcheck-trial-*")
	if err != nil {
		return res, fmt.Errorf("trial: %w", err)
	}
	defer func() { err = errors.Join(err, outfile.RemoveAll(dir)) }()
	planPath, basePaths, err := t.write(dir)
	if err != nil {
		return res, err
	}
	p, err := plan.Open(ctx, planPath, plan.Options{})
	if err != nil {
		return res, t.refused(err)
	}
	base, err := plan.OpenBase(ctx, basePaths, plan.BaseOptions{Jobs: 1})
	if err != nil {
		return res, t.refused(err)
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	l, err := ledger.Build(ctx, p, base, ledger.Options{
		Sliver: ledger.SliverLimits{Area: book.Parameters.SliverArea, Width: book.Parameters.SliverWidth},
		Blocks: book.BlockSpec(),
		Jobs:   1,
	})
	if err != nil {
		return res, t.refused(err)
	}
	return evaluation.Evaluate(ctx, book, l, evaluation.Options{Jobs: 1, NoGeometry: true, SubProjects: t.up, Against: against})
}

// refused says which trial a reader's fault is about.
func (t *Trial) refused(err error) error {
	f, ok := geo.AsInputError(err)
	if !ok {
		return err
	}
	inner := f.Text()
	return &geo.InputError{File: t.File, Record: t.Line, Column: min(t.Line, 1), Err: err,
		Message: geo.Textf("试例“%[1]s”读不进来：%[3]s", "the trial %[2]q cannot be read: %[4]s", t.Title.ZH, t.Title.EN, inner.ZH, inner.EN)}
}

// compare holds the result against what the trial expects.
func (o *Outcome) compare() {
	wrong := func(zh, en string, args ...any) { o.Wrong = append(o.Wrong, geo.Textf(zh, en, args...)) }
	if o.Result.Status != o.Expected {
		wrong("应为 %[1]s，实为 %[2]s", "expected %[1]s, got %[2]s", o.Expected, o.Result.Status)
	}
	m := o.Measure()
	figure := func(want *Figure, got func(*result.Measure) float64, zh, en string) {
		switch {
		case want == nil:
		case m == nil:
			wrong("没有指标，应有%[1]s", "there is no measure; expected a %[2]s", zh, en)
		case math.Abs(got(m)-want.Value) > 0.5001*math.Pow10(-want.Decimals):
			wrong("%[1]s应为 %[3]s，实为 %[4]s", "the %[2]s should be %[3]s, it is %[4]s", zh, en, want, plainly(got(m)))
		}
	}
	figure(o.Trial.Value, func(m *result.Measure) float64 { return m.Value }, "值", "value")
	figure(o.Trial.Limit, func(m *result.Measure) float64 { return m.Limit }, "限值", "limit")
	if want := o.Trial.Note; want != "" {
		var note geo.Text
		if o.Result.Note != nil {
			note = *o.Result.Note
		}
		if !strings.Contains(note.ZH, want) || !strings.Contains(note.EN, want) {
			wrong("说明中应有“%[1]s”，实为“%[2]s”", "the note should hold %[1]q, it says %[3]q", want, note.ZH, note.EN)
		}
	}
}

// Measure is what the rule was judged by: the first measure that does not
// hold, else the first that is held against a limit; nil where there is none.
func (o *Outcome) Measure() *result.Measure {
	var first *result.Measure
	for i := range o.Result.Measures {
		m := &o.Result.Measures[i]
		if m.Op == "" {
			continue
		}
		if m.Status != domain.Pass {
			return m
		}
		if first == nil {
			first = m
		}
	}
	return first
}

func (f *Figure) String() string { return strconv.FormatFloat(f.Value, 'f', f.Decimals, 64) }

func plainly(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
