package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"landcheck/api/openapi"
)

// markdown is every Markdown file of the repository by path, as lines; what
// tests keep as data is not.
func markdown(t *testing.T) map[string][]string {
	t.Helper()
	files, root := map[string][]string{}, filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "test-output" || strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case filepath.Ext(path) != ".md":
			return nil
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		files[filepath.ToSlash(name)] = strings.Split(string(text), "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 30 {
		t.Fatalf("%d files", len(files))
	}
	return files
}

// spots visits every match of a pattern in Markdown, and fails where there are
// hardly any.
func spots(t *testing.T, pattern string, least int, visit func(place, dir, found string)) {
	t.Helper()
	form, n := regexp.MustCompile(pattern), 0
	for path, lines := range markdown(t) {
		for i, line := range lines {
			for _, m := range form.FindAllStringSubmatch(line, -1) {
				n++
				visit(path+":"+strconv.Itoa(i+1), filepath.Join("..", "..", filepath.Dir(path)), m[1])
			}
		}
	}
	if n < least {
		t.Errorf("%d places for %s", n, pattern)
	}
}

func there(paths ...string) bool {
	for _, p := range paths {
		if found, err := filepath.Glob(p); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// TestLinks: what Markdown links to is there, anchors too.
func TestLinks(t *testing.T) {
	spots(t, `\]\(([^)]+)\)`, 80, func(place, dir, target string) {
		if strings.HasPrefix(target, "https://") {
			return
		}
		file, anchor, _ := strings.Cut(target, "#")
		path := filepath.Join(dir, file)
		if file == "" {
			path, _, _ = strings.Cut(filepath.Join("..", "..", place), ":")
		}
		if !there(path) {
			t.Errorf("%s links to %s, which is not there", place, target)
			return
		}
		if anchor != "" {
			text, err := os.ReadFile(path)
			if err != nil || !regexp.MustCompile(`(?mi)^#+ `+strings.ReplaceAll(regexp.QuoteMeta(anchor), "-", "[ -]")+`$`).Match(text) {
				t.Errorf("%s: there is no heading %s", place, anchor)
			}
		}
	})
}

// TestNamedFiles: source files, scripts and folders that Markdown names are
// there, beside it or from the top.
func TestNamedFiles(t *testing.T) {
	spots(t, "`([A-Za-z_./-]*[a-z_*]+(?:\\.go|\\.sh|\\.sql|\\.service|\\.conf|\\.ts|\\.yaml\\.md|/))`", 25, func(place, dir, name string) {
		if name != "en/" && name != "zh/" && !there(filepath.Join(dir, name), filepath.Join("..", "..", name)) {
			t.Errorf("%s names %s, which is not there", place, name)
		}
	})
}

// TestMakeTargets: so are the targets of make.
func TestMakeTargets(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	spots(t, "(?:^    |`)make ([a-z-]+)", 10, func(place, _, target string) {
		if !strings.Contains(string(makefile), "\n"+target+":") {
			t.Errorf("%s: there is no make %s", place, target)
		}
	})
}

// TestNamedTests: so are tests, fuzz targets and benchmarks.
func TestNamedTests(t *testing.T) {
	declared := map[string]bool{}
	form := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)[A-Za-z0-9]+)\(`)
	for _, dir := range []string{"api", "cmd", "geo", "rules", "scripts"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Name() == "node_modules" {
				return fs.SkipDir
			}
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, m := range form.FindAllSubmatch(text, -1) {
				declared[string(m[1])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	spots(t, `\b((?:Test|Fuzz|Benchmark)[A-Z][A-Za-z0-9]+)\b`, 100, func(place, _, name string) {
		if !declared[name] {
			t.Errorf("%s: there is no %s", place, name)
		}
	})
}

// TestNamedRoutes: addresses of the service that Markdown names are in its
// description.
func TestNamedRoutes(t *testing.T) {
	document, err := openapi.Document("test")
	if err != nil {
		t.Fatal(err)
	}
	var described struct {
		Paths map[string]map[string]any
	}
	if err := json.Unmarshal(document, &described); err != nil {
		t.Fatal(err)
	}
	form := "^(?:/v1|/" // the page, and what all else begins with
	for path := range described.Paths {
		form += "|" + regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/]+")
	}
	known := regexp.MustCompile(form + ")$")
	spots(t, "(?:[`' (]|8080|DELETE |GET |POST )(/(?:v1|docs|healthz|readyz|metrics|openapi|sign-in)[^`'\"? ，。、；]*)", 30, func(place, _, route string) {
		if !known.MatchString(strings.TrimRight(route, ".,;)")) {
			t.Errorf("%s names %s, which the service has not", place, route)
		}
	})
}

// TestReadmeIsShort: a page or two is what people read.
func TestReadmeIsShort(t *testing.T) {
	if n := len(markdown(t)["README.md"]) - 1; n > 120 {
		t.Errorf("README.md has %d lines, more than 120", n)
	}
}

// TestSourcesCiteTheRepository: a comment that cites a contract cites one that
// its reader has: a README, not a paper by its section.
func TestSourcesCiteTheRepository(t *testing.T) {
	outside := regexp.MustCompile(`\bspec(?:ification)?(?: of (?:the )?(?:inputs?|ledger|rules|outputs?|service)\b| [1-5]\.[0-9]\b| \([1-5]\.[0-9]\))`)
	looked := 0
	for _, dir := range []string{"api", "cmd", "geo", "rules", "scripts"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "dist"):
				return fs.SkipDir
			case !strings.Contains(".go .ts .mjs .yaml .sql .sh .py", filepath.Ext(path)) || filepath.Ext(path) == "":
				return nil
			}
			text, err := os.ReadFile(path)
			looked++
			joined := strings.NewReplacer("\n// ", " ", "\n# ", " ", "\n-- ", " ").Replace(string(text))
			if m := outside.FindString(joined); m != "" {
				t.Errorf("%s cites %q", path, m)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if looked < 500 {
		t.Errorf("%d files", looked)
	}
}

// TestDefaultOfFuzz: what make fuzz runs by default is there.
func TestDefaultOfFuzz(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^PKG \?= \./(\S+)\nNAME \?= (\S+)$`).FindSubmatch(makefile)
	if m == nil {
		t.Fatal("the Makefile names no fuzz target")
	}
	files, _ := filepath.Glob(filepath.Join("..", "..", string(m[1]), "*_test.go"))
	for _, f := range files {
		if text, err := os.ReadFile(f); err == nil && strings.Contains(string(text), "func "+string(m[2])+"(") {
			return
		}
	}
	t.Errorf("%s has no %s", m[1], m[2])
}

// TestNamedIdentifiers: so are exported names of geo.
func TestNamedIdentifiers(t *testing.T) {
	var source strings.Builder
	files, err := filepath.Glob(filepath.Join("..", "..", "geo", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	spots(t, "`\\*?geo\\.([A-Z][A-Za-z]+)`", 4, func(place, _, name string) {
		if !regexp.MustCompile(`(?m)^(?:type|func|var|const|\t)\s?` + name + `\b`).MatchString(source.String()) {
			t.Errorf("%s: there is no geo.%s", place, name)
		}
	})
}
