package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/zip"
)

// pack writes the archives of a platform: .zip for Windows, else .tar.gz and .deb.
func (w work) pack(p platform, items []item) ([]string, error) {
	top := fmt.Sprintf("landcheck-%s-%s", w.version, p.name())
	path := filepath.Join(w.out, top)
	if p.windows() {
		data, err := w.zipped(top, items)
		if err != nil {
			return nil, err
		}
		return []string{path + ".zip"}, os.WriteFile(path+".zip", data, 0o644)
	}
	data, err := w.tarred(top+"/", items)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(path+".tar.gz", data, 0o644); err != nil {
		return nil, err
	}
	data, err = w.deb(p, items)
	if err != nil {
		return nil, err
	}
	return []string{path + ".tar.gz", path + ".deb"}, os.WriteFile(path+".deb", data, 0o644)
}

func (w work) zipped(top string, items []item) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, i := range items {
		h := &zip.FileHeader{Name: top + "/" + i.name, Method: zip.Deflate, Modified: w.at}
		h.SetMode(i.mode)
		f, err := z.CreateHeader(h)
		if err == nil {
			_, err = f.Write(i.data)
		}
		if err != nil {
			return nil, err
		}
	}
	err := z.Close() // before its bytes are taken
	return out.Bytes(), err
}

// tarred is a compressed archive of files under a prefix, which belong to root, with
// the directories that they lie in: dpkg makes none by itself.
func (w work) tarred(prefix string, items []item) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out) // without a time
	t := tar.NewWriter(z)
	for _, dir := range parents(items) {
		if err := t.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: prefix + dir + "/", Mode: 0o755, ModTime: w.at, Uname: "root", Gname: "root"}); err != nil {
			return nil, err
		}
	}
	for _, i := range items {
		err := t.WriteHeader(&tar.Header{Name: prefix + i.name, Mode: int64(i.mode.Perm()), Size: int64(len(i.data)), ModTime: w.at, Uname: "root", Gname: "root"})
		if err == nil {
			_, err = t.Write(i.data)
		}
		if err != nil {
			return nil, err
		}
	}
	err := firstOf(t.Close(), z.Close()) // before its bytes are taken
	return out.Bytes(), err
}

// parents are the directories of files, those above first.
func parents(items []item) []string {
	seen := map[string]bool{}
	for _, i := range items {
		for dir := path.Dir(i.name); dir != "."; dir = path.Dir(dir) {
			seen[dir] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
