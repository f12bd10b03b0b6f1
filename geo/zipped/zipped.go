// Package zipped writes packages: zips that appear whole or not at all, and whose
// bytes depend on nothing but their contents.
package zipped

import (
	"archive/zip"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"time"

	"landcheck/geo/outfile"
)

// File is an entry of a package.
type File struct {
	Name string // with slashes
	Data []byte
}

// ReadDirectory reads the files of a directory, by name, without those of
// directories in it.
func ReadDirectory(dir string) ([]File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, File{e.Name(), data})
	}
	return files, nil
}

// Write writes a zip of files, by name, each with the same time.
func Write(path string, files []File, at time.Time) (err error) {
	out, err := outfile.Create(path, outfile.Public)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, out.Cleanup()) }()
	z := zip.NewWriter(out)
	sorted := slices.SortedFunc(slices.Values(files), func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range sorted {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			return err
		}
	}
	return cmp.Or(z.Close(), out.Replace())
}
