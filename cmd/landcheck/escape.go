package main

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"landcheck/geo"
)

// escapingWriter escapes what goes to a terminal or a pipeline's log: whatever names and
// values hold, control characters are shown (\x1b), never sent, and no line
// begins with what a pipeline obeys (::error::, ##[error]). Reports go past it:
// their writers clean what they show and colour it themselves.
type escapingWriter struct {
	w       io.Writer
	inLine  bool   // something of the line is written
	pending []byte // the beginning of a letter
}

// Write implements io.Writer.
func (v *escapingWriter) Write(p []byte) (int, error) {
	text := append(v.pending, p...)
	v.pending = nil
	var out bytes.Buffer
	for len(text) > 0 {
		if !utf8.FullRune(text) && len(text) < utf8.UTFMax {
			v.pending = bytes.Clone(text)
			break
		}
		r, n := utf8.DecodeRune(text)
		switch {
		case r == '\n':
			v.inLine = false
			out.WriteByte('\n')
		case r == '\r' && len(text) > 1 && text[1] == '\n':
			out.WriteByte('\r')
		case r == '\t' || r == ' ':
			out.WriteByte(byte(r))
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&out, `\x%02x`, text[0])
			v.inLine = true
		case geo.Steers(r) && r < 0x100:
			fmt.Fprintf(&out, `\x%02x`, r)
			v.inLine = true
		case geo.Steers(r):
			fmt.Fprintf(&out, `\u%04x`, r)
			v.inLine = true
		default:
			if !v.inLine && (bytes.HasPrefix(text, []byte("::")) || bytes.HasPrefix(text, []byte("##"))) {
				out.WriteByte('\\')
			}
			out.Write(text[:n])
			v.inLine = true
		}
		text = text[n:]
	}
	if _, err := v.w.Write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}
