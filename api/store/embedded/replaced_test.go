package embedded

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

// TestBaseReplaced: base data that are gone or half copied are transient
// doing; once they have lain still, what is wrong with them is theirs.
func TestBaseReplaced(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "base", "XZQ.shp")
	source := store.BaseSource{County: "150123", Paths: []string{filepath.Dir(file)}}
	open := func() error {
		base, err := OpenFiles(context.Background(), source)
		if err == nil {
			base.Close()
			t.Fatal("it opens")
		}
		return err
	}
	if err := open(); !transient.Is(err) {
		t.Errorf("gone: %v", err)
	}
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("half a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, time.Time{}, time.Unix(0, 0)); err != nil { // as cp -p does
		t.Fatal(err)
	}
	if err := open(); !transient.Is(err) {
		t.Errorf("half copied: %v", err)
	}
	if beingReplaced(source.Paths, time.Now().Add(settled)) {
		t.Error("it has lain still, and counts as being replaced")
	}
}
