package main

import (
	"runtime"
	"strings"
	"testing"

	"landcheck/geo"
)

// TestVersions: the long form says what a difference between two machines may come
// from, the libraries as they are loaded.
func TestVersions(t *testing.T) {
	got := landcheck(t, "version", "-v", "--lang", "en")
	if got.status != 0 {
		t.Fatal(got.stderr)
	}
	said := map[string]string{}
	for line := range strings.Lines(got.stdout) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		said[name] = strings.TrimSpace(value)
	}
	for name, want := range map[string]string{"landcheck": version, "GEOS": geo.GEOSVersion(), "Go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH} {
		if said[name] != want {
			t.Errorf("%s is %q, want %q", name, said[name], want)
		}
	}
	if !strings.HasPrefix(said["SQLite"], "3.") || said["program"] == "" {
		t.Errorf("%v", said)
	}
	if landcheck(t, "version", "more").status != 2 {
		t.Error("an argument is taken")
	}
}
