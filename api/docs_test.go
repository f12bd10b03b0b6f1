package api_test

import (
	"net/http"
	"strings"
	"testing"

	"landcheck/api/manual"
	"landcheck/rules/rulebook"
)

// TestDocs: the manual is there for everybody, in both languages, and its pages
// hold what `landcheck help` does and need nothing but their style sheet.
func TestDocs(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{bare: true})
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for accept, lang := range map[string]string{"": "zh", "zh-CN,zh;q=0.9": "zh", "en-GB,en;q=0.9": "en", "fr": "zh"} {
		if to := s.get("/docs", with("Accept-Language", accept)).wants(http.StatusFound).header.Get("Location"); to != "/docs/"+lang {
			t.Errorf("Accept-Language %q leads to %s", accept, to)
		}
	}
	for _, lang := range manual.Languages() {
		contents := string(s.get("/docs/" + lang).wants(200).body)
		for _, topic := range manual.Topics() {
			if !strings.Contains(contents, `href="/docs/`+lang+"/"+topic.Name+`"`) {
				t.Errorf("/docs/%s does not link to %s", lang, topic.Name)
			}
			a := s.get("/docs/" + lang + "/" + topic.Name).wants(200)
			if !strings.Contains(string(a.body), "<h1>"+topic.Title().In(lang)+"</h1>") {
				t.Errorf("%s/%s: %.300s", lang, topic.Name, a.body)
			}
			if policy := a.header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'self';") || strings.Contains(policy, "script-src") {
				t.Errorf("policy %q", policy)
			}
		}
	}
	for _, book := range rulebook.BuiltIn() {
		b, err := rulebook.Load(book)
		if err != nil {
			t.Fatal(err)
		}
		page := string(s.get("/docs/en/" + book).wants(200).body)
		for i := range b.Rules {
			if r := &b.Rules[i]; !r.Off && (!strings.Contains(page, `<h2 id="`+r.ID+`">`) || !strings.Contains(page, `href="#`+r.ID+`"`)) {
				t.Errorf("/docs/en/%s has no %s", book, r.ID)
			}
		}
	}
	for _, file := range []string{"zh-package.svg", "en-map.webp"} {
		if a := s.get("/docs/pictures/" + file).wants(200); !strings.HasPrefix(a.header.Get("Content-Type"), "image/") || len(a.body) < 1000 {
			t.Errorf("%s: %s, %d bytes", file, a.header.Get("Content-Type"), len(a.body))
		}
	}
	s.get("/docs/pictures/none.svg").wants(404)
	s.get("/docs/pictures/zh-package.svg?size=2").problem(400, "bad-parameter")
	if css := s.get("/docs/manual.css").wants(200); !strings.HasPrefix(css.header.Get("Content-Type"), "text/css") || !strings.Contains(string(css.body), "@media screen and (max-width") {
		t.Errorf("style: %s", css.body)
	}
	for path, want := range map[string]string{"/docs/fr": `language \"fr\"`, "/docs/zh/zebra": `chapter \"zebra\"`, "/docs/en/服务": "chapter", "/docs/en/Start": "chapter"} {
		if p := string(s.get(path, with("Accept-Language", "en")).wants(404).body); !strings.Contains(p, want) {
			t.Errorf("%s: %s", path, p)
		}
	}
	for _, path := range []string{"/docs", "/docs/manual.css", "/docs/zh", "/docs/zh/start"} {
		s.get(path+"?colour=red").problem(400, "bad-parameter")
	}
}
