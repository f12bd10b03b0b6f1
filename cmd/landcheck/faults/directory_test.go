package faults

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// directory is a service that keeps its things in a directory.
func directory(t *testing.T, data string) *process {
	return start(t, "serve", "--base", "150123="+base(t), "--data", data, "--workers", "2", "--drain", "20s", "--log-level", "warn")
}

// undisturbed holds what there is after the last stop: no process, no scratch,
// nothing half-made in the directory.
func undisturbed(t *testing.T, p *process, data string) {
	t.Helper()
	p.stop()
	singleProcess(t, p.temp)
	tidy(t, p.temp)
	if err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if strings.HasPrefix(d.Name(), ".") {
			t.Errorf("half-made: %s", path)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// TestDirectoryKilled: the server is killed at any moment and started again.
func TestDirectoryKilled(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r, p := newRandom(t), directory(t, data)
	p.ready()
	w := newTraffic(t, p, r)
	w.begin()
	for range times() {
		at := moment(r, time.Second)
		w.while(func() {
			time.Sleep(at)
			p.kill()
			p.start()
			p.ready()
		})
	}
	w.kept()
	undisturbed(t, p, data)
}

// TestChildKilled: the process of a check is killed at any moment.
func TestChildKilled(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r, p := newRandom(t), directory(t, data)
	p.ready()
	w := newTraffic(t, p, r)
	w.begin()
	for range times() {
		at := moment(r, 300*time.Millisecond)
		w.while(func() {
			time.Sleep(at)
			for _, pid := range p.children() {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		})
	}
	w.kept()
	undisturbed(t, p, data)
}

// TestDirectoryFull: the disk fills up at any moment, and there is room again.
func TestDirectoryFull(t *testing.T) {
	disk := tmpfs(t, t.TempDir(), 64<<20)
	data := filepath.Join(disk, "data")
	r, p := newRandom(t), directory(t, data)
	p.ready()
	w := newTraffic(t, p, r)
	w.begin()
	for range times() {
		at, hold := moment(r, 200*time.Millisecond), 100*time.Millisecond+moment(r, 500*time.Millisecond)
		w.while(func() {
			time.Sleep(at)
			filler := fill(t, disk)
			time.Sleep(hold)
			if err := os.Remove(filler); err != nil {
				t.Error(err)
			}
		})
	}
	w.kept()
	undisturbed(t, p, data)
}

// TestScratchFull: the same of the place for temporary files.
func TestScratchFull(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r, p := newRandom(t), directory(t, data)
	p.ready()
	p.stop()
	p.temp = tmpfs(t, t.TempDir(), 16<<20)
	p.start()
	p.ready()
	w := newTraffic(t, p, r)
	w.begin()
	for range times() {
		at, hold := moment(r, 200*time.Millisecond), 100*time.Millisecond+moment(r, 500*time.Millisecond)
		w.while(func() {
			time.Sleep(at)
			filler := fill(t, p.temp)
			time.Sleep(hold)
			if err := os.Remove(filler); err != nil {
				t.Error(err)
			}
		})
	}
	w.kept()
	undisturbed(t, p, data)
}

// tmpfs is a disk of so many bytes. It takes root.
func tmpfs(t *testing.T, dir string, size int64) string {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("a small disk of its own cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all room of a disk, for as long as the file that it gives is there.
func fill(t *testing.T, dir string) string {
	t.Helper()
	f := must[*os.File](t)(os.CreateTemp(dir, "filler"))
	defer f.Close()
	for size := 1 << 20; size >= 1; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 16
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return f.Name()
}
