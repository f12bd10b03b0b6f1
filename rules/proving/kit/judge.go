package kit

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"
)

// Case is a plan and the base data that it is judged over.
type Case struct {
	Plan, Base *Package
	Book       string // "": the plan's, else the default

	laid  string // where the files lie
	paths [2]string
}

// NewCase is the clean plan over the county.
func NewCase() *Case { return &Case{Plan: Clean(), Base: Base()} }

// Result is what became of a case: an input error (exit 2) or a report and its text.
type Result struct {
	Fault  *geo.InputError
	Report *result.Report
	Text   string // in Chinese, as for a terminal
}

// Verdict is the report's, or "refused".
func (a *Result) Verdict() string {
	if a.Fault != nil {
		return "refused"
	}
	return string(a.Report.Verdict)
}

// Fails are the mandatory and in-principle rules that fail.
func (a *Result) Fails() []string {
	var ids []string
	if a.Report != nil {
		for _, r := range a.Report.Rules {
			if r.Status == domain.Fail && r.Level != domain.Advisory {
				ids = append(ids, r.ID)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// Rule is one rule's result; nil where the report has none.
func (a *Result) Rule(id string) *result.RuleResult {
	for i := range a.Report.Rules {
		if a.Report.Rules[i].ID == id {
			return &a.Report.Rules[i]
		}
	}
	return nil
}

// put lays a package down and gives the path to hand over.
func (p *Package) put(dir, name string) string {
	path := filepath.Join(dir, name)
	files := p.Files()
	switch p.Form {
	case "zip", "wrapped":
		path += ".zip"
		prefix := ""
		if p.Form == "wrapped" {
			prefix = "方案/"
		}
		must(os.WriteFile(path, files.Zip(prefix), 0o644))
	default:
		must(os.MkdirAll(path, 0o755))
		files.Dir(path)
	}
	if p.Laid != nil {
		p.Laid(path)
	}
	return path
}

// Judge takes a case through the corridor as a check does. What is no input error
// of the input ends the test.
func (c *Case) Judge(t testing.TB) *Result {
	t.Helper()
	return c.JudgeIn(t, t.TempDir())
}

// JudgeIn is Judge in a directory that stays: a second time the files are the
// same, and a cache beside them remembers the base.
func (c *Case) JudgeIn(t testing.TB, dir string) *Result {
	t.Helper()
	if c.laid != dir {
		c.laid, c.paths = dir, [2]string{c.Plan.put(dir, "plan"), c.Base.put(dir, "base")}
	}
	a, err := c.judge(c.paths[0], c.paths[1], filepath.Join(dir, "cache"))
	if err != nil {
		inputErr, ok := geo.AsInputError(err)
		if !ok {
			t.Fatalf("not a fault of the input: %v", err)
		}
		return &Result{Fault: inputErr}
	}
	return a
}

// JudgePlan is JudgeIn of another plan, over the base data that JudgeIn laid down.
func (c *Case) JudgePlan(t testing.TB, planPath string) *Result {
	t.Helper()
	a, err := c.judge(planPath, c.paths[1], "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Laid is where JudgeIn laid the plan and the base data.
func (c *Case) Laid() (planPath, basePath string) { return c.paths[0], c.paths[1] }

func (c *Case) judge(planPath, basePath, cache string) (_ *Result, err error) {
	ctx := context.Background()
	p, err := plan.Open(ctx, planPath, plan.Options{})
	if err != nil {
		return nil, err
	}
	book, err := check.Book(c.Book, p)
	if err != nil {
		return nil, err
	}
	base, err := plan.OpenBase(ctx, []string{basePath}, plan.BaseOptions{Jobs: 1, Cache: cache})
	if err != nil {
		return nil, err
	}
	defer base.Close()
	res, err := check.Run(ctx, check.Request{Plan: p, Base: base, Book: book, Jobs: 1, Version: "test"})
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	format, err := report.ByName("text")
	if err == nil {
		err = format.Write(&text, report.Input{Report: res.Report, Ledger: res.Ledger, Lang: "zh"})
	}
	return &Result{Report: res.Report, Text: text.String()}, err
}
