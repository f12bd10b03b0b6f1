package manual

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"golang.org/x/net/html"
)

// TestTopics: what Topics lists is what is there, in both languages, and both
// have the same chapters within and the same commands and examples; what stands
// behind a # is translated.
func TestTopics(t *testing.T) {
	for _, lang := range Languages() {
		var there, listed []string
		entries, err := fs.ReadDir(files, lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			there = append(there, strings.TrimSuffix(e.Name(), ".md"))
		}
		for _, topic := range Topics() {
			listed = append(listed, topic.Name)
		}
		slices.Sort(listed)
		if !slices.Equal(there, listed) {
			t.Errorf("%s: there are %v, listed are %v", lang, there, listed)
		}
	}
	for _, topic := range Topics() {
		zh, en := topic.Markdown("zh"), topic.Markdown("en")
		if a, b := len(heading.FindAllString(zh, -1)), len(heading.FindAllString(en, -1)); a != b || a == 0 {
			t.Errorf("%s: %d headings in Chinese, %d in English", topic.Name, a, b)
		}
		if a, b := code(zh), code(en); !slices.Equal(a, b) {
			t.Errorf("%s: examples differ:\n%s\n--\n%s", topic.Name, strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
		a, b := span.FindAllString(zh, -1), span.FindAllString(en, -1)
		slices.Sort(a)
		slices.Sort(b)
		if a, b := slices.Compact(a), slices.Compact(b); !slices.Equal(a, b) {
			t.Errorf("%s: names differ:\n%v\n%v", topic.Name, without(a, b), without(b, a))
		}
	}
}

var (
	heading = regexp.MustCompile(`(?m)^#+ `)
	comment = regexp.MustCompile(`\s+# .*$`)
	span    = regexp.MustCompile("`(?:--[a-z][a-z-]*|landcheck[a-z_ -]*|[A-Z]{2,}[0-9A-Z]*|[a-z]+(?:[-_][a-z0-9]+)+)") // beginnings: flags, commands, layers and fields, kinds
)

func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// code lists the lines of examples without their comments.
func code(markdown string) []string {
	var out []string
	fenced := false
	for _, line := range strings.Split(markdown, "\n") {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		} else if fenced || strings.HasPrefix(line, "    ") {
			out = append(out, comment.ReplaceAllString(line, ""))
		}
	}
	return out
}

// TestWidth: prose fits a terminal of 112 columns.
func TestWidth(t *testing.T) {
	for _, topic := range Topics() {
		for _, lang := range Languages() {
			examples := code(topic.Markdown(lang))
			for _, line := range strings.Split(topic.Markdown(lang), "\n") {
				if w := runewidth.StringWidth(line); w > 112 && !strings.HasPrefix(line, "|") && !slices.Contains(examples, comment.ReplaceAllString(line, "")) {
					t.Errorf("%s/%s is %d wide: %s", lang, topic.Name, w, line)
				}
			}
		}
	}
}

// TestPrint: tables are in line, links are commands and paths, and no example
// loses a line.
func TestPrint(t *testing.T) {
	for _, topic := range Topics() {
		for _, lang := range Languages() {
			text := topic.Print(lang)
			for _, left := range []string{"](", "```", "|---"} {
				if strings.Contains(text, left) {
					t.Errorf("%s/%s still has %q", lang, topic.Name, left)
				}
			}
			for _, line := range code(topic.Markdown(lang)) {
				if !strings.Contains(text, line) {
					t.Errorf("%s/%s lost %q", lang, topic.Name, line)
				}
			}
		}
	}
	papers, _ := Find("outputs")
	var at []int
	for _, line := range strings.Split(papers.Print("zh"), "\n") {
		for _, ending := range []string{" 结尾", " .txt", " .junit.xml"} {
			if before, _, ok := strings.Cut(line, ending); ok && strings.HasPrefix(line, "  ") {
				at = append(at, runewidth.StringWidth(before))
			}
		}
	}
	if len(at) != 3 || at[0] != at[1] || at[1] != at[2] {
		t.Errorf("the second column begins at %v", at)
	}
}

// TestPages: every page is whole HTML that asks for nothing but its style
// sheet, and its links lead to pages that there are.
func TestPages(t *testing.T) {
	var addresses []string
	for _, lang := range Languages() {
		addresses = append(addresses, "/docs/"+lang)
		for _, topic := range Topics() {
			addresses = append(addresses, "/docs/"+lang+"/"+topic.Name)
		}
	}
	look := func(lang, name string, page []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(strings.NewReader(string(page)))
		if err != nil {
			t.Fatal(err)
		}
		links := 0
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				switch {
				case n.Data == "img" && a.Key == "src":
					file, own := strings.CutPrefix(a.Val, "/docs/pictures/")
					if data, media, ok := Picture(file); !own || !ok || media == "" || len(data) > 80_000 {
						t.Errorf("%s/%s shows %q of %d bytes", lang, name, a.Val, len(data))
					}
				case n.Data == "script" || a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "src":
					t.Errorf("%s/%s has <%s %s=%q>", lang, name, n.Data, a.Key, a.Val)
				case a.Key != "href" || a.Val == "/" || n.Data == "link" && (a.Val == "data:," || a.Val == "/docs/manual.css"):
				default:
					links++
					target := a.Val
					if !strings.HasPrefix(target, "/") {
						target = "/docs/" + lang + "/" + target
					}
					if !slices.Contains(addresses, target) {
						t.Errorf("%s/%s links to %q", lang, name, a.Val)
					}
				}
			}
		}
		if links < len(Topics())+2 {
			t.Errorf("%s/%s has %d links", lang, name, links)
		}
		for _, left := range []string{"<!-- raw HTML", "](", ".md\""} {
			if strings.Contains(string(page), left) {
				t.Errorf("%s/%s has %q", lang, name, left)
			}
		}
	}
	for _, lang := range Languages() {
		page, err := Contents(lang)
		look(lang, "", page, err)
		for _, topic := range Topics() {
			page, err := topic.Page(lang)
			look(lang, topic.Name, page, err)
			if !strings.Contains(string(page), "<h1>"+topic.Title().In(lang)+"</h1>") {
				t.Errorf("%s/%s does not show its heading", lang, topic.Name)
			}
		}
	}
}
