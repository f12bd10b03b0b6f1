package filelock_test

import (
	"os"
	"path/filepath"
	"testing"

	"landcheck/geo/filelock"
)

// TestTry: a file is held once, can be read meanwhile, and is free again when it
// is let go of or closed.
func TestTry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	if err := os.WriteFile(path, []byte("12"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, second := opened(t, path), opened(t, path)
	want(t, first, true)
	want(t, second, false)
	if text, err := os.ReadFile(path); err != nil || string(text) != "12" {
		t.Errorf("%q, %v", text, err)
	}
	if err := filelock.Release(first); err != nil {
		t.Fatal(err)
	}
	want(t, second, true)
	want(t, first, false)
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	want(t, first, true)
	first.Close()
	if _, err := filelock.Try(first); err == nil {
		t.Error("a closed file is held")
	}
}

func opened(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func want(t *testing.T, f *os.File, held bool) {
	t.Helper()
	if got, err := filelock.Try(f); err != nil || got != held {
		t.Errorf("held %v, %v; want %v", got, err, held)
	}
}

// TestDir: a directory is held once, and can be removed while it is.
func TestDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "work")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	held, err := filelock.Dir(dir)
	if err != nil || held == nil {
		t.Fatal(held, err)
	}
	defer held.Close()
	if again, err := filelock.Dir(dir); again != nil || err != nil {
		t.Errorf("held twice: %v, %v", again, err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Error(err)
	}
	if gone, err := filelock.Dir(dir); err == nil {
		t.Errorf("a directory that is gone is held: %v", gone)
	}
}
