package inplace

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"landcheck/geo/regular"
)

// fingerprint tells the files of a layer from what they become when anyone
// writes to them, without reading them: where they lie, and for each its
// length, its number on its disk and when its bytes and the file itself (ctime;
// the change time of NTFS) last changed. Programs set the first of the two times,
// the system the second: at every write, rename or replacement.
type fingerprint struct {
	text   string
	newest time.Time // of all the times
	size   int64     // of the first file, bytes
}

// settled is how long files must have been left alone before their fingerprint
// is believed. Times advance by a clock tick (at most 10 ms; 2 s on FAT): bytes
// written within the tick in which they were read would leave no trace.
const settled = 2 * time.Second

func fingerprintOf(files []string) (fingerprint, error) {
	var f fingerprint
	var text strings.Builder
	for i, name := range files {
		path, err := filepath.Abs(name)
		if err != nil {
			return f, err
		}
		info, err := os.Stat(path)
		if err != nil {
			return f, regular.InputError(err)
		}
		id, changed, err := identity(path, info)
		if err != nil {
			return f, fmt.Errorf("%s: %w", path, err)
		}
		fmt.Fprintf(&text, "%q %d %s %d %d\n", path, info.Size(), id, info.ModTime().UnixNano(), changed.UnixNano())
		for _, t := range []time.Time{info.ModTime(), changed} {
			if t.After(f.newest) {
				f.newest = t
			}
		}
		if i == 0 {
			f.size = info.Size()
		}
	}
	f.text = text.String()
	return f, nil
}

// errNoTimes is the error of a disk that does not tell when files change.
var errNoTimes = errors.New("the file system does not tell when files change")

// trusted reports whether a reading that began at a moment saw what the
// fingerprint stands for.
func (f fingerprint) trusted(began time.Time) bool { return f.newest.Before(began.Add(-settled)) }
