package report

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/wording"

	"github.com/mattn/go-runewidth"
)

// page lays out lines of Chinese and Latin text for a terminal: a Chinese
// character is two columns wide, colour none.
type page struct {
	out    bytes.Buffer
	lang   string
	width  int
	colour bool
	cells  *runewidth.Condition
}

func newPage(in Input) *page {
	cells := runewidth.NewCondition()
	cells.EastAsianWidth = false // from the environment otherwise
	p := &page{lang: in.Lang, width: in.Width, colour: in.Colour, cells: cells}
	if p.width == 0 {
		p.width = 88
	}
	p.width = max(40, min(p.width, 200))
	return p
}

// measure is the width of a string in columns, escapes not counted.
func (p *page) measure(s string) int { return p.cells.StringWidth(bare(s)) }

func (p *page) rule(char string) {
	p.out.WriteString(p.dim(strings.Repeat(char, p.width)) + "\n")
}

func (p *page) heading(s string) {
	p.out.WriteString("\n" + p.bold(s) + "\n")
}

// more says how much of a list was left out, and where to see it.
func (p *page) more(indent, n int) {
	p.wrap(strings.Repeat(" ", indent), p.dim(geo.Textf("… 另 %[1]d 条，见 -o report.html", "… %[1]d more, see -o report.html", n).In(p.lang)))
}

// columns sets a left part, a status word in a fixed column and a right part;
// what does not fit goes to the next line.
func (p *page) columns(left, middle, right string) {
	at := p.width * 56 / 100
	if p.measure(left) >= at {
		p.out.WriteString(left + "\n")
		left = ""
	}
	p.out.WriteString(left + p.pad(at-p.measure(left)) + middle)
	gap := p.width - at - p.measure(middle) - p.measure(right)
	if gap < 1 {
		p.out.WriteByte('\n')
		gap = p.width - p.measure(right)
	}
	p.out.WriteString(p.pad(gap) + right + "\n")
}

func (p *page) pad(n int) string { return strings.Repeat(" ", max(0, n)) }

// wrap writes text folded to the page, every line indented as the first is.
func (p *page) wrap(indent, text string) {
	p.hang(indent, p.measure(indent), text)
}

// hang writes text after a head, folded; later lines are indented by some
// columns.
func (p *page) hang(head string, indent int, text string) {
	p.out.WriteString(head)
	at, gap := p.measure(head), 0 // gap: spaces owed, dropped at a line's end
	open := ""
	for _, word := range words(text) {
		n := p.measure(word)
		if word == " " {
			gap++
			continue
		}
		if at+gap+n > p.width && at > indent && !closing(word) {
			gap = 0
			if open != "" {
				p.out.WriteString("\x1b[0m")
			}
			p.out.WriteString("\n" + p.pad(indent) + open)
			at = indent
		}
		if strings.HasPrefix(word, "\x1b") {
			open = word
			if word == "\x1b[0m" {
				open = ""
			}
		}
		if at == p.measure(head) && strings.TrimSpace(bare(head)) == "" || at == indent {
			word = harmless(word)
			n = p.measure(word)
		}
		p.out.WriteString(p.pad(gap) + word)
		at, gap = at+gap+n, 0
	}
	p.out.WriteString("\n")
}

// words cuts text where a line may end: at spaces, round each wide character,
// round escapes.
func words(s string) []string {
	var out []string
	start := 0
	cut := func(i int) {
		if i > start {
			out = append(out, s[start:i])
		}
		start = i
	}
	for i := 0; i < len(s); {
		if s[i] == '\x1b' {
			cut(i)
			end := strings.IndexByte(s[i:], 'm')
			if end < 0 {
				end = len(s) - i - 1
			}
			i += end + 1
			cut(i)
			continue
		}
		r, n := rune(s[i]), 1
		if r >= 0x80 {
			r, n = decode(s[i:])
		}
		switch {
		case r == ' ':
			cut(i)
			cut(i + n)
		case r >= 0x2e80:
			cut(i)
			cut(i + n)
		}
		i += n
	}
	cut(len(s))
	return out
}

func decode(s string) (rune, int) {
	for i, r := range s {
		if i == 0 {
			return r, max(1, len(string(r)))
		}
	}
	return ' ', 1
}

// closing reports punctuation that may not begin a line.
func closing(word string) bool {
	return strings.ContainsAny(word, "，。；：、）》”！？") && len(word) <= 3
}

// bare is text without escapes.
func bare(s string) string {
	if !strings.Contains(s, "\x1b") {
		return s
	}
	var b strings.Builder
	for _, w := range words(s) {
		if !strings.HasPrefix(w, "\x1b") {
			b.WriteString(w)
		}
	}
	return b.String()
}

// clean makes text from input harmless on a terminal: no control characters, no
// marks that turn its direction or cannot be seen, one line.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case geo.Steers(r) || r == unicode.ReplacementChar:
			return '\ufffd'
		}
		return r
	}, s)
}

// harmless marks a word at the beginning of a line that a pipeline would take
// for a command of its own: ::error::, ##[error], ##vso[.
func harmless(word string) string {
	if strings.HasPrefix(word, "::") || strings.HasPrefix(word, "##") {
		return "\\" + word
	}
	return word
}

func (p *page) paint(code, s string) string {
	if !p.colour || code == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *page) bold(s string) string { return p.paint("1", s) }
func (p *page) dim(s string) string  { return p.paint("2", s) }

func statusColour(s domain.Status) string {
	switch s {
	case domain.Fail:
		return "1;31"
	case domain.Warn, domain.Justified:
		return "33"
	case domain.NotChecked:
		return "35"
	case domain.Pass:
		return "32"
	}
	return "2"
}

// refList names features, folded after some: "永久基本农田调出 D-1、D-2 … 另 3 个".
func refList(refs []result.FeatureRef, lang string, most int) string {
	var b strings.Builder
	role := "\x00"
	for i, f := range refs {
		if i == most && len(refs) > most+1 {
			b.WriteString(geo.Textf(" … 另 %d 个", " … %d more", len(refs)-i).In(lang))
			break
		}
		if f.Role != role {
			if i > 0 {
				b.WriteString(geo.Text{ZH: "；", EN: "; "}.In(lang))
			}
			b.WriteString(clean(domain.Role(f.Role).Title().In(lang)) + " ")
			role = f.Role
		} else {
			b.WriteString(geo.Text{ZH: "、", EN: ", "}.In(lang))
		}
		b.WriteString(clean(refID(f)))
	}
	return b.String()
}

// refID is a feature's id, else its record number.
func refID(f result.FeatureRef) string {
	if f.ID == "" && f.Record > 0 {
		return fmt.Sprintf("#%d", f.Record)
	}
	return f.ID
}

// noticeText is a notice with its place.
func noticeText(n geo.Notice) geo.Text {
	t := n.Message
	switch {
	case n.File != "" && n.Record > 0:
		return geo.Textf("%[1]s 第 %[2]d 条：%[3]s", "%[1]s, record %[2]d: %[4]s", n.File, n.Record, t.ZH, t.EN)
	case n.File != "":
		return geo.Textf("%[1]s：%[2]s", "%[1]s: %[3]s", n.File, t.ZH, t.EN)
	}
	return t
}

// short is a digest cut to what tells two files apart by eye.
func short(digest string) string { return wording.ShortDigest(clean(digest)) }
