package books_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
	"landcheck/rules/rulebook/books"
)

func load(t *testing.T, id string) *rulebook.Rulebook {
	t.Helper()
	b, err := rulebook.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryFileIsListedAndLoads(t *testing.T) {
	files, err := fs.Glob(books.FS, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	ids := books.IDs()
	if len(files) != len(ids) {
		t.Errorf("%d rulebook files, %d ids", len(files), len(ids))
	}
	for _, id := range ids {
		if b := load(t, id); b.ID != id {
			t.Errorf("%s.yaml holds %q", id, b.ID)
		}
	}
}

// The rules with their levels, in order, written out by hand. A rule that is
// dropped or weakened here is a change of what a bureau is told.
func TestSpecifiedRulesAndLevels(t *testing.T) {
	const table = `
pbf-township-cap P · pbf-area-kept M · pbf-quality-kept M · pbf-paddy-kept A · pbf-slope-kept A
pbf-compensation-in-project P
pbf-compensation-in-county M · pbf-urban-kept P · pbf-compensate-first M · pbf-out-is-pbf M
pbf-in-is-new M · pbf-in-is-cropland M · pbf-in-is-stable M · pbf-in-outside-urban A
pbf-undeclared-loss M · pbf-out-scattered A · pbf-red-line-window A · pbf-out-built-on A · pbf-contiguity A
cropland-area-kept M · cropland-quality-kept M · cropland-contiguity A · new-cropland-surveyed M
new-cropland-area-agrees M · unstable-cropland-out A · scattered-grass-balanced P
construction-not-grown M · demolition-covers-building M · urban-boundary-scale M
urban-boundary-stable A · quota-priority M · commercial-merged A
red-line-not-occupied M · red-line-not-adjusted M · red-line-restored M · red-line-cropland-kept A
red-line-new-space A · ecological-land-kept A · basic-grassland M · natural-grassland A
purpose-fits-class M · shelterbelt-kept M · heritage-protected P
one-county M · changes-in-project P · village-consent M · department-opinions M · pbf-plan M
plan-approved M · annual-assessment M · subproject-accepted M · pbf-accepted-by-region M
overall-accepted M · deviation A
data-crs M · data-geometry A · data-overlap M · data-codes M · data-fields M · data-unique-id A
data-declared-area A · data-slivers A · data-cover M · data-extent A · data-complete M
base-data A · claimed-improvement A`
	levels := map[string]domain.Level{"M": domain.Mandatory, "P": domain.InPrinciple, "A": domain.Advisory}
	words := strings.Fields(strings.ReplaceAll(table, "·", " "))
	b := load(t, "nmg-2025")
	last := -1
	for i := 0; i < len(words); i += 2 {
		id, level := words[i], levels[words[i+1]]
		at := slices.IndexFunc(b.Rules, func(r rulebook.Rule) bool { return r.ID == id })
		switch {
		case at < 0:
			t.Errorf("%s is missing", id)
			continue
		case b.Rules[at].Level != level:
			t.Errorf("%s is %s, want %s", id, b.Rules[at].Level, level)
		case b.Rules[at].Off:
			t.Errorf("%s is off", id)
		case at < last:
			t.Errorf("%s stands before rules that come first", id)
		}
		last = at
	}
}

// What the national books change, and nothing else.
func TestNationalBooks(t *testing.T) {
	inner, now, pilot := load(t, "nmg-2025"), load(t, "cn-2024"), load(t, "cn-2019-pilot")
	off := func(b *rulebook.Rulebook) (ids []string) {
		for _, r := range b.Rules {
			if r.Off {
				ids = append(ids, r.ID)
			}
		}
		return ids
	}
	procedure := []string{"department-opinions", "plan-approved", "annual-assessment", "subproject-accepted", "pbf-accepted-by-region", "overall-accepted"}
	if got := off(inner); got != nil {
		t.Errorf("nmg-2025 switches off %v", got)
	}
	if got := off(now); !slices.Equal(got, procedure) {
		t.Errorf("cn-2024 switches off %v", got)
	}
	if got := off(pilot); !slices.Equal(got, append([]string{"pbf-township-cap"}, procedure...)) {
		t.Errorf("cn-2019-pilot switches off %v", got)
	}
	if got := now.Rule("pbf-township-cap").Ratio.Limit.Text; got != "0.05" {
		t.Errorf("cap of cn-2024 is %s", got)
	}
	for _, p := range now.Rule("pbf-plan").Documents.Need {
		if p.Kind == "pbf-league-review" {
			t.Error("cn-2024 asks for a league's review")
		}
	}
	if f := pilot.Rule("pbf-area-kept").Balance.Factor; f == nil || f.Text != "1.05" {
		t.Errorf("factor of cn-2019-pilot is %v", f)
	}
	s := pilot.Rule("cropland-area-kept").Balance.Surplus
	if s == nil || s.Share.Text != "0.05" || s.Of.Name != "project_cropland" {
		t.Errorf("surplus of cn-2019-pilot is %v", s)
	}
	// A book never quotes another document's words as its own.
	for _, b := range []*rulebook.Rulebook{now, pilot} {
		for _, r := range b.Rules {
			if same := inner.Rule(r.ID); r.Group != "data" && !r.Off && r.Clause == same.Clause {
				t.Errorf("%s: %s cites the clause of nmg-2025", b.ID, r.ID)
			}
		}
	}
}

// texts gives every text of a book with the name of its place.
func texts(b *rulebook.Rulebook) map[string]geo.Text {
	all := map[string]geo.Text{"title": b.Title, "source": b.Source}
	for _, n := range b.NotCheckable {
		all["not_checkable "+n.Text] = n.Why
	}
	for _, r := range b.Rules {
		all[r.ID+" title"] = r.Title
		all[r.ID+" measures"] = r.Explain.Measures
		all[r.ID+" why"] = r.Explain.Why
		all[r.ID+" fix"] = r.Explain.Fix
		all[r.ID+" example"] = r.Explain.Example
		for name, x := range map[string]geo.Text{"pitfalls": r.Explain.Pitfalls, "message": r.Message, "remedy": r.Remedy} {
			if !x.IsZero() {
				all[r.ID+" "+name] = x
			}
		}
		if r.Mean != nil {
			for _, m := range r.Mean.Measures {
				all[r.ID+" label "+m.Label.EN] = m.Label
			}
		}
		if r.Forbid != nil {
			for _, x := range r.Forbid.Tell {
				all[r.ID+" tell "+x.Text.EN] = x.Text
			}
		}
		for _, s := range r.Show {
			all[r.ID+" show "+s.Label.EN] = s.Label
		}
		if r.Require != nil {
			for _, d := range r.Require.Each {
				all[r.ID+" lack "+d.That.Text] = d.Lack
			}
		}
	}
	return all
}

var stopgap = regexp.MustCompile(`(?i)todo|tbd|fixme|xxx|lorem|placeholder|待补|待定|占位|……|\.\.\.`)

func TestTextsInBothLanguages(t *testing.T) {
	for _, id := range books.IDs() {
		for place, x := range texts(load(t, id)) {
			han := strings.ContainsFunc(x.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) })
			if !han {
				t.Errorf("%s: %s: no Chinese in %q", id, place, x.ZH)
			}
			if !regexp.MustCompile(`[A-Za-z]{2}`).MatchString(x.EN) {
				t.Errorf("%s: %s: no English in %q", id, place, x.EN)
			}
			for _, s := range []string{x.ZH, x.EN} {
				if stopgap.MatchString(s) {
					t.Errorf("%s: %s: unfinished text %q", id, place, s)
				}
			}
		}
	}
}

// Both languages of a message name the same figures.
func TestSamePlaceholdersInBothLanguages(t *testing.T) {
	hole := regexp.MustCompile(`\{[^{}]*\}`)
	names := func(s string) []string {
		list := hole.FindAllString(s, -1)
		slices.Sort(list)
		return slices.Compact(list)
	}
	for _, id := range books.IDs() {
		for _, r := range load(t, id).Rules {
			for _, x := range []geo.Text{r.Message, r.Remedy} {
				if zh, en := names(x.ZH), names(x.EN); !slices.Equal(zh, en) {
					t.Errorf("%s: %s: %v in Chinese, %v in English", id, r.ID, zh, en)
				}
			}
		}
	}
}

// opinion reads the policy text without white space.
func opinion(t *testing.T) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "policy", "nmg-2025-opinion.txt")
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		t.Skipf("the policy text is not here (%s): clauses were not compared with it", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return bare(string(data))
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// section is a numbered part of the opinion, from its heading to the next.
func section(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, from)
	if !ok {
		t.Fatalf("the policy text has no %q", from)
	}
	part, _, ok := strings.Cut(rest, to)
	if to == "" {
		return rest
	}
	if !ok {
		t.Fatalf("the policy text has no %q", to)
	}
	return part
}

var chapters = []struct{ number, heading, next string }{
	{"一", "一、总体要求", "二、实施路径"},
	{"二", "二、实施路径", "三、主要实施内容"},
	{"三", "三、主要实施内容", "四、政策措施"},
	{"四", "四、政策措施", "五、工作保障"},
	{"五", "五、工作保障", ""},
}

// paragraphs gives the text behind each section number such as 三（二）, its
// own heading (up to the first full stop) left out.
func paragraphs(t *testing.T, text string) map[string]string {
	numeral := regexp.MustCompile(`（[一二三四五六]）[^，。（）]{4,20}。`)
	out := map[string]string{}
	for _, c := range chapters {
		part := section(t, text, c.heading, c.next)
		heads := numeral.FindAllStringIndex(part, -1)
		if heads == nil {
			out[c.number] = part
		}
		for i, h := range heads {
			end := len(part)
			if i+1 < len(heads) {
				end = heads[i+1][0]
			}
			out[c.number+part[h[0]:h[0]+len("（一）")]] = part[h[1]:end]
		}
	}
	return out
}

// sections splits 三（一）（四） into 三（一） and 三（四）.
func sections(s string) []string {
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

func TestClausesAreVerbatim(t *testing.T) {
	parts := paragraphs(t, opinion(t))
	b := load(t, "nmg-2025")
	check := func(place, at, words string) {
		in := 0
		for _, s := range sections(at) {
			part, ok := parts[s]
			if !ok {
				t.Errorf("%s: the opinion has no section %s", place, s)
			}
			if strings.Contains(part, bare(words)) {
				in++
			}
		}
		if in == 0 {
			t.Errorf("%s: section %s does not say %q", place, at, words)
		}
	}
	for _, r := range b.Rules {
		if r.Group != "data" {
			for _, c := range append([]result.Clause{r.Clause}, r.Also...) {
				check(r.ID, c.Section, c.Text)
			}
		}
	}
	for _, n := range b.NotCheckable {
		check("not_checkable", n.Clause, n.Text)
	}
}

// Every word of 一 to 五 stands in a rule's clause or under not_checkable.
func TestNoSentenceIsForgotten(t *testing.T) {
	parts := paragraphs(t, opinion(t))
	b := load(t, "nmg-2025")
	var said []string
	for _, r := range b.Rules {
		for _, c := range append([]result.Clause{r.Clause}, r.Also...) {
			said = append(said, bare(c.Text))
		}
	}
	for _, n := range b.NotCheckable {
		said = append(said, bare(n.Text))
	}
	seen := 0
	for name, part := range parts {
		seen++
		covered := make([]bool, len(part))
		for _, s := range said {
			for from := 0; ; {
				i := strings.Index(part[from:], s)
				if i < 0 {
					break
				}
				for k := range len(s) {
					covered[from+i+k] = true
				}
				from += i + len(s)
			}
		}
		left := strings.Map(func(r rune) rune {
			if unicode.IsPunct(r) {
				return -1
			}
			return r
		}, string(uncovered(part, covered)))
		if left != "" {
			t.Errorf("%s: not accounted for: %s", name, left)
		}
	}
	if seen != 16 {
		t.Errorf("found %d sections and sub-sections, want 16", seen)
	}
}

func uncovered(part string, covered []bool) (left []rune) {
	for i, r := range part {
		if !covered[i] {
			left = append(left, r)
		}
	}
	return left
}

// Every paper that a built-in rulebook asks for is known by a title.
func TestDocumentsHaveTitles(t *testing.T) {
	for _, id := range []string{"nmg-2025", "cn-2024", "cn-2019-pilot"} {
		book, err := rulebook.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range book.Rules {
			var kinds []string
			switch {
			case r.Documents != nil:
				for _, p := range r.Documents.Need {
					kinds = append(append(kinds, p.OneOf...), p.Kind)
				}
			case r.Quota != nil:
				kinds = []string{r.Quota.Document}
			case r.Forbid != nil && r.Forbid.Unless != nil:
				kinds = []string{r.Forbid.Unless.Document}
			}
			for _, kind := range kinds {
				if title := domain.DocumentTitle(kind); kind != "" && (title.EN == kind || title.ZH == kind) {
					t.Errorf("%s: %s asks for %q, which has no title", id, r.ID, kind)
				}
			}
		}
	}
}

// A limit that the opinion does not state can only warn (rules/README.md):
// 1 % of the urban boundary, 5 mu of grassland, 6° and 20 mu of sloped
// cropland, 12 m between blocks, half of the land out, 5 % off the approved plan.
func TestOwnLimitsOnlyWarn(t *testing.T) {
	var own []string
	for _, r := range load(t, "nmg-2025").Rules {
		if r.OwnLimit {
			own = append(own, r.ID)
			if !strings.Contains(r.Explain.Measures.ZH, "本规则册口径") || !strings.Contains(r.Explain.Measures.EN, "rulebook's own measure") {
				t.Errorf("%s does not say that its limit is the rulebook's own", r.ID)
			}
		}
	}
	want := []string{"pbf-out-scattered", "cropland-contiguity", "scattered-grass-balanced", "urban-boundary-stable", "red-line-cropland-kept", "deviation"}
	if !slices.Equal(own, want) {
		t.Errorf("%v", own)
	}
}

// No built-in book states a figure that it overrides.
func TestBooksHaveNoWarnings(t *testing.T) {
	for _, id := range books.IDs() {
		for _, w := range load(t, id).Warnings {
			t.Errorf("%s: %v", id, w)
		}
	}
}
