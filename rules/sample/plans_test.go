package sample

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/rules"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

// written is the default sample on disk.
func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := Write(t.Context(), dir, Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
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
func judge(t *testing.T, path string, base *plan.Base, stage plan.Stage) (*rules.Report, *ledger.Ledger) {
	t.Helper()
	book, err := rules.LoadBook("nmg-2025")
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
	r, err := rules.Evaluate(t.Context(), book, l, rules.Options{
		Stage: stage,
		BlockSize: func(context.Context, float64, []string) (float64, float64, error) {
			return l.Blocks.Before, l.Blocks.After, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r, l
}

func withStatus(r *rules.Report, s rules.Status) []string {
	var ids []string
	for _, rule := range r.Rules {
		if rule.Status == s {
			ids = append(ids, rule.ID)
		}
	}
	return ids
}

// Every plan says what its story promises, and nothing else goes wrong.
func TestStories(t *testing.T) {
	dir := written(t)
	base := openBase(t, filepath.Join(dir, "base"))
	for _, info := range Plans() {
		t.Run(info.File, func(t *testing.T) {
			r, l := judge(t, filepath.Join(dir, "plans", info.File), base, "")
			t.Logf("%d faces, %d changes, %d slivers, warn %v, not applicable %v, not checked %v", len(l.Faces),
				len(l.Plan.Changes), r.Ledger.Slivers.Count, withStatus(r, rules.Warn), withStatus(r, rules.NotApplicable), withStatus(r, rules.NotChecked))
			if string(r.Verdict) != info.Verdict {
				t.Errorf("verdict %s, want %s", r.Verdict, info.Verdict)
			}
			if got := withStatus(r, rules.Fail); !slices.Equal(got, info.Fails) {
				t.Errorf("fails %v, want %v\n%s", got, info.Fails, reasons(r))
			}
			if got := withStatus(r, rules.Justified); !slices.Equal(got, info.Justified) {
				t.Errorf("justified %v, want %v", got, info.Justified)
			}
		})
	}
}

// The good plan passes at every stage that a project goes through: it is
// surveyed and dated.
func TestGoodAtEveryStage(t *testing.T) {
	dir := written(t)
	base := openBase(t, filepath.Join(dir, "base"))
	for _, stage := range plan.Stages() {
		r, _ := judge(t, filepath.Join(dir, "plans", Plans()[0].File), base, stage)
		if r.Verdict != rules.Compliant || r.Summary.NotChecked != 0 {
			t.Errorf("%s: %s\n%s", stage, r.Verdict, reasons(r))
		}
		t.Logf("%s: %+v warn %v not applicable %v", stage, r.Summary, withStatus(r, rules.Warn), withStatus(r, rules.NotApplicable))
	}
}

// Without the red line nobody looked: that is not compliant.
func TestIncompleteWithoutRedLine(t *testing.T) {
	dir := written(t)
	gone, err := filepath.Glob(filepath.Join(dir, "base", "STBHHX.*"))
	if err != nil || len(gone) < 4 {
		t.Fatalf("%v, %v", gone, err)
	}
	for _, f := range gone {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
	r, _ := judge(t, filepath.Join(dir, "plans", Plans()[0].File), openBase(t, filepath.Join(dir, "base")), "")
	if r.Verdict != rules.Incomplete {
		t.Errorf("verdict %s, want incomplete\n%s", r.Verdict, reasons(r))
	}
}

func reasons(r *rules.Report) string {
	s := ""
	for _, rule := range r.Rules {
		if rule.Status == rules.Pass || rule.Status == rules.NotApplicable {
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

func TestPackagesOpen(t *testing.T) {
	dir := written(t)
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
