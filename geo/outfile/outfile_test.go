package outfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"landcheck/geo/outfile"
)

// TestCreate: until it is replaced the old file stays, and what was not finished
// leaves nothing.
func TestCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "报告.json")
	if err := outfile.Write(path, []byte("old"), outfile.Public); err != nil {
		t.Fatal(err)
	}
	for _, finish := range []bool{false, true} {
		f, err := outfile.Create(path, outfile.Private)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("new"); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "old")
		if finish {
			err = f.Replace()
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Cleanup(); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, path, "new")
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
	if _, err := outfile.Create(filepath.Join(dir, "nowhere", "x"), outfile.Public); err == nil {
		t.Error("a file was begun in a folder that is not there")
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if text, err := os.ReadFile(path); err != nil || string(text) != want {
		t.Errorf("%q, %v", text, err)
	}
}
