package zipped_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landcheck/geo/zipped"
)

// TestWrite: the same files give the same bytes in any order, and read back as
// they were.
func TestWrite(t *testing.T) {
	dir, at := t.TempDir(), time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)
	files := []zipped.File{{Name: "b.txt", Data: []byte("second")}, {Name: "方案/a.txt", Data: bytes.Repeat([]byte("long "), 10_000)}, {Name: "a.txt"}}
	var written [2][]byte
	for i := range written {
		path := filepath.Join(dir, "x.zip")
		if err := zipped.Write(path, files, at); err != nil {
			t.Fatal(err)
		}
		var err error
		if written[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
		files[0], files[2] = files[2], files[0]
	}
	if !bytes.Equal(written[0], written[1]) {
		t.Error("the order of the files shows")
	}
	z, err := zip.NewReader(bytes.NewReader(written[0]), int64(len(written[0])))
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if err := os.CopyFS(out, z); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if got, err := os.ReadFile(filepath.Join(out, f.Name)); err != nil || !bytes.Equal(got, f.Data) {
			t.Errorf("%s: %d bytes, want %d: %v", f.Name, len(got), len(f.Data), err)
		}
	}
	flat, err := zipped.ReadDirectory(out)
	if err != nil || len(flat) != 2 || flat[0].Name != "a.txt" || string(flat[1].Data) != "second" {
		t.Errorf("the directory holds %v, %v", flat, err)
	}
}

// TestWholeOrNotAtAll: where a zip cannot be put nothing is left of it.
func TestWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "x.zip")
	if err := os.MkdirAll(filepath.Join(taken, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Write(taken, []zipped.File{{Name: "a"}}, time.Time{}); err == nil {
		t.Error("a directory was replaced")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Error("left: ", left, err)
	}
}
