package plan

import (
	"path/filepath"
	"strings"
)

// distinct gives each path a name for people: its last element, and where that
// is another's too, as many of the elements before it as tell them apart. A
// record is known by its layer's name: two layers of one name would be taken
// for each other. The same path given twice has one name.
func distinct(paths []string) []string {
	elements := make([][]string, len(paths))
	for i, p := range paths {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		elements[i] = strings.Split(filepath.ToSlash(filepath.Clean(p)), "/")
	}
	names := make([]string, len(paths))
	for i, e := range elements {
		n := 1
		for j, o := range elements {
			if j != i {
				n = max(n, sameValue(e, o)+1)
			}
		}
		names[i] = strings.Join(e[max(0, len(e)-n):], "/")
	}
	return names
}

// sameValue is how many of the last elements two different paths share; of a path
// and itself nothing is told apart.
func sameValue(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	if n == len(a) && n == len(b) {
		return 0
	}
	return n
}
