//go:build unix

package outfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// File is a file that is being written, under another name in its folder.
type File struct{ *renameio.PendingFile }

// Create begins a file. Cleanup is called in the end, Replace before it if all
// went well.
func Create(path string, mode fs.FileMode) (*File, error) {
	permissions := renameio.WithPermissions(mode)
	if mode == Private {
		permissions = renameio.WithStaticPermissions(mode)
	}
	f, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), permissions)
	if err != nil {
		return nil, err
	}
	return &File{f}, nil
}

// Replace gives the file its name, once its bytes are on the disk.
func (f *File) Replace() error { return f.CloseAtomicallyReplace() }

// Nameless is a file in a folder that is gone when it is closed, or when the
// process ends.
func Nameless(dir, prefix string) (*os.File, error) {
	f, err := os.CreateTemp(dir, prefix)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// RemoveAll takes away a file, or a folder with all in it.
func RemoveAll(path string) error { return os.RemoveAll(path) }
