package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

// tmpfs is a disk of so many bytes and a thousand files. It takes root.
func tmpfs(t *testing.T, size int64) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,nr_inodes=1000", size)); err != nil {
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
func fill(t *testing.T, dir string) (path string) {
	t.Helper()
	path = filepath.Join(dir, "filler")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			return path
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestDiskFull: while the disk is full nothing is taken in and nothing is lost;
// a check that runs then waits, and ends once there is room. Nobody has to do
// anything for it.
func TestDiskFull(t *testing.T) {
	disk := tmpfs(t, 8<<20)
	dir := filepath.Join(disk, "data")
	s := opened(t, dir)
	upload := func(s *Store, id string) error {
		path := filepath.Join(t.TempDir(), "upload")
		if err := os.WriteFile(path, make([]byte, 100<<10), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := s.AddPlan(t.Context(), store.Plan{ID: id, File: id + ".zip", County: "150123"}, path, store.Entry{What: "upload", Object: id})
		return err
	}
	if err := upload(s, "first"); err != nil {
		t.Fatal(err)
	}
	c, _, err := s.AddCheck(t.Context(), store.Check{Plan: "first"}, store.Key{}, store.Entry{What: "check"})
	if err != nil {
		t.Fatal(err)
	}
	filler := fill(t, disk)
	for what, err := range map[string]error{
		"upload": upload(s, "second"),
		"check":  second(s.AddCheck(t.Context(), store.Check{Plan: "first"}, store.Key{}, store.Entry{What: "check"})),
		"record": s.Record(t.Context(), store.Entry{What: strings.Repeat("x", 8<<10)}), // more than is left of its last page
		"token":  s.AddToken(t.Context(), store.Token{ID: "a", Hash: "a"}),
		"ready":  s.Ready(t.Context()),
	} {
		if !transient.Is(err) {
			t.Errorf("%s while the disk is full: %v", what, err)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(dir, plansDir)); err != nil || len(entries) != 1 {
		t.Errorf("beside the first plan there are %v, %v", entries, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	worked := make(chan error, 1)
	tried := make(chan struct{}, 100)
	go func() {
		worked <- s.Work(ctx, 1, time.Second, func(_ context.Context, k store.Task) (store.Outcome, error) {
			tried <- struct{}{}
			return store.Outcome{Verdict: "compliant"}, os.WriteFile(filepath.Join(k.Dir, "report.json"), make([]byte, 50<<10), 0o600)
		})
	}()
	changes, err := s.Watch(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	freed := false
	for k := range changes {
		if k.Interrupted > 3 && !freed {
			freed = true
			if err := os.Remove(filler); err != nil {
				t.Fatal(err)
			}
		}
		c = k
	}
	if !freed || c.State != store.Done || c.Attempt != 1 || c.Verdict != "compliant" {
		t.Errorf("the check ended as %+v", c)
	}
	stop()
	if err := <-worked; err != nil {
		t.Error(err)
	}
	if err := errors.Join(upload(s, "second"), s.Ready(t.Context()), s.Close()); err != nil {
		t.Error(err)
	}
	whole(t, dir, c)
	// It also opens without room, for who wants to read.
	fill(t, disk)
	whole(t, dir, c)
}

func second[A, B any](_ A, _ B, err error) error { return err }

// whole holds what a store has after its next start: two plans, one check with
// its report, a trail that names them.
func whole(t *testing.T, dir string, want store.Check) {
	t.Helper()
	s, err := Open(dir, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	plans, err := s.ListPlans(t.Context(), store.Query{})
	if err != nil || len(plans) != 2 {
		t.Errorf("plans %+v, %v", plans, err)
	}
	checks, err := s.ListChecks(t.Context(), store.Query{})
	if err != nil || len(checks) != 1 || checks[0].State != store.Done || checks[0].ID != want.ID {
		t.Errorf("checks %+v, %v", checks, err)
	}
	a, err := s.Artifact(t.Context(), want.ID, "report.json")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if text, err := io.ReadAll(a); err != nil || len(text) != 50<<10 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	entries, err := s.Entries(t.Context(), store.Query{})
	if err != nil || len(entries) != 3 || entries[0].Object != "second" {
		t.Errorf("the trail is %+v, %v", entries, err)
	}
}
