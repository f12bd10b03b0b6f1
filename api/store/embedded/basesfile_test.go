package embedded

import (
	"os"
	"path/filepath"
	"testing"

	"landcheck/geo"
)

// TestBasesLost: base data that was handed in is not removed as a crash's debris where
// only the file is gone that says whose it is.
func TestBasesLost(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, basesDir, "019a0000-0000-7000-8000-000000000000", "a.gpkg")
	if err := os.MkdirAll(filepath.Dir(kept), privateDir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept, []byte("base data"), privateFile); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, nil, Options{})
	if f, ok := geo.AsInputError(err); !ok || f.File != filepath.Join(dir, basesFile) || f.Advice.IsZero() {
		t.Errorf("it opened with %v", err)
		s.Close()
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}
