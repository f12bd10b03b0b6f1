package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSameBytes: built again from a copy of the sources in another directory, with
// a compiler and caches of its own, the archives have the same bytes. With -short
// one platform is built again, with the caches that are there.
func TestSameBytes(t *testing.T) {
	folder(t, "linux-amd64")
	first, err := archives()
	if err != nil {
		t.Fatal(err)
	}
	sources := sourcesCopy(t)
	out, again := filepath.Join(t.TempDir(), "out"), filepath.Join(sources, "elsewhere")
	if err := os.MkdirAll(again, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"zig-" + zig, "wheels", "debs"} { // what was fetched, by hard links
		if err := do("", nil, "cp", "-al", filepath.Join(scratch, name), again); err != nil {
			t.Fatal(err)
		}
	}
	var env, more []string
	if testing.Short() {
		more = []string{"-platforms", "linux-arm64"}
	} else {
		env = []string{"GOCACHE=" + filepath.Join(sources, "gocache"), "ZIG_GLOBAL_CACHE_DIR=" + filepath.Join(sources, "zigcache"), "ZIG_LOCAL_CACHE_DIR=" + filepath.Join(sources, "zigcache")}
	}
	if err := makeDist(sources, out, again, env, more...); err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, f := range made {
		if testing.Short() && filepath.Ext(f.Name()) == "" {
			continue // digests of all
		}
		compared++
		if !bytes.Equal(read(t, filepath.Join(first, f.Name())), read(t, filepath.Join(out, f.Name()))) {
			t.Errorf("%s has other bytes", f.Name())
		}
	}
	if want := map[bool]int{false: 5 + 2, true: 2}[testing.Short()]; compared != want {
		t.Errorf("%d files compared, want %d", compared, want)
	}
}

// TestSums: the lists of digests are read by the tool that everybody has.
func TestSums(t *testing.T) {
	folder(t, "linux-amd64")
	dir, err := archives()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sha256sum", "--strict", "-c", "SHA256SUMS")
	cmd.Dir = dir
	output(t, cmd, 0)
}

// sourcesCopy has every file that a commit would have, and the built page.
func sourcesCopy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "源 码") // another length, and not ASCII
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = root
	names := bytes.Split([]byte(output(t, list, 0)), []byte{0})
	err := filepath.WalkDir(filepath.Join(root, "api/web/dist"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			rel, _ := filepath.Rel(root, path)
			names = append(names, []byte(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(root, string(name))); err == nil && info.Mode().IsRegular() {
			copyFile(t, filepath.Join(root, string(name)), filepath.Join(dir, string(name)))
		}
	}
	return dir
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
