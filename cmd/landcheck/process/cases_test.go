package process

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// elsewhere are kinds of cases, and single ones, that have issues of their own.
var elsewhere = []string{"manifests", "pilot-layer"}

// TestCases runs the table of cases beside the repository, where there is one,
// on the built program.
func TestCases(t *testing.T) {
	t.Parallel()
	cases := must[string](t)(filepath.Abs("../../../../shared/cases"))
	if _, err := os.Stat(filepath.Join(cases, "run.py")); err != nil {
		t.Skip("there are no cases beside the repository (../shared/cases)")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	var table []map[string]any
	if err := json.Unmarshal(must[[]byte](t)(os.ReadFile(filepath.Join(cases, "cases.json"))), &table); err != nil {
		t.Fatal(err)
	}
	table = slices.DeleteFunc(table, func(c map[string]any) bool {
		return slices.ContainsFunc(elsewhere, func(s string) bool { return c["kind"] == s || c["name"] == s })
	})
	dir := t.TempDir()
	for _, name := range []string{"plans", "bases", "books"} {
		if err := os.Symlink(filepath.Join(cases, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "cases.json"), must[[]byte](t)(json.Marshal(table)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, filepath.Join(cases, "run.py"), must[string](t)(program()), "--dir", dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
