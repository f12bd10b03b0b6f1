package books_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landcheck/rules/rulebook"
)

// The text that the book holds is sections 一 to 五 of the opinion, word for word.
func TestPolicyIsVerbatim(t *testing.T) {
	parts := paragraphs(t, opinion(t))
	b := load(t, "nmg-2025")
	var got []string
	for _, s := range b.Policy {
		got = append(got, s.Section)
		if bare(s.Text) != parts[s.Section] {
			t.Errorf("%s: the book says\n%s\nthe opinion\n%s", s.Section, s.Text, parts[s.Section])
		}
		heading := s.Section[len("三"):] + s.Title + "。"
		if !strings.Contains(s.Section, "（") { // 一 and 五 have no sub-sections
			heading = s.Section + "、" + s.Title
		}
		if !strings.Contains(opinion(t), bare(heading+s.Text)) {
			t.Errorf("%s: not under the heading %q", s.Section, s.Title)
		}
	}
	want := []string{"一", "二（一）", "二（二）", "二（三）", "三（一）", "三（二）", "三（三）", "三（四）", "三（五）", "四（一）", "四（二）", "四（三）", "四（四）", "四（五）", "四（六）", "五"}
	if !slices.Equal(got, want) {
		t.Errorf("sections %v", got)
	}
}

// The coverage has the sentences of the text, no more and no fewer, each with
// its passages, and none is left unaccounted for.
func TestCoverageAccountsForEverySentence(t *testing.T) {
	b := load(t, "nmg-2025")
	var text, covered strings.Builder
	stops, last := 0, 0
	for _, s := range b.Policy {
		text.WriteString(s.Text)
		stops += strings.Count(s.Text, "。")
	}
	rulesSeen := map[string]bool{}
	for _, section := range b.Coverage() {
		for _, s := range section.Sentences {
			if last++; s.Number != last {
				t.Errorf("sentence %d has number %d", last, s.Number)
			}
			covered.WriteString(s.Text)
			if len(s.Passages) == 0 || !s.Accounted() {
				t.Errorf("sentence %d: %d passages, left %q", s.Number, len(s.Passages), s.Left)
			}
			for _, p := range s.Passages {
				if len(p.Rules) == 0 && p.Why == nil {
					t.Errorf("sentence %d: nobody answers for %q", s.Number, p.Text)
				}
				for _, id := range p.Rules {
					rulesSeen[id] = true
				}
			}
		}
		for _, p := range section.Passages {
			if section.Sentences != nil {
				t.Errorf("%s: %q stands in no sentence", section.Section, p.Text)
			}
			for _, id := range p.Rules {
				rulesSeen[id] = true
			}
		}
	}
	if text.String() != covered.String() || stops != last || last != 55 {
		t.Errorf("%d sentences, %d full stops", last, stops)
	}
	for _, r := range b.Rules {
		if r.Group != "data" && !rulesSeen[r.ID] {
			t.Errorf("%s answers for nothing", r.ID)
		}
	}
}

// A rule that a book of one's own switches off leaves its words open.
func TestCoverageSeesWhatIsSwitchedOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.yaml")
	if err := os.WriteFile(path, []byte("id: own\nextends: nmg-2025\nrules: [{id: pbf-township-cap, off: true}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := rulebook.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, section := range b.Coverage() {
		for _, s := range section.Sentences {
			left = append(left, s.Left...)
			if !s.Accounted() && !slices.ContainsFunc(s.Passages, func(p rulebook.Passage) bool { return slices.Contains(p.Off, "pbf-township-cap") }) {
				t.Errorf("sentence %d does not say that the rule is off", s.Number)
			}
		}
	}
	if !slices.Equal(left, []string{"调整规模原则上不得超过所涉及乡镇永久基本农田划定面积的5%"}) {
		t.Errorf("left %q", left)
	}
}
