package main

import (
	"debug/elf"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ofGlibc are the libraries that every Linux with glibc has.
var ofGlibc = []string{"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}

// TestSymbols: program and libraries of the folders for Linux ask for nothing
// newer than glibc 2.28, and for no library that is neither of glibc nor there.
func TestSymbols(t *testing.T) {
	for _, platform := range []string{"linux-amd64", "linux-arm64"} {
		t.Run(platform, func(t *testing.T) {
			dir := folder(t, platform)
			libraries, err := filepath.Glob(filepath.Join(dir, "lib", "*"))
			if err != nil || len(libraries) < 4 {
				t.Fatalf("libraries %v, %v", libraries, err)
			}
			gives := map[string][]string{} // versions that the folder's libraries have, by name of library
			for _, path := range libraries {
				gives[filepath.Base(path)] = versions(t, path)
			}
			newest := 0
			for _, path := range append(libraries, filepath.Join(dir, "landcheck")) {
				newest = max(newest, wants(t, path, gives))
			}
			t.Logf("newest version asked for: glibc 2.%d", newest)
			f, err := elf.Open(filepath.Join(dir, "landcheck"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if where, err := f.DynString(elf.DT_RUNPATH); err != nil || !slices.Equal(where, []string{"$ORIGIN/lib"}) {
				t.Errorf("libraries are looked for in %v, %v", where, err)
			}
		})
	}
}

// versions are those that a library defines.
func versions(t *testing.T, path string) []string {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	defined, err := f.DynamicVersions()
	if err != nil {
		return nil // it defines none
	}
	var names []string
	for _, v := range defined {
		names = append(names, v.Name)
	}
	return names
}

// wants holds what a file asks for against what there is, and gives the minor
// number of the newest glibc among it.
func wants(t *testing.T, path string, gives map[string][]string) (newest int) {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	libraries, err := f.ImportedLibraries()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range libraries {
		if _, there := gives[l]; !there && !slices.Contains(ofGlibc, l) {
			t.Errorf("%s asks for %s, which is neither of glibc nor in the folder", filepath.Base(path), l)
		}
	}
	symbols, err := f.ImportedSymbols()
	if err != nil || len(symbols) == 0 {
		t.Fatalf("%s: %d symbols, %v", path, len(symbols), err)
	}
	for _, s := range symbols {
		if _, there := gives[s.Library]; there {
			if s.Version != "" && !slices.Contains(gives[s.Library], s.Version) {
				t.Errorf("%s asks for %s of %s, which has it not", filepath.Base(path), s.Version, s.Library)
			}
			continue
		}
		minor, err := glibcMinor(s.Version)
		if err != nil || minor > 28 {
			t.Errorf("%s asks for %s@%s of %s: newer than glibc 2.28 (%v)", filepath.Base(path), s.Name, s.Version, s.Library, err)
		}
		newest = max(newest, minor)
	}
	return newest
}

// glibcMinor is 17 for GLIBC_2.17 and GLIBC_2.17.1, 0 without a version.
func glibcMinor(version string) (int, error) {
	if version == "" {
		return 0, nil
	}
	rest, ok := strings.CutPrefix(version, "GLIBC_2.")
	if !ok {
		return 0, fmt.Errorf("not a version of glibc: %q", version)
	}
	rest, _, _ = strings.Cut(rest, ".")
	return strconv.Atoi(rest)
}

func TestGlibcMinor(t *testing.T) {
	for version, want := range map[string]int{"GLIBC_2.2.5": 2, "GLIBC_2.17": 17, "GLIBC_2.34": 34, "": 0} {
		if got, err := glibcMinor(version); err != nil || got != want {
			t.Errorf("%q: %d, %v", version, got, err)
		}
	}
	if _, err := glibcMinor("GLIBC_PRIVATE"); err == nil {
		t.Error("what glibc keeps to itself passes")
	}
}
