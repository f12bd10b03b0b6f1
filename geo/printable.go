package geo

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Printable is text as it may stand on a terminal, in a log or on a page: what
// would steer them instead of being read is written out. These are the control
// characters of ASCII and Latin-1 (escape sequences, line ends that would begin
// a workflow command), the marks that turn the direction of text round (by
// which a name shows another ending than it has), invisible characters, line
// and paragraph separators, and bytes that are no UTF-8. Names of files, layers
// and fields pass through it where they are first taken from a container.
func Printable(s string) string {
	if isPrintable(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case Steers(r) && r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case Steers(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isPrintable looks at bytes first: every value of a county's parcels comes
// through here, and nearly all are ASCII.
func isPrintable(s string) bool {
	plain := true
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == 0x7f {
			return false
		}
		plain = plain && s[i] < 0x80
	}
	if plain {
		return true
	}
	for _, r := range s {
		if Steers(r) || r == utf8.RuneError {
			return false
		}
	}
	return true
}

// Steers reports a character that acts on what shows it or cannot be seen: one
// table for names as they are read, for reports and for the border to a
// terminal.
func Steers(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r < 0x061c:
		return r == 0xad // soft hyphen
	}
	switch r {
	case 0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069: // direction
		return true
	case 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x180e: // invisible
		return true
	case 0x2028, 0x2029: // separators
		return true
	}
	return r >= 0xe0000 && r <= 0xe007f // tags
}
