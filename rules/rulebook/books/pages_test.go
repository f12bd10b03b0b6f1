package books_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"landcheck/geo"
	"landcheck/rules/rulebook/books"
)

// Every rule has its whole handbook page in both languages: what is measured
// with a formula, why, an example with numbers, how to fix it, what commonly
// goes wrong. A part of a few words is no part.
func TestPagesAreWhole(t *testing.T) {
	digit := regexp.MustCompile(`[0-9]`)
	for _, id := range books.IDs() {
		for _, r := range load(t, id).Rules {
			if r.Off {
				continue
			}
			if r.Clause.Section == "" || r.Clause.Text == "" {
				t.Errorf("%s: %s cites nothing", id, r.ID)
			}
			for part, x := range map[string]geo.Text{"measures": r.Explain.Measures, "why": r.Explain.Why,
				"example": r.Explain.Example, "fix": r.Explain.Fix, "pitfalls": r.Explain.Pitfalls} {
				if n := utf8.RuneCountInString(x.ZH); n < 16 {
					t.Errorf("%s: %s: %s has %d characters of Chinese", id, r.ID, part, n)
				}
				if n := len(strings.Fields(x.EN)); n < 7 {
					t.Errorf("%s: %s: %s has %d words of English", id, r.ID, part, n)
				}
			}
			for _, s := range []string{r.Explain.Example.ZH, r.Explain.Example.EN} {
				if !digit.MatchString(s) {
					t.Errorf("%s: %s: an example without numbers: %s", id, r.ID, s)
				}
			}
			formula := r.Formula()
			if len(formula) == 0 {
				t.Errorf("%s: %s has no formula", id, r.ID)
			}
			for _, line := range formula {
				for _, s := range []string{line.ZH, line.EN} {
					if s == "" || strings.Contains(s, "%!") || strings.Contains(s, "<nil>") {
						t.Errorf("%s: %s: formula %q", id, r.ID, s)
					}
				}
			}
		}
	}
}

// The figures of examples hold: both languages work with the same ones.
func TestExamplesAgreeInBothLanguages(t *testing.T) {
	number := regexp.MustCompile(`[0-9]+(\.[0-9]+)?`)
	figures := func(s string) map[string]bool {
		s = regexp.MustCompile(`([0-9]) ([0-9]{3})`).ReplaceAllString(s, "$1$2") // 6 480.00
		out := map[string]bool{}
		for _, n := range number.FindAllString(s, -1) {
			if strings.Contains(n, ".") {
				out[n] = true
			}
		}
		return out
	}
	for _, id := range books.IDs() {
		for _, r := range load(t, id).Rules {
			zh, en := figures(r.Explain.Example.ZH), figures(r.Explain.Example.EN)
			for n := range zh {
				if !en[n] {
					t.Errorf("%s: %s: %s only in Chinese", id, r.ID, n)
				}
			}
			for n := range en {
				if !zh[n] {
					t.Errorf("%s: %s: %s only in English", id, r.ID, n)
				}
			}
		}
	}
}
