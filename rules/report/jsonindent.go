package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"landcheck/geo"
)

// appendIndented lays out compact JSON with two spaces a level, as encoding/json
// does, but keeps a list of bare numbers – coordinates, boxes, face rows – on
// one line: a vertex on five lines would make reports several times longer.
// depth is how deep the value stands.
func appendIndented(out, compact []byte, depth int) []byte {
	line := func() {
		out = append(out, '\n')
		for range depth {
			out = append(out, ' ', ' ')
		}
	}
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := i + stringLength(compact[i:])
			out = append(out, compact[i:end]...)
			i = end - 1
		case '{', '[':
			if n := plainLength(compact[i:]); n > 0 {
				out = append(out, compact[i:i+n]...)
				i += n - 1
				continue
			}
			depth++
			out = append(out, c)
			line()
		case '}', ']':
			depth--
			line()
			out = append(out, c)
		case ',':
			out = append(out, c)
			line()
		case ':':
			out = append(out, ':', ' ')
		default:
			out = append(out, c)
		}
	}
	return out
}

// stringLength is the length of the JSON string that s begins with.
func stringLength(s []byte) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

// plainLength is the length of the empty object or list, or the list of
// numbers and such lists, that s begins with; 0 when it begins with another.
func plainLength(s []byte) int {
	if s[0] == '{' {
		if len(s) > 1 && s[1] == '}' {
			return 2
		}
		return 0
	}
	depth := 0
	for i, c := range s {
		switch c {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '{', '"':
			return 0
		}
	}
	return 0
}

// EncodeJSON writes a value so, without HTML escapes, and a line end.
func EncodeJSON(w io.Writer, v any) error {
	text, err := appendLayout(nil, v, 0)
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// appendLayout is a value laid out as it stands at some depth, without a line
// end.
func appendLayout(out []byte, v any, depth int) ([]byte, error) {
	text, err := compact(v)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return appendIndented(out, text, depth), nil
}

// compact is a value without white space and HTML escapes.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return plainJSON(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), err
}

// plainJSON writes out, as JSON allows in texts, the characters that act on a
// terminal or a page or cannot be seen: encoding/json leaves those above ASCII
// as they are, and a report may go to a terminal or a pipeline's log.
func plainJSON(text []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < 0x7f || c >= 0xe3 && c < 0xef { // nearly all: ASCII and Chinese
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if geo.Steers(r) {
			out = append(out, text[done:i]...)
			for _, unit := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
			done = i + n
		}
		i += n - 1
	}
	if done == 0 {
		return text
	}
	return append(out, text[done:]...)
}
