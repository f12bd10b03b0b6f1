package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"landcheck/api/store"
	"landcheck/geo/filelock"
	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// snapshotName is that of directories that hold a snapshot while it is saved.
const snapshotName = ".backup-"

// snapshot is the store as it was at one time, beside a server that goes on:
// links to files that never change, so that they stay though they are deleted,
// and copies of the few that do. The copies are kept in another place: the
// store's disk may be full. Where it has no room for links either, the files
// themselves are read, and one that is deleted meanwhile ends the backup.
//
// Plans are looked at after checks, and both once more at the end: a check that
// is in it has its plan, and what was deleted meanwhile is not in it. A check
// that waited or ran, or had not been written down as done, waits in it.
type snapshot struct {
	from   string
	links  string                 // a directory; "": the disk has no room for one
	linked int                    // so far
	held   *os.File               // locked as long as the links are needed
	copies *os.File               // without a name
	end    int64                  // of the copies
	logs   []*os.File             // of the audit trail, which only grows
	files  map[string]source      // by name, with slashes
	plans  map[string]fs.FileInfo // of their plan.json when they were taken in
	checks map[string]store.Check
}

// source is where a file of a snapshot is read.
type source struct {
	path string   // of a link, or of the file itself
	in   *os.File // else a part of this
	from int64
	size int64
}

// takeSnapshot takes one of a directory, with room in another for the copies.
func takeSnapshot(ctx context.Context, from, scratch string) (_ *snapshot, err error) {
	s := &snapshot{from: from, files: map[string]source{}, plans: map[string]fs.FileInfo{}, checks: map[string]store.Check{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	for _, step := range []func(context.Context) error{
		s.makeLinks, func(context.Context) error { return s.makeCopies(scratch) }, s.takeChecks, s.takePlans, s.recheck, s.takeRest,
	} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// makeLinks makes the directory of the links, where the disk has room.
func (s *snapshot) makeLinks(context.Context) (err error) {
	s.links, err = os.MkdirTemp(s.from, snapshotName)
	if isFull(err) {
		s.links = ""
		return nil
	}
	if err != nil {
		return unusable(s.from, err)
	}
	if s.held, err = filelock.Dir(s.links); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}

func (s *snapshot) makeCopies(scratch string) (err error) {
	if s.copies, err = outfile.Nameless(scratch, ".landcheck-backup-"); err != nil {
		return noRoomFor(scratch, err)
	}
	return nil
}

func (s *snapshot) close() (err error) {
	for _, f := range append(s.logs, s.held, s.copies) {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	if s.links != "" { // in the end: Windows keeps a folder with an open file
		err = errors.Join(err, outfile.RemoveAll(s.links))
	}
	return err
}

// whole are the names in a directory of the store of what is whole.
func (s *snapshot) whole(of string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.from, of))
	if err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && isName(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func (s *snapshot) takeChecks(ctx context.Context) error {
	ids, err := s.whole(checksDir)
	for _, id := range ids {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = s.unlessGone(checksDir, id, checkFile, func() error { return s.takeCheck(id) })
		}
	}
	return err
}

// unlessGone takes a plan or a check in; one that is deleted meanwhile is left
// out whole.
func (s *snapshot) unlessGone(of, id, file string, take func() error) error {
	err := take()
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(filepath.Join(s.from, of, id, file)); errors.Is(there, fs.ErrNotExist) {
		s.leaveOut(of, id)
		return nil
	}
	return err
}

func (s *snapshot) leaveOut(of, id string) {
	maps.DeleteFunc(s.files, func(name string, _ source) bool { return strings.HasPrefix(name, of+"/"+id+"/") })
}

func (s *snapshot) takeCheck(id string) error {
	var j checkJSON
	if err := readJSON(filepath.Join(s.from, checksDir, id, checkFile), &j); err != nil {
		return err
	}
	if !j.State.Ended() {
		j.State, j.Started, j.Done, j.Total = store.Queued, nil, 0, 0
	}
	if j.State == store.Done {
		if err := s.link(path.Join(checksDir, id, filesDir)); err != nil {
			return err
		}
	}
	if err := s.copyFile(path.Join(checksDir, id, decisionsFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text, err := json.MarshalIndent(j, "", "  ")
	if err == nil {
		err = s.copy(path.Join(checksDir, id, checkFile), append(text, '\n'))
	}
	if err != nil {
		return err
	}
	s.checks[id] = j.Check
	return nil
}

func (s *snapshot) takePlans(ctx context.Context) error {
	ids, err := s.whole(plansDir)
	for _, id := range ids {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = s.unlessGone(plansDir, id, planFile, func() (err error) {
				if s.plans[id], err = os.Lstat(filepath.Join(s.from, plansDir, id, planFile)); err != nil {
					return err
				}
				if err := s.link(path.Join(plansDir, id)); err != nil {
					return err
				}
				return s.copyFile(path.Join(plansDir, id, planFile)) // it may change
			})
		}
	}
	return err
}

// recheck leaves out what has been deleted since it was taken in, also where
// the same package came again.
func (s *snapshot) recheck(context.Context) error {
	for id, was := range s.plans {
		now, err := os.Lstat(filepath.Join(s.from, plansDir, id, planFile))
		if was == nil || err != nil || !os.SameFile(was, now) || exists(filepath.Join(s.from, plansDir, id, deletedFile)) {
			delete(s.plans, id)
			s.leaveOut(plansDir, id)
		}
	}
	for id, c := range s.checks {
		if s.plans[c.Plan] == nil || !exists(filepath.Join(s.from, checksDir, id)) {
			delete(s.checks, id)
			s.leaveOut(checksDir, id)
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
