package outfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/windows"
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

// Nameless is a file in a folder that is gone when it is closed, or when the
// process ends.
func Nameless(dir, prefix string) (*os.File, error) {
	f, err := os.CreateTemp(dir, prefix)
	if err != nil {
		return nil, err
	}
	path := f.Name()
	if err := f.Close(); err != nil {
		return nil, err
	}
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	handle, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE|windows.DELETE, windows.FILE_SHARE_DELETE,
		nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_TEMPORARY|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	if err != nil {
		return nil, errors.Join(&os.PathError{Op: "open", Path: path, Err: err}, os.Remove(path))
	}
	return os.NewFile(uintptr(handle), path), nil
}

// RemoveAll takes away a file, or a folder with all in it. Some network drives,
// and Wine, do not know the way of os.RemoveAll to delete, but that of os.Remove.
func RemoveAll(path string) error {
	err := os.RemoveAll(path)
	if !errors.Is(err, windows.ERROR_INVALID_FUNCTION) {
		return err
	}
	var all []string
	err = filepath.WalkDir(path, func(path string, _ fs.DirEntry, err error) error {
		all = append(all, path)
		return err
	})
	for _, path := range slices.Backward(all) { // what is in a folder before it
		err = errors.Join(err, os.Remove(path))
	}
	return err
}
