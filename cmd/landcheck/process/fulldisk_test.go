package process

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSavedFromFullDisk: what a service kept on a disk that is full now is saved on
// another, and restored there; a prune that has no room to work, not even a reserve,
// says why, and not what it removed.
func TestSavedFromFullDisk(t *testing.T) {
	dir := t.TempDir()
	disk, data := filepath.Join(dir, "disk"), filepath.Join(dir, "disk", "data")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=16m"); err != nil {
		t.Skipf("a small disk of its own cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	serve := func(data string) *process {
		return start(t, "serve", "--base", base(t), "--data", data, "--listen", "127.0.0.1:0")
	}
	first := serve(data)
	id := first.order(first.upload(plan(t, "02-over-five-percent")), "30").ID
	report := first.report(first.until(id, "done"))
	first.signal(syscall.SIGTERM)
	first.wait(patience)
	if err := os.RemoveAll(filepath.Join(data, "reserve")); err != nil {
		t.Fatal(err)
	}
	full(t, filepath.Join(disk, "filler"))

	for lang, why := range map[string]string{"zh": "磁盘已满", "en": "the disk is full"} {
		if r := done(t, 2, "prune", "--data", data, "--keep", "1ms", "--lang", lang); r.stdout != "" || !strings.Contains(r.stderr, why) {
			t.Errorf("prune says %q and %q", r.stdout, r.stderr)
		}
	}
	done(t, 2, "backup", filepath.Join(disk, "saved.tar"), "--data", data)
	saved, restored := filepath.Join(dir, "saved.tar"), filepath.Join(dir, "restored")
	done(t, 0, "backup", saved, "--data", data)
	done(t, 0, "restore", saved, "--data", restored)
	second := serve(restored)
	if got := second.report(second.until(id, "done")); got != report {
		t.Error("the report that was restored is another")
	}
}

// full writes a file until its disk is full.
func full(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}
