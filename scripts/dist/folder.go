package main

import (
	"cmp"
	_ "embed"
	"os"
	"path"
	"slices"
	"strings"
)

// What tells a user what to do with the folder.
//
//go:embed README.txt
var readme string

// item is a file of the folder.
type item struct {
	name string // with slashes
	data []byte
	mode os.FileMode
}

// folder is what a bureau unpacks, sorted by name.
func (w work) folder(p platform, program string, libraries []library) ([]item, error) {
	var items []item
	add := func(name, from string, mode os.FileMode) error {
		data, err := os.ReadFile(from)
		items = append(items, item{name, data, mode})
		return err
	}
	name := "landcheck"
	if p.windows() {
		name += ".exe"
	}
	if err := firstOf(add(name, program, 0o755), add("LICENSE.txt", "LICENSE", 0o644)); err != nil {
		return nil, err
	}
	for _, l := range libraries {
		dir := "lib"
		switch {
		case l.isLicence():
			dir = "licences"
		case p.windows():
			dir = "" // where Windows looks for them
		}
		if err := add(path.Join(dir, l.name), l.path, 0o644); err != nil {
			return nil, err
		}
	}
	text := strings.ReplaceAll(readme, "VERSION", w.version)
	if p.windows() { // for its editor
		text = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
	}
	parts, err := w.partsList(p, program, libraries)
	if err != nil {
		return nil, err
	}
	items = append(items, item{"README.txt", []byte(text), 0o644}, item{"landcheck.cdx.json", parts, 0o644})
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.name, b.name) })
	return items, nil
}
