package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"landcheck/rules/result"
	"landcheck/rules/sample"
)

// county is the sample county, written once for all tests.
var county = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "landcheck-sample-*")
	if err != nil {
		return "", err
	}
	return dir, sample.Write(context.Background(), dir, sample.Options{})
})

func TestMain(m *testing.M) {
	asProgram()
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		os.Unsetenv(name)
	}
	cache, err := os.MkdirTemp("", "landcheck-cache-*") // not the user's
	if err != nil {
		panic(err)
	}
	os.Setenv("LANDCHECK_CACHE", cache)
	code := m.Run()
	os.RemoveAll(cache)
	if dir, err := county(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

func sampleDir(t testing.TB) string {
	t.Helper()
	dir, err := county()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// outcome is what one run of the program gave.
type outcome struct {
	status         int
	stdout, stderr string
}

func landcheck(t testing.TB, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return outcome{status, out.String(), errs.String()}
}

// checked runs check and reads the JSON report.
func checked(t testing.TB, want int, args ...string) *result.Report {
	t.Helper()
	res := landcheck(t, append([]string{"check", "--format", "json"}, args...)...)
	if res.status != want {
		t.Fatalf("status %d, want %d: %s", res.status, want, res.stderr)
	}
	var r result.Report
	if err := json.Unmarshal([]byte(res.stdout), &r); err != nil {
		t.Fatal(err)
	}
	return &r
}

func rule(t testing.TB, r *result.Report, id string) *result.RuleResult {
	t.Helper()
	for i := range r.Rules {
		if r.Rules[i].ID == id {
			return &r.Rules[i]
		}
	}
	t.Fatalf("the report has no rule %s", id)
	return nil
}

// without copies a base directory and leaves one layer out.
func without(t testing.TB, base, layer string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob(filepath.Join(base, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := filepath.Base(f); !strings.HasPrefix(name, layer+".") {
			if err := os.Link(f, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}
