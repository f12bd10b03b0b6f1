package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/api/store/embedded"
	"landcheck/geo/filelock"
)

// TestClean: what lies on the machine is listed, and only what was asked for goes:
// the cache, what killed runs left, a county's plans, the directory itself.
func TestClean(t *testing.T) {
	place := t.TempDir()
	temp, cache, data := filepath.Join(place, "tmp"), filepath.Join(place, "cache"), filepath.Join(place, "data")
	write := func(text string, elements ...string) string {
		t.Helper()
		path := filepath.Join(elements...)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("TMPDIR", temp)
	layer := write("1234567890", cache, "ab.layer")
	mine := write("mine", cache, "notes.txt")
	killed := write("", temp, scratchName+"1", scratchMark)
	live := write("", temp, scratchName+"2", scratchMark)
	held, err := filelock.Dir(filepath.Dir(live))
	if err != nil || held == nil {
		t.Fatal(held, err)
	}
	defer held.Close()
	addPlans(t, data, "150123", "150124")

	clean := func(status int, args ...string) string {
		t.Helper()
		got := landcheck(t, append([]string{"clean", "--lang", "en", "--cache", cache, "--data", data}, args...)...)
		if got.status != status {
			t.Fatalf("clean %v ended with %d: %s%s", args, got.status, got.stdout, got.stderr)
		}
		return got.stdout + got.stderr
	}
	there := func(want bool, paths ...string) {
		t.Helper()
		for _, path := range paths {
			if _, err := os.Stat(path); (err == nil) != want {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	said := clean(0)
	for _, want := range []string{`cache +10 B`, `scratch +0 B +\S+1 +left by`, `scratch +0 B +\S+2 +in use`, `of it 150123: 1 plans`, `of it 150124: 1 plans`, "nothing was removed"} {
		if !regexp.MustCompile(want).MatchString(said) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	there(true, layer, killed, live)

	clean(0, "--remove", "cache,scratch")
	there(false, layer, filepath.Dir(killed))
	there(true, mine, live)

	clean(0, "--remove", "data", "--county", "150124")
	if said := clean(0); strings.Contains(said, "150124") || !strings.Contains(said, "150123: 1 plans") {
		t.Error(said)
	}
	busy, err := embedded.Open(data, nil, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if said := clean(0); !strings.Contains(said, "in use by another process") {
		t.Error(said)
	}
	clean(2, "--remove", "data")
	if err := busy.Close(); err != nil {
		t.Fatal(err)
	}
	clean(0, "--remove", "data")
	there(false, data)
	clean(2, "--remove", "everything")
	clean(2, "--remove", "cache", "--county", "150123")
	clean(2, "--county", "15")
}

// addPlans makes a service's directory with a plan of each county.
func addPlans(t *testing.T, dir string, counties ...string) {
	t.Helper()
	s, err := embedded.Open(dir, nil, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, county := range counties {
		path := filepath.Join(t.TempDir(), "plan.zip")
		if err := os.WriteFile(path, []byte(county), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.AddPlan(t.Context(), store.Plan{ID: county, File: "plan.zip", Size: 6, County: county}, path); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
