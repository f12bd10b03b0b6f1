package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

// TestRoomMade: on a disk without room, for bytes or for names, plans, checks and
// old entries can be deleted; nothing else is accepted before the reserve is
// whole again.
func TestRoomMade(t *testing.T) {
	for name, full := range map[string]func(*testing.T, string){
		"bytes": func(t *testing.T, disk string) { fill(t, disk) }, "names": crowd} {
		t.Run(name, func(t *testing.T) {
			disk := tmpfs(t, 12<<20)
			dir := filepath.Join(disk, "data")
			s := opened(t, dir)
			for i := range 3 {
				if err := addBytes(t, s, fmt.Sprint(i), 2<<20); err != nil {
					t.Fatal(err)
				}
			}
			full(t, disk)
			if err := addBytes(t, s, "more", 1); !isFull(err) || !transient.Is(err) {
				t.Errorf("on a full disk: %v", err)
			}
			if err := s.DeletePlan(t.Context(), "0", store.Entry{What: "delete"}); err != nil {
				t.Fatal(err)
			}
			gone, err := s.Prune(t.Context(), store.Retention{Keep: 1, By: "test"})
			if err != nil || len(gone.Counties) != 1 || gone.Counties[0].Plans != 2 {
				t.Errorf("%+v, %v", gone, err)
			}
			if err := addBytes(t, s, "more", 1<<20); err != nil {
				t.Errorf("after room was made: %v", err)
			}
			entries, err := s.Entries(t.Context(), store.Query{})
			if err != nil || len(entries) != 7 {
				t.Errorf("%+v, %v", entries, err)
			}
			wholeReserve(t, dir)
		})
	}
}

// addBytes adds a plan of so many bytes.
func addBytes(t *testing.T, s *Store, id string, size int64) error {
	path := filepath.Join(t.TempDir(), "upload")
	if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := s.AddPlan(t.Context(), store.Plan{ID: id, File: id + ".zip", Size: size, County: "150123"}, path, store.Entry{What: "upload", Object: id})
	return err
}

func wholeReserve(t *testing.T, dir string) {
	t.Helper()
	for i := range reserveFiles {
		info, err := os.Stat(filepath.Join(dir, reserveDir, fmt.Sprint(i)))
		if err != nil || info.Size() != reserveSize || info.Sys().(*syscall.Stat_t).Blocks*512 < reserveSize {
			t.Errorf("the reserve: %+v, %v", info, err)
		}
	}
}

// TestReserve: what it gives is usable at once, file by file; it is made again
// with room alone, and takes its room though a copy of it had holes.
func TestReserve(t *testing.T) {
	disk := tmpfs(t, 8<<20)
	r := reserve{dir: filepath.Join(disk, reserveDir)}
	if err := r.fill(); err != nil {
		t.Fatal(err)
	}
	wholeReserve(t, disk)
	filler := fill(t, disk)
	write := func() error {
		return os.WriteFile(filepath.Join(disk, "mark"), make([]byte, reserveFiles*reserveSize-1), 0o600)
	}
	if err := r.forDeletion(write); err != nil {
		t.Error(err)
	}
	if err := r.fill(); !isFull(err) || !transient.Is(err) {
		t.Errorf("with no room: %v", err)
	}
	tries := 0
	failed := errors.New("other")
	if err := r.forDeletion(func() error { tries++; return failed }); err != failed || tries != 1 {
		t.Errorf("%d tries, %v", tries, err)
	}
	if err := r.forDeletion(func() error { return syscall.ENOSPC }); err != syscall.ENOSPC {
		t.Errorf("with nothing left: %v", err)
	}
	if err := errors.Join(os.Remove(filler), os.Remove(filepath.Join(disk, "mark")), r.fill()); err != nil {
		t.Fatal(err)
	}
	wholeReserve(t, disk)
	copied := reserve{dir: filepath.Join(t.TempDir(), reserveDir)}
	if err := os.Mkdir(copied.dir, privateDir); err != nil {
		t.Fatal(err)
	}
	for i := range reserveFiles {
		if err := errors.Join(os.WriteFile(copied.path(i), nil, privateFile), os.Truncate(copied.path(i), reserveSize)); err != nil {
			t.Fatal(err)
		}
	}
	if err := copied.fill(); err != nil {
		t.Fatal(err)
	}
	wholeReserve(t, filepath.Dir(copied.dir))
}

// TestBesideReserve: while a deletion has room of the reserve, others do not get it,
// though it is there: no plan, check, entry or result of a check.
func TestBesideReserve(t *testing.T) {
	disk := tmpfs(t, 12<<20)
	s := opened(t, filepath.Join(disk, "data"))
	if err := addBytes(t, s, "0", 1); err != nil {
		t.Fatal(err)
	}
	c, _, err := s.AddCheck(t.Context(), store.Check{Plan: "0"}, store.Key{})
	if err != nil {
		t.Fatal(err)
	}
	filler := ""
	attempts := 0
	run := func(_ context.Context, k store.Task) (store.Outcome, error) {
		attempts++
		if filler == "" { // the disk fills up while it runs
			filler = fill(t, disk)
			if !s.reserve.release() {
				t.Error("nothing to release")
			}
			if err := os.WriteFile(filepath.Join(disk, "others"), make([]byte, 500<<10), 0o600); err != nil { // half of it is left
				t.Error(err)
			}
		}
		return store.Outcome{Verdict: "compliant"}, os.WriteFile(filepath.Join(k.Dir, "report.json"), make([]byte, 100<<10), 0o600)
	}
	changes, err := s.Watch(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() { _ = s.Work(ctx, 1, 0, run) })
	for k := range changes {
		if c = k; k.Interrupted != 3 || k.State != store.Queued {
			continue
		}
		for what, err := range map[string]error{
			"plan":  addBytes(t, s, "1", 1),
			"check": second(s.AddCheck(t.Context(), store.Check{Plan: "0"}, store.Key{})),
			"entry": s.Record(t.Context(), store.Entry{What: "read"}),
			"ready": s.Ready(t.Context()),
		} {
			if !isFull(err) || !transient.Is(err) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	work.Wait()
	if c.State != store.Done || attempts != 2 {
		t.Errorf("%s after %d runs", c.State, attempts)
	}
	if err := errors.Join(addBytes(t, s, "1", 1), s.Ready(t.Context())); err != nil {
		t.Error(err)
	}
}

// TestOverwrite: where a file system cannot set room aside, bytes take it.
func TestOverwrite(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "0"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := errors.Join(overwrite(f, reserveSize), overwrite(f, reserveSize)); err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() != reserveSize {
		t.Errorf("%+v, %v", info, err)
	}
}

// TestDeletionFinished: a server that was killed while it deleted on a full disk
// is followed by one that starts on it and ends the deletion, whatever was done.
func TestDeletionFinished(t *testing.T) {
	for name, cut := range map[string]func(s *Store, d deletion) error{
		"marked": func(s *Store, d deletion) error {
			return writeJSON(s.path(plansDir, "0", deletedFile), d)
		},
		"recorded": func(s *Store, d deletion) error {
			return errors.Join(writeJSON(s.path(plansDir, "0", deletedFile), d), s.audit.record(d.Entry))
		},
		"emptied": func(s *Store, d deletion) error {
			return errors.Join(writeJSON(s.path(plansDir, "0", deletedFile), d), clearBut(s.path(plansDir, "0"), deletedFile))
		},
		"renamed": func(s *Store, d deletion) error {
			return errors.Join(writeJSON(s.path(plansDir, "0", deletedFile), d), s.audit.record(d.Entry), publish(s.path(plansDir, "0"), s.path(plansDir, deleted+d.Entry.ID)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			disk := tmpfs(t, 12<<20)
			dir := filepath.Join(disk, "data")
			s := opened(t, dir)
			if err := errors.Join(addBytes(t, s, "0", 2<<20), addBytes(t, s, "1", 1)); err != nil {
				t.Fatal(err)
			}
			e := store.Entry{ID: "018f0000-0000-7000-8000-000000000000", What: "delete", Object: "0", Time: s.now(),
				Reason: strings.Repeat("x", 8<<10)} // more than is left of the trail's last page
			if err := errors.Join(cut(s, deletion{Entry: e}), s.Close()); err != nil {
				t.Fatal(err)
			}
			if name != "emptied" { // else what is deleted gives the room
				if err := os.RemoveAll(filepath.Join(dir, reserveDir)); err != nil {
					t.Fatal(err)
				}
			}
			fill(t, disk)
			s = opened(t, dir)
			plans, err := s.ListPlans(t.Context(), store.Query{})
			if err != nil || len(plans) != 1 || plans[0].ID != "1" {
				t.Errorf("%+v, %v", plans, err)
			}
			entries, err := s.Entries(t.Context(), store.Query{})
			if err != nil || len(entries) != 3 || entries[0].What != "delete" {
				t.Errorf("%+v, %v", entries, err)
			}
			if left, err := os.ReadDir(filepath.Join(dir, plansDir)); err != nil || len(left) != 1 {
				t.Errorf("%v, %v", left, err)
			}
		})
	}
}
