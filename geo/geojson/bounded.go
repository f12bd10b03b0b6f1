package geojson

import (
	"io"

	"landcheck/geo"
)

// bounded passes JSON on and refuses a text of more than geo.MostTextBytes, by
// the name of its field, before anything holds it in memory. It knows no more
// of JSON than where its texts begin and end.
type bounded struct {
	from    io.Reader
	in      bool // inside a text
	escaped bool // after a backslash
	length  int
	last    []byte // the beginning of the text before, a field's name if a colon follows
	field   string
}

const longestName = 256

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	for i := 0; i < n; i++ {
		c := p[i]
		switch {
		case !b.in:
			switch c {
			case '"':
				b.in, b.length, b.last = true, 0, b.last[:0]
			case ':':
				b.field = string(b.last)
			}
			continue
		case b.escaped:
			b.escaped = false
		case c == '\\':
			b.escaped = true
		case c == '"':
			b.in = false
			continue
		}
		if len(b.last) < longestName {
			b.last = append(b.last, c)
		}
		// An escaped character is six bytes of text at most.
		if b.length++; b.length > 6*geo.MostTextBytes {
			return 0, geo.TooLong(geo.Printable(b.field), b.length/6)
		}
	}
	return n, err
}
