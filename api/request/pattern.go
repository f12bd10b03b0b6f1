package request

import (
	"regexp"
	"sync"
)

// Pattern is a form that values must have, compiled when the first is looked
// at: most runs of the program serve nobody, and all of them would compile it.
func Pattern(form string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(form) })
}
