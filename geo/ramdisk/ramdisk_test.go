package ramdisk

import (
	"os"
	"path/filepath"
	"testing"
)

// TestUse: who says where is heard; else it is in memory, or as before.
func TestUse(t *testing.T) {
	t.Setenv("TMPDIR", "/elsewhere")
	if Use(); os.TempDir() != "/elsewhere" {
		t.Errorf("%s", os.TempDir())
	}
	os.Setenv("TMPDIR", "")
	if Use(); Dir() != "" && os.TempDir() != Dir() {
		t.Errorf("%s, want %s", os.TempDir(), Dir())
	}
}

// TestAvailable reads what the system says.
func TestAvailable(t *testing.T) {
	dir := t.TempDir()
	if n := available(dir); n != 0 {
		t.Errorf("%d of nothing", n)
	}
	text := "MemTotal:       25269176 kB\nMemFree:          700000 kB\nMemAvailable:   20971520 kB\nBuffers:  1 kB\n"
	if err := os.WriteFile(filepath.Join(dir, "meminfo"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := available(dir); n != 20<<30 {
		t.Errorf("%d", n)
	}
}
