package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestNoNetwork: what judges land opens no connection, as the chapter on secrecy
// promises: nothing below the service imports the network but who reads a database
// and who has the machine's browser print.
func TestNoNetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "landcheck/geo/...", "landcheck/rules/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{
		"landcheck/geo/postgis", "landcheck/geo/postgis/pgtest",
		"landcheck/geo/transient", // the kinds of errors alone
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		imports := strings.Fields(line)
		seen++
		for _, to := range imports[1:] {
			if (to == "net" || to == "net/http") && !slices.Contains(allowed, imports[0]) {
				t.Errorf("%s imports %s", imports[0], to)
			}
		}
	}
	if seen < 30 {
		t.Errorf("%d packages", seen)
	}
}
