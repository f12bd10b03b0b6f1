package check_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"landcheck/rules/check"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/sample"
)

// TestArchive writes every format of every sample plan from a result and from
// its archive: not a byte may differ.
func TestArchive(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if err := sample.Write(ctx, dir, sample.Options{}); err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(ctx, []string{filepath.Join(dir, "base")}, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	paths, err := filepath.Glob(filepath.Join(dir, "plans", "*.zip"))
	if err != nil || len(paths) < 10 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			p, err := plan.Open(ctx, path, plan.Options{})
			if err != nil {
				t.Fatal(err)
			}
			book, err := check.Book("", p)
			if err != nil {
				t.Fatal(err)
			}
			res, err := check.Run(ctx, check.Request{Plan: p, Base: base, Book: book, Version: "test"})
			if err != nil {
				t.Fatal(err)
			}
			saved := t.TempDir()
			if err := res.Save(ctx, saved); err != nil {
				t.Fatal(err)
			}
			direct := report.Input{Report: res.Report, Ledger: res.Ledger}
			if direct.Drawing, err = res.Drawing(ctx); err != nil {
				t.Fatal(err)
			}
			archive := check.Archive(func(name string) (io.ReadCloser, error) { return os.Open(filepath.Join(saved, name)) })
			kept := report.Input{}
			if kept.Report, err = archive.Report(); err != nil {
				t.Fatal(err)
			}
			if kept.Ledger, err = archive.Ledger(); err != nil {
				t.Fatal(err)
			}
			if kept.Drawing, err = archive.Drawing(); err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Formats() {
				if f.Name == "gpkg" || f.Printed {
					continue // SQLite writes a clock; what a browser prints is HTML
				}
				var a, b bytes.Buffer
				if err := f.Write(&a, direct); err != nil {
					t.Fatal(f.Name, err)
				}
				if err := f.Write(&b, kept); err != nil {
					t.Fatal(f.Name, err)
				}
				if a.Len() == 0 || !bytes.Equal(a.Bytes(), b.Bytes()) {
					t.Errorf("%s: %d bytes from the result, %d from its archive", f.Name, a.Len(), b.Len())
				}
			}
		})
	}
}
