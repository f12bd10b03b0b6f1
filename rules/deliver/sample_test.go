package deliver_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"landcheck/geo"
	"landcheck/geo/catalog"
	"landcheck/rules/check"
	"landcheck/rules/deliver"
	"landcheck/rules/plan"
	"landcheck/rules/sample"
)

// county writes the sample county once.
var county = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "deliver-test-")
	if err != nil {
		return "", err
	}
	return dir, sample.Write(context.Background(), dir, sample.Options{})
})

func TestMain(m *testing.M) {
	status := m.Run()
	if dir, err := county(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(status)
}

// checked is a plan of the sample with what its check gives.
type checked struct {
	*check.Result
	base *plan.Base
}

func checkSample(t *testing.T, name string) checked {
	t.Helper()
	dir, err := county()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "plans", name+"*.zip"))
	if err != nil || len(paths) != 1 {
		t.Fatal(name, paths, err)
	}
	return checkPlan(t, paths[0], filepath.Join(dir, "base"))
}

func checkPlan(t *testing.T, path string, bases ...string) checked {
	t.Helper()
	ctx := context.Background()
	p, err := plan.Open(ctx, path, plan.Options{})
	if err != nil {
		t.Fatal(err)
	}
	base, err := plan.OpenBase(ctx, bases, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { base.Close() })
	book, err := check.Book("", p)
	if err != nil {
		t.Fatal(err)
	}
	res, err := check.Run(ctx, check.Request{Plan: p, Base: base, Book: book, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return checked{res, base}
}

func (c checked) request(kind deliver.Kind) deliver.Request {
	return deliver.Request{Kind: kind, Report: c.Report, Ledger: c.Ledger, Base: c.base, Draft: true}
}

// written makes a deliverable and writes it into a new directory.
func written(t *testing.T, r deliver.Request) (dir string, files []string) {
	t.Helper()
	made, err := deliver.Make(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "out")
	if files, err = made.Write(context.Background(), dir, "zh"); err != nil {
		t.Fatal(err)
	}
	return dir, files
}

// readLayer reads a layer of a file back.
func readLayer(t *testing.T, path, name string) *geo.Table {
	t.Helper()
	c, err := catalog.Open(context.Background(), path, catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, l := range c.Layers {
		if l.Name() != name {
			continue
		}
		table := &geo.Table{Name: name, Fields: l.Fields()}
		if table.CRS, err = l.CRS(); err != nil {
			t.Fatal(err)
		}
		var columns []string
		for _, f := range table.Fields {
			columns = append(columns, f.Name)
		}
		for f, err := range l.Near(context.Background(), nil, columns) {
			if err != nil {
				t.Fatal(err)
			}
			table.Rows = append(table.Rows, f)
		}
		return table
	}
	t.Fatalf("%s has no layer %s", path, name)
	return nil
}

// column gives a column's values.
func column(t *testing.T, table *geo.Table, name string) []string {
	t.Helper()
	at := geo.FieldIndex(table.Fields, name)
	if at < 0 {
		t.Fatalf("%s has no field %s", table.Name, name)
	}
	var values []string
	for _, r := range table.Rows {
		values = append(values, strings.TrimSpace(r.Values[at]))
	}
	return values
}
