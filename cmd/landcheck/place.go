package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landcheck/rules/plan"
)

// placeOf says where the files of a package lie, as a repository shows them: from
// the folder with .git above the package, else from the working directory; by the
// whole path where the package is beyond it.
func placeOf(pkg string) func(file string) string {
	shown := shownFrom(pkg)
	return func(file string) string {
		if at := fileOf(absolute(pkg), file); at != "" {
			return shown(at)
		}
		return shown(absolute(pkg))
	}
}

// placeIn is placeOf for files that need not be the package's: those of others
// stay as they are named.
func placeIn(pkg string) func(file string) string {
	shown, name := shownFrom(pkg), filepath.Base(absolute(pkg))
	return func(file string) string {
		of, _, _ := strings.Cut(file, "!")
		if at := fileOf(absolute(pkg), file); at != "" && (at != absolute(pkg) || of == name || slices.Contains(plan.ManifestNames(), file)) {
			return shown(at)
		}
		return file
	}
}

// shownFrom names files as the repository of a package has them.
func shownFrom(pkg string) func(path string) string {
	root := repository(absolute(pkg))
	return func(path string) string {
		rel, err := filepath.Rel(root, path)
		if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return filepath.ToSlash(path)
		}
		return filepath.ToSlash(rel)
	}
}

// repository is the folder of the repository that a path lies in, else the
// working directory.
func repository(path string) string {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return absolute(".")
		}
	}
}

// fileOf is the file of a package that holds a layer; the package itself where
// that is a file, "" where there is none. Of "" it is the manifest.
func fileOf(pkg, file string) string {
	if info, err := os.Stat(pkg); err != nil || !info.IsDir() {
		return pkg
	}
	file, _, _ = strings.Cut(file, "!") // a table in a container
	names := []string{file}
	if file == "" {
		names = plan.ManifestNames()
	}
	for _, name := range names {
		for _, wrapped := range []string{"", "*", "*/*"} { // readers take folders off that wrap everything
			found, err := fs.Glob(os.DirFS(pkg), path.Join(wrapped, literal(name)))
			if err == nil && len(found) == 1 {
				return filepath.Join(pkg, filepath.FromSlash(found[0]))
			}
		}
	}
	return ""
}

// literal is a path that a pattern means as it stands.
func literal(path string) string {
	return strings.NewReplacer(`[`, `\[`, `*`, `\*`, `?`, `\?`, `\`, `\\`).Replace(path)
}
