package main

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"landcheck/geo/filelock"
)

// TestScratchIsSwept: what a killed process left goes at the next start however
// young it is; what a live one holds, what only has the name, and what a link
// leads to stay.
func TestScratchIsSwept(t *testing.T) {
	where := t.TempDir()
	t.Setenv("TMPDIR", where)
	file := func(elements ...string) {
		t.Helper()
		path := filepath.Join(append([]string{where}, elements...)...)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file(scratchName+"1", scratchMark)
	file(scratchName+"1", "package", "plan.zip")
	file(scratchName+"2", scratchMark)
	file(scratchName+"notes", "mine.txt")
	file("elsewhere", scratchMark)
	if err := os.Symlink(filepath.Join(where, "elsewhere"), filepath.Join(where, scratchName+"3")); err != nil {
		t.Fatal(err)
	}
	live, err := filelock.Dir(filepath.Join(where, scratchName+"2"))
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	release, err := scratch()
	if err != nil {
		t.Fatal(err)
	}
	there := func(want bool, elements ...string) {
		t.Helper()
		if _, err := os.Stat(filepath.Join(append([]string{where}, elements...)...)); (err == nil) != want {
			t.Errorf("%v there: %t, want %t", elements, err == nil, want)
		}
	}
	there(false, scratchName+"1")
	there(true, scratchName+"2", scratchMark)
	there(true, scratchName+"notes", "mine.txt")
	there(true, "elsewhere", scratchMark)
	own := os.Getenv("TMPDIR")
	if err := release(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(own); err == nil || os.Getenv("TMPDIR") != where {
		t.Errorf("after its release %s is there: %v", own, err)
	}
}

// TestScratchAtOnce: of processes that start together none sweeps away another's.
func TestScratchAtOnce(t *testing.T) {
	where := t.TempDir()
	var group sync.WaitGroup
	for range 32 {
		group.Go(func() {
			for range 20 {
				sweepScratch(where)
				dir, held, err := newScratch(where)
				if err != nil {
					t.Error(err)
					return
				}
				sweepScratch(where)
				if err := os.WriteFile(filepath.Join(dir, "work"), nil, 0o600); err != nil {
					t.Errorf("swept away while held: %v", err)
				}
				if err := os.RemoveAll(dir); err != nil {
					t.Error(err)
				}
				held.Close()
			}
		})
	}
	group.Wait()
}
