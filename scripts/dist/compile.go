package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// headers are those of libgeos-dev; the C interface of GEOS is the same in all
// libraries of 3.11.
const headers = "/usr/include"

// compile makes the program of a platform, linked with the libraries that will lie
// beside it, and gives its path.
func (w work) compile(p platform, compiler string, libraries []library) (string, error) {
	dir := filepath.Join(w.scratch, "link", p.name())
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(filepath.Join(dir, "include"), 0o755)); err != nil {
		return "", err
	}
	for _, name := range []string{"geos_c.h", "geos"} {
		if err := os.Symlink(filepath.Join(headers, name), filepath.Join(dir, "include", name)); err != nil {
			return "", err
		}
	}
	flags, linker := []string{"-buildid=", "-X main.version=" + w.version, "-linkmode external"}, ""
	if !w.symbols {
		flags = append(flags, "-s", "-w")
		linker = "-s " // what C objects tell debuggers names the folders that they were compiled in
	}
	if err := linkGEOS(p, compiler, dir, libraries); err != nil {
		return "", err
	}
	program := filepath.Join(dir, "landcheck")
	if p.windows() {
		program += ".exe"
		flags = append(flags, "-extldflags '"+linker+"'")
	} else {
		// The program asks for all of them: its rpath does not count for what the
		// libraries ask for.
		flags = append(flags, "-extldflags '"+linker+"-Wl,--no-as-needed -L"+dir+" -lgeos -lstdcxx -lgccs -Wl,-rpath,$ORIGIN/lib'")
	}
	pc := fmt.Sprintf("Name: geos\nDescription: GEOS\nVersion: %s\nLibs: -L%s -lgeos_c\nCflags: -I%s\n", geos, dir, filepath.Join(dir, "include"))
	if err := os.WriteFile(filepath.Join(dir, "geos.pc"), []byte(pc), 0o644); err != nil {
		return "", err
	}
	env := []string{"CGO_ENABLED=1", "GOOS=" + p.system, "GOARCH=" + p.processor, "CC=" + compiler + " cc -target " + p.target,
		"PKG_CONFIG_PATH=" + dir, "PKG_CONFIG_LIBDIR=" + dir}
	if err := do("", env, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", strings.Join(flags, " "), "-o", program, "./cmd/landcheck"); err != nil || !p.windows() {
		return program, err
	}
	return program, w.stamp(program)
}

// stamp puts the time of all files in place of that of the linking, which the
// header of a Windows program has.
func (w work) stamp(program string) error {
	f, err := os.OpenFile(program, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	var at [4]byte
	if _, err := f.ReadAt(at[:], 0x3c); err != nil { // where the header is
		return err
	}
	stamp := int64(binary.LittleEndian.Uint32(at[:])) + 8
	binary.LittleEndian.PutUint32(at[:], uint32(w.at.Unix()))
	if _, err := f.WriteAt(at[:], stamp); err != nil {
		return err
	}
	return f.Close()
}

// linked are the libraries by the beginnings of their names, and what the linker
// is asked for.
var linked = map[string]string{
	"libgeos_c-": "libgeos_c.so", "libgeos-": "libgeos.so", "libstdc++.": "libstdcxx.so", "libgcc_s.": "libgccs.so",
}

// linkGEOS has the linker find GEOS under the name that go-geos asks for, and what
// GEOS leans on.
func linkGEOS(p platform, compiler, dir string, libraries []library) error {
	found := 0
	for _, l := range libraries {
		if p.windows() && strings.HasPrefix(l.name, "geos_c-") {
			return importLibrary(compiler, l.path, dir)
		}
		for beginning, name := range linked {
			if !strings.HasPrefix(l.name, beginning) {
				continue
			}
			found++
			if err := os.Symlink(l.path, filepath.Join(dir, name)); err != nil {
				return err
			}
		}
	}
	if found != len(linked) {
		return errors.New("a library is missing of GEOS, or of what it leans on")
	}
	return nil
}
