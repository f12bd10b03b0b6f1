// Package outfile writes files whole or not at all: beside their place first, to the
// disk, then over what was there. On Unix it is renameio; Windows, which renameio
// leaves out, has its own way to replace a file.
package outfile

import (
	"errors"
	"io/fs"
)

// Public is what a file is made with that others may read, where the umask lets
// them. Private is for nobody else, whatever it says. On Windows a file has the
// rights of its folder.
const (
	Public  fs.FileMode = 0o644
	Private fs.FileMode = 0o600
)

// Write writes a file of some bytes.
func Write(path string, data []byte, mode fs.FileMode) (err error) {
	f, err := Create(path, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Cleanup()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Replace()
}
