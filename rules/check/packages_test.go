package check_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/geo/geopackage"
	"landcheck/rules/check"
)

// TestPackages: which folders hold several packages is told by what lies in
// them; a folder that is a package today stays one.
func TestPackages(t *testing.T) {
	ctx := context.Background()
	whole := filepath.Join(t.TempDir(), "whole.gpkg")
	if err := geopackage.Write(ctx, whole, []*geo.Table{{Name: "ZZQY", CRS: geo.CRS{Kind: geo.Geographic}, Fields: []geo.Field{{Name: "BSM", Type: geo.TextField}}}}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ files, want []string }{
		"zips":                  {[]string{"b.zip", "a.zip", "readme.md", "report.json", ".c.zip"}, []string{"a.zip", "b.zip"}},
		"one zip":               {[]string{"a.zip"}, []string{"a.zip"}},
		"folders":               {[]string{"b/ZZQY.shp", "a/plan.yaml", "a/x.txt"}, []string{"a", "b"}},
		"a folder that is odd":  {[]string{"a/plan.yaml", "b/plan.yml", "c/somewhere/图层.shp", "d/notes.docx"}, []string{"a", "b", "c"}},
		"both":                  {[]string{"a.zip", "b/plan.yaml", "c/1501232025ZZQY.geojson"}, []string{"a.zip", "b", "c"}},
		"a package":             {[]string{"plan.yaml", "a.zip", "b/ZZQY.shp", "c/ZZQY.shp"}, nil},
		"a package by its area": {[]string{"ZZFW.shp", "a.zip"}, nil},
		"loose layers":          {[]string{"图层.shp", "a.zip"}, nil},
		"wrapped":               {[]string{"a/ZZQY.shp", "意见.zip"}, nil},
		"a zip and a folder":    {[]string{"a/plan.yaml", "a/ZZQY.shp", "b.zip"}, []string{"a", "b.zip"}},
		"layers in containers":  {[]string{"ZZQY.gpkg", "DLBG.gpkg"}, nil},
		"nothing":               {[]string{"notes.docx"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range c.files {
				at := filepath.Join(dir, f)
				if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(at, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			is(t, dir, check.Packages(ctx, dir), c.want)
		})
	}
	t.Run("containers", func(t *testing.T) {
		dir := t.TempDir()
		for _, name := range []string{"a.gpkg", "b.gpkg"} {
			if err := os.Link(whole, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			if name == "a.gpkg" {
				is(t, dir, check.Packages(ctx, dir), nil)
			}
		}
		is(t, dir, check.Packages(ctx, dir), []string{"a.gpkg", "b.gpkg"})
	})
	is(t, "", check.Packages(ctx, whole), nil)
	is(t, "", check.Packages(ctx, whole+"absent"), nil)
}

func is(t *testing.T, dir string, got, names []string) {
	t.Helper()
	var want []string
	for _, n := range names {
		want = append(want, filepath.Join(dir, n))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
