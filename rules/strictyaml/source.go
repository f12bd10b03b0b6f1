package strictyaml

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"landcheck/geo"
)

// Source is the text of a file as it was written.
type Source struct {
	Name  string
	text  string
	lines []string
}

// lineEnds are those that YAML counts; a file of Windows has two in a row.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

func newSource(name, text string) *Source {
	return &Source{Name: name, text: text, lines: strings.Split(lineEnds.Replace(text), "\n")}
}

// Lines are the lines of the file, without their ends.
func (s *Source) Lines() []string { return s.lines }

// InputError is about a place of the file, line and column counted from 1. A place
// beyond the text is brought into it.
func (s *Source) InputError(line, column int, problem, advice geo.Text) *geo.InputError {
	line, column = s.within(line, column)
	return &geo.InputError{File: s.Name, Record: line, Column: column, Message: problem, Advice: advice, Excerpt: s.Excerpt(line, column)}
}

// within is the place, or the nearest one that the text has: columns go to one
// past a line's end.
func (s *Source) within(line, column int) (int, int) {
	line = max(1, min(line, len(s.lines)))
	return line, max(1, min(column, utf8.RuneCountInString(s.lines[line-1])+1))
}

// excerptWidth is how many columns of a line are shown.
const excerptWidth = 96

// Excerpt is a line as it stands, with its number, and below it a caret under a
// column. A Chinese character is two columns wide on a screen, an accent none.
// Of a long line the part around the column is shown.
func (s *Source) Excerpt(line, column int) string {
	line, column = s.within(line, column)
	text := s.lines[line-1]
	at := 0 // the byte of the column
	for range column - 1 {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	_, rest := following(text[at:], excerptWidth)
	before, indent, cut := leading(text[:at], max(excerptWidth/2, excerptWidth-rest))
	if cut {
		before, indent = "…"+before, indent+1
	}
	after, _ := following(text[at:], excerptWidth-indent)
	number := strconv.Itoa(line)
	return number + " | " + before + after + "\n" + strings.Repeat(" ", len(number)) + " | " + strings.Repeat(" ", indent) + "^"
}

// leading is the end of what stands before a column, as shown, how wide that
// is, most at the most, and whether there is more.
func leading(text string, most int) (shown string, width int, more bool) {
	var parts []string
	for text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		part, wide := cell(r)
		if width+wide > most || len(parts) == excerptWidth {
			break
		}
		parts, width, text = append(parts, part), width+wide, text[:len(text)-size]
	}
	slices.Reverse(parts)
	return strings.Join(parts, ""), width, text != ""
}

// following is the beginning of what stands from a column on, as shown, and how
// wide that is, most at the most.
func following(text string, most int) (shown string, width int) {
	var b strings.Builder
	runes := 0
	for _, r := range text {
		part, wide := cell(r)
		if width+wide > most || runes == excerptWidth {
			return b.String() + "…", width
		}
		b.WriteString(part)
		width += wide
		runes++
	}
	return b.String(), width
}

// cell is a character as shown, and its width in columns.
func cell(r rune) (string, int) {
	text := geo.Printable(string(r))
	if r == '\t' {
		text = "→"
	}
	cells := runewidth.Condition{} // not that of the environment: the same everywhere
	return text, cells.StringWidth(text)
}
