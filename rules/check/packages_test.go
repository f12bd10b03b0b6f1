package check_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
		"other archives":        {[]string{"a.zip", "b.RAR", "c.7z", "d/old/e.tar.gz", "f/photo.jpg"}, []string{"a.zip", "b.RAR", "c.7z", "d"}},
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
			is(t, dir, packages(t, dir), c.want)
		})
	}
	t.Run("links", func(t *testing.T) {
		dir, elsewhere := t.TempDir(), t.TempDir()
		if err := os.WriteFile(filepath.Join(elsewhere, "plan.yaml"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for name, to := range map[string]string{"a": elsewhere, "b": elsewhere, "c.zip": filepath.Join(elsewhere, "plan.yaml"), "round": dir} {
			if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		is(t, dir, packages(t, dir), []string{"a", "b", "c.zip", "round"})
	})
	t.Run("many files", func(t *testing.T) {
		dir := t.TempDir()
		for _, name := range []string{"a.zip", "photos/x"} {
			if err := os.MkdirAll(filepath.Join(dir, name), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 10_001 {
			if err := os.Mkdir(filepath.Join(dir, "photos", strconv.Itoa(i)), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		is(t, dir, packages(t, dir), []string{"a.zip", "photos"})
	})
	t.Run("interrupted", func(t *testing.T) {
		over, cancel := context.WithCancel(ctx)
		cancel()
		if list, err := check.Packages(over, t.TempDir()); err == nil {
			t.Errorf("%v, and no error", list)
		}
	})
	t.Run("containers", func(t *testing.T) {
		dir := t.TempDir()
		for _, name := range []string{"a.gpkg", "b.gpkg"} {
			if err := os.Link(whole, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			if name == "a.gpkg" {
				is(t, dir, packages(t, dir), nil)
			}
		}
		is(t, dir, packages(t, dir), []string{"a.gpkg", "b.gpkg"})
	})
	is(t, "", packages(t, whole), nil)
	is(t, "", packages(t, whole+"absent"), nil)
}

func packages(t *testing.T, path string) []string {
	t.Helper()
	list, err := check.Packages(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return list
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
