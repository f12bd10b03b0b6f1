package outfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file that is being written, under another name in its folder.
type File struct {
	*os.File
	path   string
	closed bool
}

// Create begins a file. Cleanup is called in the end, Replace before it if all
// went well.
func Create(path string, _ fs.FileMode) (*File, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"*")
	if err != nil {
		return nil, err
	}
	return &File{File: f, path: path}, nil
}

// Replace gives the file its name, once its bytes are on the disk.
func (f *File) Replace() error {
	if err := f.Sync(); err != nil {
		return err
	}
	f.closed = true
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), f.path)
}

// Cleanup removes what was not finished; it does nothing after Replace.
func (f *File) Cleanup() error {
	if !f.closed {
		f.closed = true
		_ = f.Close()
	}
	if err := os.Remove(f.Name()); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
