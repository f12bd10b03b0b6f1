package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo/outfile"
	"landcheck/geo/transient"
)

// finishDeletions goes on with what a server that was killed had begun to
// delete, before anything is read.
func (s *Store) finishDeletions() error {
	entries, err := os.ReadDir(s.path(plansDir))
	if err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	for _, e := range entries {
		dir := s.path(plansDir, e.Name())
		unlinked := strings.HasPrefix(e.Name(), deleted)
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") && !unlinked {
			continue
		}
		if _, err := os.Lstat(filepath.Join(dir, deletedFile)); errors.Is(err, fs.ErrNotExist) {
			continue // a plan that stays, or the rest of one whose checks are gone
		}
		if err := s.finishDeletion(dir, unlinked); err != nil {
			return err
		}
	}
	return nil
}

// finishDeletion deletes the plan in a directory that holds deletedFile, which
// goes last. An entry that is not in the trail yet has the room of what is gone.
func (s *Store) finishDeletion(dir string, unlinked bool) error {
	var d deletion
	mark := filepath.Join(dir, deletedFile)
	if err := readJSON(mark, &d); err != nil {
		return err
	}
	for _, check := range d.Checks {
		if !isName(check) {
			return damaged(mark, fmt.Errorf("check %q", check))
		}
		if err := outfile.RemoveAll(s.path(checksDir, check)); err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
	}
	if err := clearBut(dir, deletedFile); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	if !unlinked {
		if err := s.recordOnce(d.Entry); err != nil {
			return err
		}
		last := s.path(plansDir, deleted+d.Entry.ID)
		if err := s.reserve.forDeletion(func() error { return publish(dir, last) }); err != nil {
			return fmt.Errorf("store: %w", transient.Mark(err))
		}
		dir = last
	}
	if err := errors.Join(outfile.RemoveAll(dir), syncDir(s.path(plansDir))); err != nil {
		return fmt.Errorf("store: %w", transient.Mark(err))
	}
	s.o.Log.Info("deletion finished", "plan", d.Entry.Object)
	return nil
}

// clearBut empties a directory, but for one file.
func clearBut(dir, file string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != file {
			err = errors.Join(err, outfile.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(err, syncDir(dir))
}
