package check_test

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/sample"
)

// TestRememberedBase checks every sample plan over base data that nobody
// remembers and over base data remembered from the checks before: the layers
// with their digests, then what was measured. Not a byte may differ. The county
// comes as Shapefiles, then as a file geodatabase.
func TestRememberedBase(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if err := sample.Write(ctx, dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "plans", "*.zip"))
	if err != nil || len(paths) < 10 {
		t.Fatal(paths, err)
	}
	bases := map[string]string{"Shapefiles": filepath.Join(dir, "base")}
	if zipped, err := zip.OpenReader("../../../shared/data/filegdb/sample-base.gdb.zip"); err == nil { // the third-party files may be absent
		defer zipped.Close()
		at := filepath.Join(dir, "geodatabase")
		if err := os.CopyFS(at, zipped); err != nil {
			t.Fatal(err)
		}
		bases["file geodatabase"] = at
	}
	time.Sleep(2100 * time.Millisecond) // files of this moment are not remembered
	for name, base := range bases {
		t.Run(name, func(t *testing.T) { rememberedBase(t, base, paths) })
	}
}

func rememberedBase(t *testing.T, at string, plans []string) {
	ctx, cache := t.Context(), t.TempDir()
	written := func(path, cache string) []byte {
		p, err := plan.Open(ctx, path, plan.Options{})
		if err != nil {
			t.Fatal(err)
		}
		base, err := plan.OpenBase(ctx, []string{at}, plan.BaseOptions{Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		defer base.Close()
		book, err := check.Book("", p)
		if err != nil {
			t.Fatal(err)
		}
		res, err := check.Run(ctx, check.Request{Plan: p, Base: base, Book: book, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		json, err := report.ByName("json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Write(&b, report.Input{Report: res.Report, Ledger: res.Ledger}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, path := range plans {
		want := written(path, "")
		for round := range 2 {
			if got := written(path, cache); !bytes.Equal(got, want) {
				t.Errorf("%s, round %d: another report", filepath.Base(path), round)
			}
		}
	}
	for _, kind := range []string{"*.layer", "*.figures"} {
		if kept, err := filepath.Glob(filepath.Join(cache, kind)); err != nil || len(kept) == 0 {
			t.Errorf("nothing was remembered as %s: %v", kind, err)
		}
	}
}
