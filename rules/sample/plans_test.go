package sample

import (
	"archive/zip"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// The default sample, written once.
func TestSample(t *testing.T) {
	dir := t.TempDir()
	if err := Write(t.Context(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
	base := openBase(t, filepath.Join(dir, "base"))
	t.Run("packages", func(t *testing.T) { packagesOpen(t, dir) })
	for _, info := range Plans() {
		t.Run(info.File, func(t *testing.T) { describesItself(t, dir, base, info) })
	}
	for _, stage := range plan.Stages() {
		t.Run(string(stage), func(t *testing.T) { passesAt(t, dir, base, stage) })
	}
	t.Run("no red line", func(t *testing.T) { incompleteWithoutRedLine(t, dir) })
}

func openBase(t *testing.T, paths ...string) *plan.Base {
	t.Helper()
	base, err := plan.OpenBase(t.Context(), paths, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { base.Close() })
	return base
}

// judge checks a plan by the default rulebook, which must be there.
func judge(t *testing.T, path string, base *plan.Base, stage domain.Stage) (*result.Report, *ledger.Ledger) {
	t.Helper()
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Open(t.Context(), path, plan.Options{Stage: stage})
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Build(t.Context(), p, base, ledger.Options{
		Sliver: ledger.SliverLimits{Area: book.Parameters.SliverArea, Width: book.Parameters.SliverWidth},
		Blocks: book.BlockSpec(),
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := evaluation.Evaluate(t.Context(), book, l, evaluation.Options{Stage: stage})
	if err != nil {
		t.Fatal(err)
	}
	return r, l
}

func withStatus(r *result.Report, s domain.Status) []string {
	var ids []string
	for _, rule := range r.Rules {
		if rule.Status == s {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}

// describesItself: a plan says what its description promises, and nothing else goes wrong.
func describesItself(t *testing.T, dir string, base *plan.Base, info PlanInfo) {
	r, l := judge(t, filepath.Join(dir, "plans", info.File), base, "")
	t.Logf("%d faces, %d changes, %d slivers, warns %v", len(l.Faces), len(l.Plan.Changes), r.Ledger.Slivers.Count, withStatus(r, domain.Warn))
	if string(r.Verdict) != info.Verdict {
		t.Errorf("verdict %s, want %s", r.Verdict, info.Verdict)
	}
	for status, want := range map[domain.Status][]string{domain.Fail: info.Fails, domain.Justified: info.Justified, domain.NotChecked: nil} {
		if got := withStatus(r, status); !slices.Equal(got, want) {
			t.Errorf("%s %v, want %v\n%s", status, got, want, reasons(r))
		}
	}
	slivers := 0
	if info.File == "05-red-line-occupied.zip" {
		slivers = 3 // the road's edge, in the three parcels that it crosses
	}
	if r.Ledger.Slivers.Count != slivers {
		t.Errorf("%d slivers, want %d", r.Ledger.Slivers.Count, slivers)
	}
}

// passesAt: the good plan passes at every stage that a project goes through: it is
// surveyed and dated.
func passesAt(t *testing.T, dir string, base *plan.Base, stage domain.Stage) {
	r, _ := judge(t, filepath.Join(dir, "plans", Plans()[0].File), base, stage)
	if s := r.Summary; r.Verdict != domain.Compliant || s.Pass < 40 || s.Warn+s.Justified+s.NotChecked != 0 {
		t.Errorf("%s, %+v\n%s", r.Verdict, s, reasons(r))
	}
	t.Log(withStatus(r, domain.NotApplicable))
}

// incompleteWithoutRedLine: nobody looked, and that is not compliant.
func incompleteWithoutRedLine(t *testing.T, dir string) {
	all, err := filepath.Glob(filepath.Join(dir, "base", "*.shp"))
	if err != nil || len(all) != 10 {
		t.Fatalf("%v, %v", all, err)
	}
	rest := slices.DeleteFunc(all, func(path string) bool { return filepath.Base(path) == "STBHHX.shp" })
	r, _ := judge(t, filepath.Join(dir, "plans", Plans()[0].File), openBase(t, rest...), "")
	if r.Verdict != domain.Incomplete {
		t.Errorf("verdict %s, want incomplete\n%s", r.Verdict, reasons(r))
	}
}

func reasons(r *result.Report) string {
	s := ""
	for _, rule := range r.Rules {
		if rule.Status == domain.Pass || rule.Status == domain.NotApplicable {
			continue
		}
		s += fmt.Sprintf("%s %s\n", rule.Status, rule.ID)
		for _, m := range rule.Measures {
			s += fmt.Sprintf("    %s %s %v %s %v %v\n", m.Status, m.Scope.Code, m.Value, m.Op, m.Limit, m.Terms)
		}
		for i, f := range rule.Findings {
			if i < 4 {
				s += fmt.Sprintf("    %s\n", f.Message.EN)
			}
		}
	}
	return s
}

func packagesOpen(t *testing.T, dir string) {
	for _, info := range Plans() {
		z, err := zip.OpenReader(filepath.Join(dir, "plans", info.File))
		if err != nil {
			t.Fatalf("%s: %v", info.File, err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
			if !f.Modified.Equal(packed()) {
				t.Errorf("%s: %s is dated %v", info.File, f.Name, f.Modified)
			}
		}
		z.Close()
		for _, want := range []string{"plan.yaml", "ZZQY.shp", "YJJBNTTC.dbf", "YJJBNTBH.prj", "DLBG.shx"} {
			if !slices.Contains(names, want) {
				t.Errorf("%s lacks %s", info.File, want)
			}
		}
	}
}

// A package for benchmarks is cut without complaint.
func TestBulk(t *testing.T) {
	dir := t.TempDir()
	c := testCounty(t, Options{Parcels: 3000, VerticesPerParcel: 30})
	if err := c.WriteBase(t.Context(), filepath.Join(dir, "base")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "bulk.zip")
	if err := c.WriteBulk(t.Context(), path, Bulk{Changes: 300}); err != nil {
		t.Fatal(err)
	}
	l := build(t, path, openBase(t, filepath.Join(dir, "base")))
	if n := len(l.Plan.Changes); n < 295 || len(l.Plan.Issues) != 0 || len(l.Faces) < n {
		t.Errorf("%d changes, %d faces, flaws %v", n, len(l.Faces), l.Plan.Issues)
	}
}
