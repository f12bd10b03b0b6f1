package geojson

import (
	"io"

	"landcheck/geo"
)

// limitedReader passes JSON on and refuses, before anything holds it in memory, a
// text of more than geo.MaxTextBytes by the name of its field, a name or a
// number of more than geo.MaxNameBytes, and values that lie deeper in each
// other than geo.MaxNesting. It knows no more of JSON than that.
type limitedReader struct {
	from    io.Reader
	open    []byte // the brackets around
	key     bool   // a text that begins now is a name
	in      bool   // inside a text
	escaped bool   // after a backslash
	length  int    // of the text, or of what is neither text nor bracket
	last    []byte // the beginning of the text before
	field   string
	bad     error
}

func (b *limitedReader) Read(p []byte) (int, error) {
	if b.bad != nil {
		return 0, b.bad
	}
	n, err := b.from.Read(p)
	for i, c := range p[:n] {
		if b.bad = b.look(c); b.bad != nil {
			return i, nil // the error comes once what is before it has been read
		}
	}
	return n, err
}

func (b *limitedReader) look(c byte) error {
	if b.in {
		return b.inText(c)
	}
	switch c {
	case ' ', '\t', '\r', '\n':
		return nil
	case '"':
		b.in, b.length, b.last = true, 0, b.last[:0]
		return nil
	case '{', '[':
		if b.open, b.key = append(b.open, c), c == '{'; len(b.open) > geo.MaxNesting {
			return &geo.InputError{Field: b.field,
				Message: geo.Textf("数值嵌套超过 %d 层", "values are nested deeper than %d", geo.MaxNesting),
				Advice:  geo.Text{ZH: "请去掉多余的嵌套后重新导出", EN: "Take the nesting out and export the layer again"}}
		}
	case '}', ']':
		b.open, b.key = b.open[:max(0, len(b.open)-1)], false
	case ',':
		b.key = len(b.open) > 0 && b.open[len(b.open)-1] == '{'
	case ':':
		b.field, b.key = geo.Printable(string(b.last)), false
	default:
		if b.length++; b.length > geo.MaxNameBytes {
			f := geo.LongName(string(b.last))
			f.Field = b.field
			return f
		}
		b.last = append(b.last[:min(len(b.last), geo.MaxNameBytes)], c)
		return nil
	}
	b.length, b.last = 0, b.last[:0]
	return nil
}

func (b *limitedReader) inText(c byte) error {
	switch {
	case b.escaped:
		b.escaped = false
	case c == '\\':
		b.escaped = true
	case c == '"':
		b.in, b.length = false, 0
		return nil
	}
	if len(b.last) < geo.MaxNameBytes {
		b.last = append(b.last, c)
	}
	// An escaped character is six bytes of text at most.
	b.length++
	switch {
	case b.key && b.length > 6*geo.MaxNameBytes:
		return geo.LongName(string(b.last))
	case b.length > 6*geo.MaxTextBytes:
		return geo.TooLong(b.field, b.length/6)
	}
	return nil
}
