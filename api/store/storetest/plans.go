package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/api/store"
)

func planTests() []test {
	return []test{
		{name: "each once", run: planOnce},
		{name: "lists", run: planLists},
		{name: "hostile names", run: planNames},
		{name: "stay", run: plansStay},
	}
}

func planOnce(r *fixture) {
	p := planOf("150123", "first")
	kept := r.plan("150123", "first")
	if kept.Created.IsZero() || time.Since(kept.Created) > time.Hour || kept.Created.Location() != time.UTC {
		r.Errorf("created %v", kept.Created)
	}
	p.Created = kept.Created
	r.same(kept, p)

	again := planOf("150123", "first")
	again.File, again.By = "another name.zip", "王五"
	second, created, err := r.AddPlan(r.Context(), again, r.upload("first"))
	r.must(err)
	if created {
		r.Error("the same plan was made twice")
	}
	r.same(second, kept)
	got, err := r.Plan(r.Context(), p.ID)
	r.must(err)
	r.same(got, kept)
	r.packaged(kept, "first")

	_, err = r.Plan(r.Context(), "nothing")
	r.is(err, store.ErrNotFound)
	_, _, err = r.Package(r.Context(), "nothing")
	r.is(err, store.ErrNotFound)
	if _, _, err := r.AddPlan(r.Context(), planOf("150123", "gone"), filepath.Join(r.TempDir(), "gone")); err == nil {
		r.Error("a plan without a file was taken")
	}
	all, err := r.ListPlans(r.Context(), store.Query{Limit: 10})
	r.must(err)
	r.same(all, []store.Plan{kept})
}

// packaged compares a plan's file.
func (r *fixture) packaged(p store.Plan, text string) (path string) {
	r.Helper()
	path, release, err := r.Package(r.Context(), p.ID)
	r.must(err)
	defer release()
	got, err := os.ReadFile(path)
	r.must(err)
	if string(got) != text || filepath.Base(path) != p.File {
		r.Errorf("package %s holds %q, want %s with %q", path, got, p.File, text)
	}
	return path
}

func planLists(r *fixture) {
	var all []store.Plan // newest first
	for i, county := range []string{"150123", "150124", "150221", "150123", "320000", "150124", "150123"} {
		all = slices.Insert(all, 0, r.plan(county, string(rune('a'+i))))
	}
	of := func(keep func(p store.Plan) bool) []store.Plan {
		some := []store.Plan{}
		for _, p := range all {
			if keep(p) {
				some = append(some, p)
			}
		}
		return some
	}
	for _, c := range []struct {
		q    store.Query
		want []store.Plan
	}{
		{store.Query{Limit: 100}, all},
		{store.Query{Limit: 3}, all[:3]},
		{store.Query{Limit: 3, After: all[2].ID}, all[3:6]},
		{store.Query{Limit: 3, After: all[5].ID}, all[6:]},
		{store.Query{Limit: 3, After: all[6].ID}, all[7:]},
		{store.Query{Limit: 100, Prefix: "1501"}, of(func(p store.Plan) bool { return strings.HasPrefix(p.County, "1501") })},
		{store.Query{Limit: 100, Prefix: "15", County: "150123"}, of(func(p store.Plan) bool { return p.County == "150123" })},
		{store.Query{Limit: 100, Prefix: "32", County: "150123"}, []store.Plan{}},
		{store.Query{Limit: 1, Prefix: "1501", After: all[0].ID}, all[1:2]},
	} {
		got, err := r.ListPlans(r.Context(), c.q)
		r.must(err)
		r.same(append([]store.Plan{}, got...), append([]store.Plan{}, c.want...))
	}
	// A plan that is not there for the caller is no place in the list.
	for _, id := range []string{all[2].ID, "0123456789"} {
		if got, err := r.ListPlans(r.Context(), store.Query{Limit: 100, Prefix: "1501", After: id}); len(got) > 0 || err != nil && !errors.Is(err, store.ErrNotFound) {
			r.Errorf("after %s come %v, %v", id, got, err)
		}
	}
}

// planNames: what somebody calls a file says nothing about where it goes.
func planNames(r *fixture) {
	for i, name := range []string{
		"../../../etc/passwd", "/etc/passwd", `..\..\windows\system.ini`, "..", ".", "", "a\x00b.zip", ".hidden", "plan.json",
		"PLAN.JSON", "check.json", "CON.zip", "con", "\u202egnp.zip", "方案（终稿）.zip", "\xd5\xfb\xd6\xce.zip", "a/b/c.zip", "x:y|z?.zip",
		strings.Repeat("整", 300) + ".zip", "new\nline.zip", "'; DROP TABLE plans; --.zip", "-rf", "$(reboot).zip",
	} {
		text := string(rune('a' + i))
		p := planOf("150123", text)
		p.File = name
		kept, created, err := r.AddPlan(r.Context(), p, r.upload(text))
		r.must(err)
		if !created || kept.File != store.FileName(name) {
			r.Errorf("%q is kept as %q", name, kept.File)
		}
		if kept.File == "" || len(kept.File) > 255 || strings.ContainsAny(kept.File, "/\\\x00\n\u202e") || !filepath.IsLocal(kept.File) || kept.File[0] == '.' {
			r.Errorf("%q is kept as %q", name, kept.File)
		}
		path, release, err := r.Package(r.Context(), p.ID)
		r.must(err)
		got, err := os.ReadFile(path)
		r.must(err)
		release()
		if string(got) != text {
			r.Errorf("%q: package %q, want %q", name, got, text)
		}
		again, err := r.Plan(r.Context(), p.ID)
		r.must(err)
		r.same(again, kept)
	}
	for _, ordinary := range []string{"方案（终稿）.zip", "plan 2026-01.zip", "ZZQY.tar.gz"} {
		if got := store.FileName(ordinary); got != ordinary {
			r.Errorf("%q became %q", ordinary, got)
		}
	}
}

func plansStay(r *fixture) {
	a, b := r.plan("150123", "a"), r.plan("150124", "b")
	r.reopen()
	all, err := r.ListPlans(r.Context(), store.Query{Limit: 10})
	r.must(err)
	r.same(all, []store.Plan{b, a})
	r.packaged(a, "a")
	_, created, err := r.AddPlan(r.Context(), planOf("150123", "a"), r.upload("a"))
	r.must(err)
	if created {
		r.Error("made twice after reopening")
	}
}
