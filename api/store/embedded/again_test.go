package embedded

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestRestoreAgain: what a restore left that was killed goes with the next one,
// and nothing that another has put there.
func TestRestoreAgain(t *testing.T) {
	saved := archive(t, Manifest{Format: manifestFormat})
	for name, c := range map[string]struct {
		holds []string
		taken bool
	}{
		"before its mark":      {[]string{lockFile}, true},
		"unpacking":            {[]string{lockFile, restoring, unpacking + "1/plans/a/plan.json"}, true},
		"publishing":           {[]string{lockFile, restoring, "plans/a/plan.json", tokensFile, unpacking + "1/checks/b/check.json"}, true},
		"of a file system":     {[]string{"lost+found/x", restoring}, true},
		"with another's file":  {[]string{restoring, "plans/a/plan.json", "mine.txt"}, false},
		"a store without mark": {[]string{lockFile, "plans/a/plan.json"}, false},
	} {
		dir := t.TempDir()
		for _, f := range c.holds {
			path := filepath.Join(dir, filepath.FromSlash(f))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Restore(t.Context(), bytes.NewReader(saved), int64(len(saved)), dir)
		if (err == nil) != c.taken {
			t.Errorf("%s: %v", name, err)
		}
		for _, f := range c.holds {
			kept := !c.taken || f == lockFile || f == "lost+found/x"
			if exists(filepath.Join(dir, filepath.FromSlash(f))) != kept {
				t.Errorf("%s: %s is there: %t", name, f, !kept)
			}
		}
	}
}
