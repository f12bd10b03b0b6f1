package rulebook

import (
	"strings"
	"unicode"

	"landcheck/rules/strictyaml"

	"go.yaml.in/yaml/v4"
)

// places tells where each rune of a scalar's trimmed value stands, and after
// them the end. YAML folds lines, drops indentation and has escapes, so the
// file is read along with the value, spaces aside; nil where the two part.
func places(m *strictyaml.Source, n *yaml.Node) []position {
	if m == nil {
		return nil
	}
	value := []rune(strings.TrimSpace(n.Value))
	r := &scalarReader{style: n.Style, rest: m.Lines(), at: position{file: m.Name, line: 1, source: m}}
	r.skipTo(n)
	list := make([]position, 0, len(value)+1)
	after := r.at
	for _, want := range value {
		if unicode.IsSpace(want) {
			list = append(list, after)
			continue
		}
		at, got := r.next()
		if at.line == 0 || got != want && got != escaped {
			return nil
		}
		list = append(list, at)
		after = r.at
	}
	return append(list, after)
}

// escaped stands for a rune that a backslash sequence spells.
const escaped = unicode.ReplacementChar

// reader goes through a scalar in the file, one rune after another.
type scalarReader struct {
	style yaml.Style
	rest  []string // the lines from at on
	line  []rune   // what follows at on its line
	at    position // of the next rune
}

// skipTo goes to where the text of a scalar begins: past its quote, or to the
// line after > or |.
func (r *scalarReader) skipTo(n *yaml.Node) {
	for r.at.line < n.Line && len(r.rest) > 0 {
		r.rest = r.rest[1:]
		r.at.line++
	}
	r.at.col = 1
	if len(r.rest) > 0 {
		r.line = []rune(r.rest[0])
	}
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		r.endLine()
		return
	}
	skip := n.Column - 1
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		skip++
	}
	r.skip(skip)
}

func (r *scalarReader) skip(runes int) {
	runes = min(max(runes, 0), len(r.line))
	r.line = r.line[runes:]
	r.at.col += runes
}

// endLine goes to the next line; false after the last one.
func (r *scalarReader) endLine() bool {
	if len(r.rest) < 2 {
		r.rest, r.line = nil, nil
		return false
	}
	r.rest = r.rest[1:]
	r.line = []rune(r.rest[0])
	r.at.line, r.at.col = r.at.line+1, 1
	return true
}

// next takes the next rune that is no space.
func (r *scalarReader) next() (position, rune) {
	for {
		for len(r.line) == 0 {
			if !r.endLine() {
				return position{}, 0
			}
		}
		at, got := r.at, r.line[0]
		long := 1
		switch {
		case unicode.IsSpace(got):
			r.skip(1)
			continue
		case r.style&yaml.SingleQuotedStyle != 0 && got == '\'':
			long = 2
		case r.style&yaml.DoubleQuotedStyle != 0 && got == '\\':
			long, got = escape(r.line), escaped
			if long == 0 { // a space or a line's end
				r.skip(2)
				continue
			}
		}
		r.skip(long)
		return at, got
	}
}

// escape is the length of an escape sequence, 0 of one that spells a space.
func escape(line []rune) int {
	if len(line) < 2 {
		return 0
	}
	switch line[1] {
	case ' ', '\t', 't', 'n', 'r', 'v', 'f', 'N', '_', 'L', 'P':
		return 0
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	}
	return 2
}
