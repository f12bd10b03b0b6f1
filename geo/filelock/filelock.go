// Package filelock holds files against other processes. The system lets go of a
// lock when the process ends, however it ends.
package filelock

import (
	"errors"
	"fmt"
	"os"
)

// Try takes a file for this process alone, without waiting; false where another
// has it. It is held until Release, or until the file is closed.
func Try(f *os.File) (bool, error) {
	held, err := try(f)
	if err != nil {
		return false, fmt.Errorf("lock %s: %w", f.Name(), err)
	}
	return held, nil
}

// Dir takes a directory for this process alone, not one that a link leads to; nil
// where another has it. It is held until the file is closed. On Windows, where
// directories cannot be locked, the file is one in it.
func Dir(dir string) (*os.File, error) {
	f, err := openDir(dir)
	if err != nil {
		return nil, err
	}
	held, err := Try(f)
	if err != nil || !held {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Release lets go of a file at once: a process that is being started just now may
// still have it open.
func Release(f *os.File) error { return release(f) }
