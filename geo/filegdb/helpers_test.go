package filegdb

import (
	"archive/zip"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"landcheck/geo"
)

const shared = "../../../shared/data/filegdb"

// need skips a test whose third-party files are absent.
func need(t testing.TB, name string) string {
	t.Helper()
	at := filepath.Join(shared, name)
	if _, err := os.Stat(at); err != nil {
		t.Skip("the third-party files are absent: ", at)
	}
	return at
}

// unpacked is a geodatabase of the third-party files, unpacked where it is a
// zip.
func unpacked(t testing.TB, name string) Folder {
	t.Helper()
	at := need(t, name)
	if strings.HasSuffix(at, ".zip") {
		dir, ok := unzipped.Load(at)
		if !ok {
			dir, _ = unzipped.LoadOrStore(at, unzip(t, at))
		}
		at = dir.(string)
	}
	f, err := ReadFolder(at, path.Base(name))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var (
	unzipped sync.Map // of zips, where they are unpacked
	scratch  string
)

// TestMain gives the tests one directory, so that each zip is unpacked once.
func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "filegdb-"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// unzip unpacks the folder of tables in a zip.
func unzip(t testing.TB, name string) string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	in := slices.IndexFunc(z.File, func(e *zip.File) bool { return !e.FileInfo().IsDir() })
	tables, err := fs.Sub(z, path.Dir(z.File[in].Name))
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp(scratch, "")
	if err == nil {
		err = os.CopyFS(dir, tables)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func opened(t testing.TB, f Folder) map[string]*Layer {
	t.Helper()
	layers, _, err := Open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*Layer{}
	for _, l := range layers {
		byName[l.Name()] = l.(*Layer)
		t.Cleanup(func() { l.Close() })
	}
	return byName
}

// read is all of a layer.
func read(t testing.TB, l geo.Layer) []geo.Feature {
	t.Helper()
	var columns []string
	for _, f := range l.Fields() {
		columns = append(columns, f.Name)
	}
	var all []geo.Feature
	for f, err := range l.Near(t.Context(), nil, columns) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}
