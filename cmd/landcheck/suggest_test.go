package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/geo/geopackage"
	"landcheck/rules/domain"
	"landcheck/rules/repair"
	"landcheck/rules/result"
)

// suggested runs suggest and reads its JSON.
func suggested(t *testing.T, args ...string) (*repair.Set, outcome) {
	t.Helper()
	res := landcheck(t, append([]string{"suggest", "--format", "json", "--quiet"}, args...)...)
	var s repair.Set
	if err := json.Unmarshal([]byte(res.stdout), &s); err != nil {
		t.Fatalf("status %d: %v: %s", res.status, err, res.stderr)
	}
	return &s, res
}

// failures are the rules that a report says fail.
func failures(r *result.Report) (ids []string) {
	for i := range r.Rules {
		if r.Rules[i].Status == domain.Fail {
			ids = append(ids, r.Rules[i].ID)
		}
	}
	return ids
}

// TestSuggestSamples: each sample plan that fails by quantity has a suggestion;
// the package that --apply writes fails nothing but what no shape repairs.
func TestSuggestSamples(t *testing.T) {
	dir := sampleDir(t)
	base := filepath.Join(dir, "base")
	plans, err := filepath.Glob(filepath.Join(dir, "plans", "*.zip"))
	if err != nil || len(plans) == 0 {
		t.Fatal(plans, err)
	}
	applied := 0
	for _, plan := range plans {
		name := filepath.Base(plan)
		out := filepath.Join(t.TempDir(), "changed.zip")
		set, res := suggested(t, plan, "--base", base, "--apply", out)
		for _, s := range set.Rules {
			if !s.Found {
				t.Errorf("%s: nothing was found for %s", name, s.IDs())
			}
		}
		if set.Best(false) == nil {
			if _, err := os.Stat(out); err == nil {
				t.Errorf("%s: a package was written without a suggestion", name)
			}
			continue
		}
		applied++
		var left []string
		for _, n := range set.NotShape {
			left = append(left, n.Rule.ID)
		}
		r := checked(t, res.status, out, "--base", base)
		if got := failures(r); !slices.Equal(got, left) {
			t.Errorf("%s: the changed package fails %v, and no shape repairs %v", name, got, left)
		}
		if !strings.Contains(r.Plan.Name, repair.Mark) {
			t.Errorf("%s: the changed plan is called %q", name, r.Plan.Name)
		}
		if string(r.Verdict) != string(set.Outlook(false)) {
			t.Errorf("%s: verdict %s was promised, it is %s", name, set.Outlook(false), r.Verdict)
		}
	}
	if applied < 8 {
		t.Errorf("only %d sample plans were repaired", applied)
	}
}

// TestSuggestAdds: where land is short, land may be brought in instead; the package
// with it passes, its layer beside those that stay as they are.
func TestSuggestAdds(t *testing.T) {
	dir := sampleDir(t)
	base := filepath.Join(dir, "base")
	for _, name := range []string{"03-compensation-outside-project.zip", "08-compensation-short.zip", "12-out-before-in.zip"} {
		out := filepath.Join(t.TempDir(), "changed.zip")
		set, res := suggested(t, filepath.Join(dir, "plans", name), "--base", base, "--add", "--apply", out)
		best := set.Best(true)
		if res.status != exitCompliant || best == nil || best == set.Best(false) {
			t.Fatalf("%s: status %d: %s", name, res.status, res.stderr)
		}
		for _, c := range best.Changes {
			if c.Action != repair.Add {
				t.Errorf("%s: %s of %s", name, c.Action, c.ID)
			}
		}
		r := checked(t, exitCompliant, out, "--base", base)
		if !slices.ContainsFunc(r.Plan.Layers, func(l result.LayerInfo) bool {
			return l.Name == "YJJBNTBH_1" && l.Features == len(best.Changes)
		}) {
			t.Errorf("%s: layers %v", name, r.Plan.Layers)
		}
	}
}

// TestSuggestKeepsTheRest: all files but the changed layer and plan.yaml are those
// of the package, to the byte; a second run writes the same bytes.
func TestSuggestKeepsTheRest(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "02-over-five-percent.zip"), filepath.Join(dir, "base")
	at := t.TempDir()
	var packages []string
	for _, name := range []string{"a", "b"} {
		out := filepath.Join(at, name+".zip")
		suggested(t, plan, "--base", base, "--apply", out)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, string(data))
	}
	if packages[0] != packages[1] {
		t.Error("two runs write different packages")
	}
	was, now := filepath.Join(at, "was"), filepath.Join(at, "now")
	unzipTo(t, plan, was)
	unzipTo(t, filepath.Join(at, "a.zip"), now)
	err := filepath.WalkDir(was, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(was, path)
		old, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(filepath.Join(now, rel))
		changes := strings.HasPrefix(rel, "YJJBNTTC.") && rel != "YJJBNTTC.prj" || rel == "plan.yaml"
		if err != nil || string(data) == string(old) == changes && rel != "YJJBNTTC.cpg" {
			t.Errorf("%s: %v, changed %v, want %v", rel, err, string(data) != string(old), changes)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSuggestForms: the suggestion is the same whatever a plan is packed as, and
// the changed package passes.
func TestSuggestForms(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "08-compensation-short.zip"), filepath.Join(dir, "base")
	want, _ := suggested(t, plan, "--base", base)
	folder := filepath.Join(t.TempDir(), "folder")
	unzipTo(t, plan, folder)
	forms := map[string]string{"folder": folder, "GeoPackage": planGeoPackage(t, plan)}
	if _, err := exec.LookPath("ogr2ogr"); err == nil {
		database := filepath.Join(t.TempDir(), "database")
		unzipTo(t, plan, database)
		planGeodatabase(t, database, "整治方案.gdb")
		forms["geodatabase"] = database
	}
	for form, path := range forms {
		out := filepath.Join(t.TempDir(), "changed.zip")
		got, res := suggested(t, path, "--base", base, "--apply", out)
		if res.status != exitCompliant || got.Best(false) == nil || got.Best(false).Area != want.Best(false).Area || got.Best(false).Parcels != want.Best(false).Parcels {
			t.Errorf("%s: status %d: %s", form, res.status, res.stderr)
			continue
		}
		checked(t, exitCompliant, out, "--base", base)
	}
}

// planGeoPackage makes of a plan's layers one GeoPackage, in a folder with its papers.
func planGeoPackage(t *testing.T, plan string) string {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	unzipTo(t, plan, dir)
	c, err := catalog.Open(ctx, dir, catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var tables []*geo.Table
	for _, l := range c.Layers {
		crs, err := l.CRS()
		if err != nil {
			t.Fatal(err)
		}
		table := &geo.Table{Name: l.Name(), CRS: crs, Fields: l.Fields()}
		var names []string
		for _, f := range table.Fields {
			names = append(names, f.Name)
		}
		for f, err := range l.Near(ctx, nil, names) {
			if err != nil {
				t.Fatal(err)
			}
			table.Rows = append(table.Rows, f)
		}
		tables = append(tables, table)
	}
	if err := geopackage.Write(ctx, filepath.Join(dir, "整治方案.gpkg"), tables); err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Files {
		if ext := filepath.Ext(f.Name); slices.Contains([]string{".shp", ".shx", ".dbf", ".prj", ".cpg"}, ext) {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// TestSuggestRefuses: what cannot be carried out ends with 2 before anything is
// written, and no input is written over.
func TestSuggestRefuses(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "02-over-five-percent.zip"), filepath.Join(dir, "base")
	before, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	unzipTo(t, plan, folder)
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no plan":         {nil, "one plan package"},
		"two plans":       {[]string{plan, plan, "--base", base}, "one plan package"},
		"no base":         {[]string{plan}, "--base is missing"},
		"format":          {[]string{plan, "--base", base, "--format", "html"}, "only text or json"},
		"ending":          {[]string{plan, "--base", base, "-o", "x.xlsx"}, ".json .gpkg"},
		"apply ending":    {[]string{plan, "--base", base, "--apply", "x.gpkg"}, "end in .zip"},
		"apply over plan": {[]string{plan, "--base", base, "--apply", plan}, "is an input"},
		"apply into plan": {[]string{folder, "--base", base, "--apply", filepath.Join(folder, "x.zip")}, "lies in the plan package"},
		"-o over base":    {[]string{plan, "--base", filepath.Join(base, "DLTB.shp"), "-o", filepath.Join(base, "DLTB.shp")}, ".json .gpkg"},
		"not a plan":      {[]string{filepath.Join(base, "nothing.zip"), "--base", base}, "cannot be opened"},
	} {
		res := landcheck(t, append([]string{"suggest", "--lang", "en", "--quiet"}, c.args...)...)
		if res.status != exitBadInput || !strings.Contains(res.stderr, c.want) {
			t.Errorf("%s: status %d: %s", name, res.status, res.stderr)
		}
	}
	if after, err := os.ReadFile(plan); err != nil || string(after) != string(before) {
		t.Errorf("the plan was written over: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "x.zip")); err == nil {
		t.Error("the plan was written into")
	}
}

// TestSuggestText: the table says rule, features and figures after, in both
// languages; papers are told apart.
func TestSuggestText(t *testing.T) {
	dir := sampleDir(t)
	base := filepath.Join(dir, "base")
	for lang, want := range map[string][]string{
		"zh": {"pbf-township-cap", "不调出 TC", "保留为永久基本农田", "改后：符合政策要求"},
		"en": {"pbf-township-cap", "do not take TC", "it stays PBF", "Then: compliant"},
	} {
		res := landcheck(t, "suggest", filepath.Join(dir, "plans", "02-over-five-percent.zip"), "--base", base, "--quiet", "--lang", lang)
		for _, w := range want {
			if res.status != exitCompliant || !strings.Contains(res.stdout, w) {
				t.Errorf("%s: no %q in: %s%s", lang, w, res.stdout, res.stderr)
			}
		}
	}
	res := landcheck(t, "suggest", filepath.Join(dir, "plans", "10-missing-consent.zip"), "--base", base, "--quiet", "--lang", "en")
	if res.status != exitViolations || !strings.Contains(res.stdout, "village-consent") || !strings.Contains(res.stdout, "papers are missing") {
		t.Errorf("status %d: %s", res.status, res.stdout)
	}
}
