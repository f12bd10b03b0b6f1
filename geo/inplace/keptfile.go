package inplace

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
)

// The two files that a cache keeps of a layer.
const (
	layerEnding    = ".layer"
	areaFileEnding = ".figures"
)

// keptPath is where a cache keeps something of the layer at a path.
func keptPath(dir, layer, ending string) (string, error) {
	abs, err := filepath.Abs(layer)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(dir, hex.EncodeToString(sum[:16])+ending), nil
}

// replaceKept puts a file of a cache in place, whole or not at all: of two
// processes that do so at once one wins, and readers have either file.
func replaceKept(path string, parts ...[]byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, unfinished+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err == nil {
			err = os.Rename(file.Name(), path)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	for _, part := range parts {
		if _, err := file.Write(part); err != nil {
			return err
		}
	}
	return nil
}
