package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/rules/rulebook"

	"golang.org/x/net/html"
)

// TestHandbookFile: explain --all -o writes a page with every rule that asks for
// nothing beyond itself, and the same as Markdown.
func TestHandbookFile(t *testing.T) {
	dir := t.TempDir()
	for _, lang := range domainLanguages() {
		page, text := filepath.Join(dir, lang+".html"), filepath.Join(dir, lang+".md")
		for _, file := range []string{page, text} {
			if got := landcheck(t, "explain", "--all", "-o", file, "--lang", lang); got.status != exitCompliant || got.stdout != "" {
				t.Fatalf("status %d: %s", got.status, got.stderr)
			}
		}
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := os.ReadFile(text); err != nil || string(again) != landcheck(t, "explain", "--all", "--lang", lang).stdout {
			t.Errorf("Markdown in a file is another: %v", err)
		}
		root, err := html.Parse(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		anchors, links := map[string]bool{}, []string{}
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				switch {
				case a.Key == "id":
					anchors[a.Val] = true
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					links = append(links, a.Val[1:])
				case a.Key == "src", a.Key == "href" && a.Val != "data:,", n.Data == "script":
					t.Errorf("it asks for <%s %s=%q>", n.Data, a.Key, a.Val)
				}
			}
		}
		b, err := rulebook.Load("nmg-2025")
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rules {
			if r := &b.Rules[i]; !r.Off && (!anchors[r.ID] || !strings.Contains(html.UnescapeString(string(data)), r.Title.In(lang))) {
				t.Errorf("%s: no %s", lang, r.ID)
			}
		}
		for _, l := range links {
			if !anchors[l] {
				t.Errorf("a link leads to #%s", l)
			}
		}
		if !strings.Contains(string(data), "@media print") {
			t.Error("it has no style for paper")
		}
	}
	for args, want := range map[string]string{"--all -o " + dir + "/a.pdf": ".html", "pbf-township-cap -o " + dir + "/a.html": "--all"} {
		if got := landcheck(t, append([]string{"explain"}, strings.Fields(args)...)...); got.status != exitBadInput || !strings.Contains(got.stderr, want) {
			t.Errorf("explain %s: status %d: %s", args, got.status, got.stderr)
		}
	}
}
