package main

import (
	"path/filepath"
	"strings"
)

// expanded puts the files that a pattern means in its place, as shells of Unix do:
// of arguments, not of flags, and where there are some.
func expanded(args []string) (all []string) {
	for _, arg := range args {
		files, err := filepath.Glob(arg)
		if err != nil || len(files) == 0 || strings.HasPrefix(arg, "-") || !strings.ContainsAny(strings.TrimPrefix(arg, `\\?\`), "*?") {
			files = []string{arg}
		}
		all = append(all, files...)
	}
	return all
}
