package catalog

import (
	"os"
	"path/filepath"
	"testing"
)

// TestEmptyGeodatabase: the empty folder of a file geodatabase is an item that
// somebody has to account for, whether or not a folder wraps the package.
func TestEmptyGeodatabase(t *testing.T) {
	for _, within := range []string{"", "plan/"} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, within, "DLBG.gdb"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, within, "plan.yaml"), []byte("format: 1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Open(t.Context(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		found := false
		for _, i := range c.Items() {
			found = found || i.Name == "DLBG.gdb" && i.Usage == Unread && !i.Why.IsZero()
		}
		if !found || len(c.Skipped) != 1 {
			t.Errorf("%q: %v, %v", within, c.Items(), c.Skipped)
		}
	}
}
