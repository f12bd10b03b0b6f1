package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// library is a file that the program needs beside it, or a licence.
type library struct {
	name string // of the file
	path string // where it is now
	from string // "shapely 2.0.6"
}

// libraries are those of a platform, with their licences, sorted by name.
func (w work) libraries(p platform) ([]library, error) {
	dir := filepath.Join(w.scratch, "libraries", p.name())
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	var all []library
	for _, wh := range p.wheels {
		file, err := w.fetchWheel(wh)
		if err != nil {
			return nil, err
		}
		found, err := fromWheel(file, dir, wh)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	for _, d := range p.debs {
		file, err := w.fetchDeb(d, p.debian)
		if err != nil {
			return nil, err
		}
		found, err := fromDeb(file, dir, d)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b library) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

// isLicence tells the licences among the libraries.
func (l library) isLicence() bool { return strings.HasPrefix(l.name, "LICENSE") }

// wanted is what a file of a wheel is called beside the program; "" for one that
// is not needed.
func wanted(name string, wh wheel) string {
	base := path.Base(name)
	switch {
	case wh.name == "shapely" && path.Base(path.Dir(name)) == "shapely.libs" && base != "":
		return base
	case wh.name == "msvc-runtime" && path.Base(path.Dir(name)) == "Scripts" && (base == "vcruntime140.dll" || base == "vcruntime140_1.dll"):
		return base
	case base == "LICENSE_GEOS", base == "LICENSE_win32":
		return "LICENSE-" + strings.TrimPrefix(base, "LICENSE_") + ".txt"
	case wh.name == "msvc-runtime" && base == "LICENSE":
		return "LICENSE-msvc-runtime.txt"
	}
	return ""
}

func fromWheel(file, dir string, wh wheel) ([]library, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var found []library
	for _, f := range z.File {
		name := wanted(f.Name, wh)
		if name == "" || strings.HasSuffix(f.Name, "/") {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		l := library{name: name, path: filepath.Join(dir, name), from: wh.name + " " + wh.version}
		out, err := os.Create(l.path)
		if err == nil {
			_, err = io.Copy(out, in)
			err = firstOf(err, out.Close())
		}
		if err := firstOf(err, in.Close()); err != nil {
			return nil, err
		}
		found = append(found, l)
	}
	return found, nil
}

// fromDeb takes the library under the name that programs ask for.
func fromDeb(file, dir string, d deb) ([]library, error) {
	unpacked := filepath.Join(dir, "..", d.name+"-unpacked")
	if err := os.RemoveAll(unpacked); err != nil {
		return nil, err
	}
	if err := do("", nil, "dpkg-deb", "-x", file, unpacked); err != nil {
		return nil, err
	}
	var found []library
	for pattern, name := range map[string]string{
		"usr/lib/*/libstdc++.so.6": "libstdc++.so.6", "lib/*/libgcc_s.so.1": "libgcc_s.so.1",
		"usr/share/doc/gcc-10-base/copyright": "LICENSE-gcc.txt",
	} {
		paths, err := filepath.Glob(filepath.Join(unpacked, pattern))
		if err != nil {
			return nil, err
		}
		for _, p := range paths {
			data, err := os.ReadFile(p)
			if err != nil {
				return nil, err
			}
			l := library{name: name, path: filepath.Join(dir, name), from: d.name + " " + d.version}
			if err := os.WriteFile(l.path, data, 0o755); err != nil {
				return nil, err
			}
			found = append(found, l)
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s holds no library", file)
	}
	return found, os.RemoveAll(unpacked)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
