package embedded

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"
)

// emptyDir makes a directory, or finds in it nothing that anybody would miss.
func emptyDir(dir string) (made bool, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(dir, privateDir); err != nil {
			return false, unusable(dir, err)
		}
		return true, nil
	case err != nil:
		return false, unusable(dir, err)
	}
	begun := exists(filepath.Join(dir, restoring))
	for _, e := range entries {
		if !isFurniture(e.Name()) && (!begun || !isRestored(e.Name())) {
			return false, &geo.InputError{File: dir,
				Message: geo.Text{ZH: "目录不是空的，不会覆盖", EN: "the directory is not empty, and nothing is overwritten"},
				Advice:  geo.Text{ZH: "请用 --data 指定一个空目录或新目录", EN: "Name an empty or a new directory by --data"}}
		}
	}
	return false, nil
}

// isFurniture tells of what is in an empty directory too: a lock that means
// nothing while nobody holds it, and what a file system of its own has.
func isFurniture(name string) bool {
	return name == lockFile || name == restoring || name == "lost+found"
}

// isRestored tells of what a restore puts into a directory.
func isRestored(name string) bool {
	return strings.HasPrefix(name, unpacking) || name == plansDir || name == checksDir || name == reviewsDir || name == basesDir || isSaved(name)
}

// clear takes back what a restore that failed has made; what tells that it is
// not whole goes last.
func clear(dir string, made bool) error {
	errs := []error{clearRest(dir)}
	if errs[0] == nil {
		errs = append(errs, remove(filepath.Join(dir, restoring)), remove(filepath.Join(dir, lockFile)))
	}
	if made && errors.Join(errs...) == nil {
		errs = append(errs, os.Remove(dir))
	}
	return errors.Join(errs...)
}

// remove removes a file that may be gone.
func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// clearRest removes what a restore put into a directory, but for its mark.
func clearRest(dir string) error {
	entries, err := os.ReadDir(dir)
	errs := []error{err}
	for _, e := range entries {
		if isRestored(e.Name()) {
			errs = append(errs, outfile.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}
