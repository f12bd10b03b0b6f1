package evaluation

import (
	"strings"

	"landcheck/geo"
)

// words fill the placeholders of templates.
type values map[string]geo.Text

func (w values) fill(t geo.Text) geo.Text {
	return geo.Text{ZH: w.fillIn(t.ZH, "zh"), EN: w.fillIn(t.EN, "en")}
}

// fillIn replaces what placeholder matches, without its machine: a rule has a
// finding for each of a hundred thousand slivers. Text without placeholders is
// shared by all of them.
func (w values) fillIn(text, lang string) string {
	var out strings.Builder
	rest := text
	for {
		open := strings.IndexByte(rest, '{')
		long := strings.IndexAny(rest[open+1:], "{}")
		if open < 0 || long < 0 {
			break
		}
		end := open + 1 + long
		if rest[end] == '{' { // one that is never closed
			out.WriteString(rest[:end])
			rest = rest[end:]
			continue
		}
		out.WriteString(rest[:open])
		if v, ok := w[rest[open+1:end]]; ok {
			value := v.In(lang)
			out.WriteString(value)
			if strings.HasSuffix(value, "）") { // a full-width bracket brings its own space
				rest = rest[:end+1] + strings.TrimPrefix(rest[end+1:], " ")
			}
		} else {
			out.WriteString(rest[open : end+1])
		}
		rest = rest[end+1:]
	}
	if len(rest) == len(text) {
		return text
	}
	out.WriteString(rest)
	return out.String()
}
