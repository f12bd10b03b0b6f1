package ogc

import (
	"strings"
	"time"
)

// ValidTime tells whether a datetime parameter is well formed: an instant, or
// an interval whose ends may be open (".." or nothing) and do not run
// backwards. Land data has no time of its own here, so every feature is
// selected by any of them (7.15.4).
func ValidTime(s string) bool {
	from, to, interval := strings.Cut(s, "/")
	if !interval {
		_, ok := instant(from)
		return ok
	}
	a, okA := instant(from)
	b, okB := instant(to)
	openA, openB := from == "" || from == "..", to == "" || to == ".."
	return (okA || openA) && (okB || openB) && (openA || openB || !a.After(b))
}

// instant is a time of RFC 3339, or a date.
func instant(s string) (time.Time, bool) {
	for _, form := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(form, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
