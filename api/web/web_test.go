package web_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"landcheck/api/web"
)

func get(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	web.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

// TestHandler: a strict policy, the page asked for every time, its files kept
// for good; without the build a page that says how to build it.
func TestHandler(t *testing.T) {
	w := get("/")
	body := w.Body.String()
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html; charset=utf-8") || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	policy := w.Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	if regexp.MustCompile(`<script>|<style|\son[a-z]+=|https?://`).MatchString(body) {
		t.Errorf("the page holds inline script, style or another address:\n%s", body)
	}
	if !web.Built() {
		if !strings.Contains(body, "make build") {
			t.Error(body)
		}
		return
	}
	names := regexp.MustCompile(`/assets/[^"]+`).FindAllString(body, -1)
	if len(names) != 2 {
		t.Fatalf("assets %v", names)
	}
	for _, name := range names {
		w := get(name)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || !regexp.MustCompile(`-[0-9A-Z]{8}\.(js|css)$`).MatchString(name) {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
	for _, name := range []string{"/assets/nothing.js", "/assets/../web.go", "/assets/", "/assets/.gitignore"} {
		if w := get(name); w.Code != 404 || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
}

// TestPlaceholder: what is shown without the build says so in both languages.
func TestPlaceholder(t *testing.T) {
	data, err := os.ReadFile("placeholder.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"make build", "Node.js", "构建", "without the page", "/openapi.json"} {
		if !strings.Contains(string(data), part) {
			t.Errorf("no %q", part)
		}
	}
}

// TestAuditWords: whatever the audit trail has, the page has words for.
func TestAuditWords(t *testing.T) {
	recorded := regexp.MustCompile(`(?:[eE]ntry\(c, |record\(c, |[rR]eads\(c, |What: +)"([a-z-]+)"`)
	dictionary, err := os.ReadFile("src/dictionary.ts")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == "node_modules" || d.Name() == "storetest":
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		for _, m := range recorded.FindAllSubmatch(source, -1) {
			found[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for what := range found {
		if !strings.Contains(string(dictionary), "'audit-"+what+"': [") {
			t.Errorf("the page has no word for %q in the audit trail", what)
		}
	}
	if len(found) < 12 {
		t.Errorf("found %v", found)
	}
}

// sources are read so that go test runs again when one of them has changed:
// it does not see what Node reads.
func sources(t *testing.T) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), "test", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			_, err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
