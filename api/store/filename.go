package store

import (
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName in bytes: file systems allow 255, and something may be added.
const longestName = 200

// FileName makes a name that is safe to keep and to send back of the name that
// somebody uploaded: one element of a path, never hidden, never a device of
// Windows, no control characters, UTF-8. Ordinary names stay as they are.
func FileName(uploaded string) string {
	name := strings.ToValidUTF8(uploaded, "_")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case !unicode.IsPrint(r) && r != ' ': // control, and direction marks that show a name other than it is
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
	if stem, _, _ := strings.Cut(name, "."); device(stem) {
		name = "_" + name
	}
	if name = shorten(name); name == "" {
		return "package.zip"
	}
	return name
}

// shorten keeps the end of a name, which says what it is, at the cost of its
// middle.
func shorten(name string) string {
	if len(name) <= longestName {
		return name
	}
	var end string
	if i := strings.LastIndexByte(name, '.'); i >= 0 && len(name)-i <= 16 {
		name, end = name[:i], name[i:]
	}
	cut := longestName - len(end)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + end
}

// device tells whether Windows takes a name for a device.
func device(stem string) bool {
	stem = strings.ToUpper(strings.TrimSpace(stem))
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}

// IsArtifact tells whether a run can have left a file of that name: a path
// with slashes that stays within its directory.
func IsArtifact(name string) bool {
	return fs.ValidPath(name) && name != "." && len(name) <= 1024 && strings.IndexByte(name, 0) < 0
}
