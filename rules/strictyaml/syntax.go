package strictyaml

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"landcheck/geo"
)

// syntax is the input error of text that is no YAML.
func (s *Source) syntax(err error) *geo.InputError {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		f := s.InputError(1, 1, geo.Textf("YAML 语法错误：%v", "YAML syntax error: %v", err), checkAll())
		f.Err = err
		return f
	}
	words := wordsOf(e.Message)
	line, column := e.Mark.Line, e.Mark.Column
	if s.began(e) {
		line, column = e.ContextMark.Line, e.ContextMark.Column
	} else if words.opened.ZH != "" && e.ContextMark.Line > 0 && e.ContextMark != e.Mark {
		where := geo.Textf(words.opened.ZH, words.opened.EN, e.ContextMark.Line, e.ContextMark.Column)
		words.problem = geo.Text{ZH: words.problem.ZH + "；" + where.ZH, EN: words.problem.EN + "; " + where.EN}
	}
	if s.ended(line, column) {
		line, column = s.last()
	}
	if at, bare := s.bareBefore(line); bare && strings.HasPrefix(e.Message, "mapping values") {
		line, column, words = at, indent(s.lines[at-1])+1, wordsOf("could not find expected ':'")
	}
	if s.tab(line, column) {
		words = wordsOf("tab")
	}
	f := s.InputError(line, column, geo.Text{ZH: "YAML 语法错误：" + words.problem.ZH, EN: "YAML syntax error: " + words.problem.EN}, words.advice)
	f.Err = err
	if wide := s.fullWidth(line); wide != "" {
		f.Advice = geo.Textf("这一行有全角标点“%[1]s”，请改用半角。%[2]s", "The line has the full-width %[1]q: use the half-width sign. %[3]s", wide, f.Advice.ZH, f.Advice.EN)
	}
	return f
}

// began tells whether the mistake is where the thing began that is wrong, and
// not where the parser noticed: a key without a colon, what is open at the
// file's end, and a bracket that is open where the next key of its own or an
// outer level begins.
func (s *Source) began(e *yaml.LoadError) bool {
	start, end := e.ContextMark, e.Mark
	if start.Line == 0 || start == end {
		return false
	}
	if e.Message == "could not find expected ':'" {
		return true
	}
	if s.ended(end.Line, end.Column) {
		return true
	}
	return strings.HasPrefix(e.ContextMsg, "while parsing a flow") && start.Line < end.Line &&
		indent(s.lines[end.Line-1]) <= indent(s.lines[start.Line-1])
}

// ended tells a place that nothing but space follows.
func (s *Source) ended(line, column int) bool {
	last, end := s.last()
	return line > last || line == last && column >= end
}

// last is the place after the last character that is no space.
func (s *Source) last() (line, column int) {
	for i, text := range slices.Backward(s.lines) {
		if text = strings.TrimRight(text, " \t"); text != "" {
			return i + 1, utf8.RuneCountInString(text) + 1
		}
	}
	return 1, 1
}

// bareBefore is the line before a line, empty ones aside, if it is a word without
// a colon: the parser reads both as one text, and stops at the colon of the second.
func (s *Source) bareBefore(line int) (int, bool) {
	for at := min(line, len(s.lines)) - 1; at > 0; at-- {
		switch text := strings.TrimSpace(s.lines[at-1]); {
		case text == "":
		case strings.ContainsAny(text, ":#\"'[]{}|>&*!%") || strings.HasPrefix(text, "-"):
			return 0, false
		default:
			return at, true
		}
	}
	return 0, false
}

// tab tells whether a tab stands at a place.
func (s *Source) tab(line, column int) bool {
	line, column = s.within(line, column)
	rest := []rune(s.lines[line-1])[column-1:]
	return len(rest) > 0 && rest[0] == '\t'
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// fullWidth is the first full-width sign of a line that YAML writes half-width,
// outside of quotes; "" for none.
func (s *Source) fullWidth(line int) string {
	quoted := false
	for _, r := range s.lines[max(1, min(line, len(s.lines)))-1] {
		switch {
		case r == '"' || r == '\'':
			quoted = !quoted
		case !quoted && strings.ContainsRune("：，｛｝［］＃－＂＇“”‘’　", r):
			return string(r)
		}
	}
	return ""
}

// words are a parser's message as a user reads it. opened says where the thing
// began that was not closed, with its line and column.
type words struct{ problem, advice, opened geo.Text }

func wordsOf(message string) words {
	for _, w := range syntaxWords {
		if strings.Contains(message, w.message) {
			out := w.words
			if out.advice.IsZero() {
				out.advice = checkAll()
			}
			return out
		}
	}
	return words{problem: geo.Text{ZH: message, EN: message}, advice: checkAll()}
}

func checkAll() geo.Text {
	return geo.Text{ZH: "请检查缩进（只用空格）、冒号后的空格和引号", EN: "Check indentation (spaces only), the space after each colon, and quotes"}
}

func openedAt(zh, en string) geo.Text {
	return geo.Text{ZH: fmt.Sprintf("第 %%d 行第 %%d 列的 %s 还没有合上", zh), EN: fmt.Sprintf("the %s at line %%d, column %%d is still open", en)}
}
