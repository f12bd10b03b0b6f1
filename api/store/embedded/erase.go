package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"landcheck/geo/outfile"
)

// Erase removes a server's directory with all that the server kept in it, the
// audit trail too; what others put there stays, and the directory with it. One
// that is in use, or that is none, is a *geo.InputError. An erasure that was
// interrupted goes on with the next.
func Erase(dir string) (err error) {
	if err := IsStore(dir); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return unusable(dir, err)
	}
	held, err := lock(root)
	if err != nil {
		return errors.Join(err, root.Close())
	}
	entries, err := os.ReadDir(dir)
	var last []string // by which the next erasure knows the directory
	for _, e := range entries {
		switch name := e.Name(); {
		case name == plansDir || name == checksDir:
			last = append(last, name)
		case name != lockFile && isOurs(name):
			err = errors.Join(err, outfile.RemoveAll(filepath.Join(dir, name)))
		}
	}
	for _, name := range last {
		if err == nil {
			err = outfile.RemoveAll(filepath.Join(dir, name))
		}
	}
	err = errors.Join(err, unlock(held), root.Close())
	if err != nil {
		return fmt.Errorf("store: erase %s: %w", dir, err)
	}
	if err := os.Remove(filepath.Join(dir, lockFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("store: erase: %w", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		return err
	}
	return os.Remove(dir)
}
