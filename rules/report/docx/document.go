package docx

import (
	"strings"
	"unicode/utf8"
)

// Document is filled from its beginning to its end, then written. The zero
// value but for the fields is an empty one.
type Document struct {
	Title   string // of its properties
	Lang    string // zh or en: of spelling, and of the words of the footer
	Header  string // at the top of every page
	Footer  string // at the foot of every page, before the page number
	content []any
	// Pictures are those that tables hold so far.
	Pictures []*Picture
	wide     bool // pages from here on lie
}

// Style names a style of paragraph in parts/styles.xml.
type Style string

// The styles of paragraphs, as parts/styles.xml has them.
const (
	Title     Style = "Title"
	Subtitle  Style = "Subtitle"
	Body      Style = "BodyText" // indented by two characters in Chinese
	Item      Style = "ListItem" // hangs by its number
	Note      Style = "Note"     // small print
	Lead      Style = "Lead"     // the sentence that counts
	Cell      Style = "TableText"
	CellHead  Style = "TableHead"
	CellValue Style = "TableFigure" // a number, to the right
)

// longest is how many characters of a text are written; a name of more is no
// name, and would fill pages.
const longest = 4000

// Heading adds a heading of level 1 or 2.
func (d *Document) Heading(level int, text string) {
	style := Style("Heading1")
	if level > 1 {
		style = "Heading2"
	}
	d.content = append(d.content, newParagraph(style, text))
}

// Paragraph adds a paragraph.
func (d *Document) Paragraph(style Style, text string) {
	d.content = append(d.content, newParagraph(style, text))
}

// Page begins a new page; a wide one lies.
func (d *Document) Page(wide bool) {
	d.content = append(d.content, paragraph{Properties: &paragraphProperties{Spacing: &spacing{Line: 1, Rule: "exact"}, Section: sectionOf(d.wide)}})
	d.wide = wide
}

// Width is the width of the text of a page, in twentieths of a point.
func (d *Document) Width() int {
	p := pageOf(d.wide)
	return p.Width - left - right
}

func newParagraph(style Style, text string) paragraph {
	p := paragraph{Properties: &paragraphProperties{Style: &value{string(style)}}}
	if text != "" {
		p.Content = []any{newRun(text)}
	}
	return p
}

func newRun(text string) run {
	return run{Text: &runText{Space: "preserve", Text: shorten(text)}}
}

// shorten cuts what is too long, at a character. What XML cannot hold becomes a
// replacement character, as encoding/xml has it.
func shorten(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	return string([]rune(s)[:longest]) + "…"
}
