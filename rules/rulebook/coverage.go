package rulebook

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"landcheck/geo"
	"landcheck/rules/result"
)

// PolicySection is one numbered part of the policy document, in its own words.
type PolicySection struct {
	Section string `yaml:"section,required"` // 三（二）
	Title   string `yaml:"title,required"`
	Text    string `yaml:"text,required"`
}

// SectionCoverage is what became of one section of the policy.
type SectionCoverage struct {
	Section, Title string
	Sentences      []SentenceCoverage // in the order of the text; none where the book does not hold it
	Passages       []Passage          // that stand in no sentence of the text
}

// SentenceCoverage is what became of one sentence.
type SentenceCoverage struct {
	Number   int // counted through all sections
	Text     string
	Passages []Passage
	Left     []string // words that no passage quotes
}

// Passage is words of the policy and what became of them: rules that check
// them, such rules that are switched off, or why none can.
type Passage struct {
	Text  string
	Rules []string
	Off   []string
	Why   *geo.Text
}

// Accounted reports whether every word of the sentence is quoted by a rule
// that is on or by a reason.
func (s *SentenceCoverage) Accounted() bool { return len(s.Left) == 0 }

// quoted is a passage with the sections that it cites, 三（一）（四） being two.
type quoted struct {
	Passage
	cited    string
	sections []string
}

// Coverage goes through the policy sentence by sentence.
func (b *Rulebook) Coverage() []SectionCoverage {
	quotes := b.quotes()
	placed := make([]bool, len(quotes))
	var out []SectionCoverage
	number := 0
	for _, p := range b.Policy {
		s := SectionCoverage{Section: p.Section, Title: p.Title}
		text := p.Text
		for text != "" {
			sentence := text
			if end := strings.IndexAny(text, "。！？"); end >= 0 {
				_, long := utf8.DecodeRuneInString(text[end:])
				sentence = text[:end+long]
			}
			text = strings.TrimSpace(text[len(sentence):])
			number++
			s.Sentences = append(s.Sentences, cover(number, sentence, p.Section, quotes, placed))
		}
		out = append(out, s)
	}
	for i, q := range quotes {
		if placed[i] {
			continue
		}
		at := slices.IndexFunc(out, func(s SectionCoverage) bool { return s.Section == q.cited })
		if at < 0 {
			at = len(out)
			out = append(out, SectionCoverage{Section: q.cited})
		}
		out[at].Passages = append(out[at].Passages, q.Passage)
	}
	inOrder := strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")
	slices.SortStableFunc(out, func(x, y SectionCoverage) int {
		return strings.Compare(inOrder.Replace(x.Section), inOrder.Replace(y.Section))
	})
	return out
}

// cover finds the passages of one sentence, in its order.
func cover(number int, sentence, section string, quotes []quoted, placed []bool) SentenceCoverage {
	s := SentenceCoverage{Number: number, Text: sentence}
	covered := make([]bool, len(sentence))
	type found struct {
		at int
		Passage
	}
	var list []found
	for i, q := range quotes {
		at := strings.Index(sentence, q.Text)
		if at < 0 || !slices.Contains(q.sections, section) {
			continue
		}
		placed[i] = true
		list = append(list, found{at, q.Passage})
		if q.Why == nil && len(q.Rules) == 0 {
			continue // switched off
		}
		for k := range len(q.Text) {
			covered[at+k] = true
		}
	}
	slices.SortStableFunc(list, func(x, y found) int { return x.at - y.at })
	for _, f := range list {
		s.Passages = append(s.Passages, f.Passage)
	}
	var left strings.Builder
	for i, r := range sentence {
		if covered[i] {
			r = '\n'
		}
		left.WriteRune(r)
	}
	for _, words := range strings.Split(left.String(), "\n") {
		words = strings.TrimFunc(words, func(r rune) bool { return r != '%' && unicode.IsPunct(r) || unicode.IsSpace(r) })
		if words != "" {
			s.Left = append(s.Left, words)
		}
	}
	return s
}

// quotes gathers the passages of rules and reasons; rules that quote the same
// words of the same place stand together.
func (b *Rulebook) quotes() []quoted {
	var out []quoted
	entry := func(c result.Clause) *quoted {
		for i := range out {
			if out[i].cited == c.Section && out[i].Text == c.Text && out[i].Why == nil {
				return &out[i]
			}
		}
		out = append(out, quoted{Passage: Passage{Text: c.Text}, cited: c.Section, sections: sectionsOf(c.Section)})
		return &out[len(out)-1]
	}
	for i := range b.Rules {
		r := &b.Rules[i]
		if r.Group == "data" {
			continue
		}
		for _, c := range append([]result.Clause{r.Clause}, r.Also...) {
			if q := entry(c); r.Off {
				q.Off = append(q.Off, r.ID)
			} else {
				q.Rules = append(q.Rules, r.ID)
			}
		}
	}
	for _, n := range b.NotCheckable {
		out = append(out, quoted{Passage: Passage{Text: n.Text, Why: &n.Why}, cited: n.Clause, sections: sectionsOf(n.Clause)})
	}
	return out
}

// sectionsOf splits 三（一）（四） into 三（一） and 三（四）.
func sectionsOf(s string) []string {
	chapter, rest, ok := strings.Cut(s, "（")
	if !ok {
		return []string{s}
	}
	var out []string
	for _, n := range strings.Split(rest, "（") {
		out = append(out, chapter+"（"+n)
	}
	return out
}
