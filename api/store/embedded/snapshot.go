package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"landcheck/api/store"
	"landcheck/geo/transient"
)

// snapshotName is that of directories that hold a snapshot while it is saved.
const snapshotName = ".backup-"

// snapshot is the store as it was at one time, beside a server that goes on: a
// directory of links to files that never change, and copies of the few that do.
//
// Plans are looked at after checks, and both once more at the end: a check that
// is in it has its plan, and what was deleted meanwhile is not in it. A check
// that waited or ran, or had not been written down as done, waits in it.
type snapshot struct {
	from, dir string
	held      *os.File
	plans     map[string]fs.FileInfo // of their plan.json when they were taken in
	checks    map[string]store.Check
}

func takeSnapshot(ctx context.Context, from string) (_ *snapshot, err error) {
	s := &snapshot{from: from, plans: map[string]fs.FileInfo{}, checks: map[string]store.Check{}}
	if s.dir, err = os.MkdirTemp(from, snapshotName); err != nil {
		return nil, unusable(from, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.held, err = os.Open(s.dir); err == nil {
		err = syscall.Flock(int(s.held.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	for _, step := range []func(context.Context) error{s.takeChecks, s.takePlans, s.recheck, s.takeRest} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *snapshot) close() error {
	err := os.RemoveAll(s.dir)
	if s.held != nil {
		err = errors.Join(err, s.held.Close())
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
		return os.RemoveAll(filepath.Join(s.dir, of, id))
	}
	return err
}

func (s *snapshot) takeCheck(id string) error {
	var j checkJSON
	if err := readJSON(filepath.Join(s.from, checksDir, id, checkFile), &j); err != nil {
		return err
	}
	at := filepath.Join(checksDir, id)
	if !j.State.Ended() {
		j.State, j.Started, j.Done, j.Total = store.Queued, nil, 0, 0
	}
	if err := os.MkdirAll(filepath.Join(s.dir, at), privateDir); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	if j.State == store.Done {
		if err := s.link(filepath.Join(at, filesDir)); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(j, "", "  ")
	if err == nil {
		err = os.WriteFile(filepath.Join(s.dir, at, checkFile), append(text, '\n'), privateFile)
	}
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
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
				return s.link(filepath.Join(plansDir, id))
			})
		}
	}
	return err
}

// recheck leaves out what has been deleted since it was taken in, also where
// the same package came again.
func (s *snapshot) recheck(context.Context) error {
	var errs []error
	for id, was := range s.plans {
		now, err := os.Lstat(filepath.Join(s.from, plansDir, id, planFile))
		if was == nil || err != nil || !os.SameFile(was, now) || exists(filepath.Join(s.from, plansDir, id, deletedFile)) {
			delete(s.plans, id)
			errs = append(errs, os.RemoveAll(filepath.Join(s.dir, plansDir, id)))
		}
	}
	for id, c := range s.checks {
		if s.plans[c.Plan] == nil || !exists(filepath.Join(s.from, checksDir, id)) {
			delete(s.checks, id)
			errs = append(errs, os.RemoveAll(filepath.Join(s.dir, checksDir, id)))
		}
	}
	return transient.Mark(errors.Join(errs...))
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// takeRest takes tokens and the audit trail in. The trail comes last: it knows
// of everything else, and of what was deleted meanwhile.
func (s *snapshot) takeRest(context.Context) error {
	if err := s.linkFile(tokensFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// The present file before the segments: it may become one of them.
	active, err := s.takeAuditLog()
	if err != nil {
		return err
	}
	segments, err := (&auditLog{dir: s.from}).segments()
	if err != nil {
		return err
	}
	for _, path := range segments {
		if err := s.linkFile(filepath.Base(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if info, err := os.Lstat(path); err == nil && active != nil && os.SameFile(info, active) {
			if err := os.Remove(filepath.Join(s.dir, auditFile)); err != nil {
				return fmt.Errorf("store: %w", transient.Mark(err))
			}
		}
	}
	return nil
}

// takeAuditLog copies the whole lines of the present audit file.
func (s *snapshot) takeAuditLog() (taken fs.FileInfo, err error) {
	in, err := os.Open(filepath.Join(s.from, auditFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer in.Close()
	if taken, err = in.Stat(); err != nil {
		return nil, fmt.Errorf("store: %w", transient.Mark(err))
	}
	var whole int64
	for line, err := range reverseLines(in, taken.Size()) {
		if err != nil {
			return nil, fmt.Errorf("store: %w", transient.Mark(err))
		}
		whole = line.end
		break
	}
	return taken, copyTo(filepath.Join(s.dir, auditFile), io.NewSectionReader(in, 0, whole))
}

// link takes in all files of a directory of the store.
func (s *snapshot) link(dir string) error {
	return filepath.WalkDir(filepath.Join(s.from, dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
		name, err := filepath.Rel(s.from, path)
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if err := os.MkdirAll(filepath.Join(s.dir, name), privateDir); err != nil {
				return fmt.Errorf("store: %w", transient.Mark(err))
			}
			return nil
		case !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") || d.Name() == deletedFile:
			return nil
		}
		return s.linkFile(name)
	})
}

// linkFile takes in a file, by a copy where the file system has no links.
func (s *snapshot) linkFile(name string) error {
	from, to := filepath.Join(s.from, name), filepath.Join(s.dir, name)
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	defer in.Close()
	return copyTo(to, in)
}

func copyTo(path string, in io.Reader) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, privateFile)
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	return nil
}
