package domain

import (
	"flag"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite GLOSSARY.md")

func TestGlossaryFile(t *testing.T) {
	want := glossaryMarkdown()
	if *update {
		if err := os.WriteFile("GLOSSARY.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("GLOSSARY.md")
	if err != nil || string(have) != want {
		t.Errorf("GLOSSARY.md is stale (%v): go test ./rules/domain -update writes it", err)
	}
}

// TestRejectedWords: nothing that users read, in string literals of the
// program, in the page and in rulebooks, uses a word that the glossary rejects.
func TestRejectedWords(t *testing.T) {
	type rule struct {
		word    *regexp.Regexp
		instead string
	}
	var rules []rule
	for _, w := range Glossary() {
		for _, r := range w.Rejected {
			rules = append(rules, rule{regexp.MustCompile(r), w.Term.ZH + " / " + w.Term.EN})
		}
	}
	read := 0
	for _, root := range []string{"../../api", "../../cmd", "../../geo", "../../rules"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == "dist" || filepath.Base(filepath.Dir(path)) == "rules" && d.Name() == "proving"):
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(path, "_test.go") || filepath.Base(path) == "glossary.go" || filepath.Base(path) == "GLOSSARY.md":
				return nil
			}
			var said string
			data, err := os.ReadFile(path)
			switch filepath.Ext(path) {
			case ".go":
				said = literals(data)
			case ".ts", ".yaml", ".gohtml", ".html", ".md":
				said = string(data)
			default:
				return nil
			}
			read++
			for _, r := range rules {
				for line := range strings.Lines(said) {
					if hit := r.word.FindString(line); hit != "" {
						t.Errorf("%s: %q in %q; say %s", path, hit, strings.TrimSpace(line), r.instead)
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 500 {
		t.Errorf("only %d files were read", read)
	}
}

// literals are the string literals of a Go file, a line each.
func literals(source []byte) string {
	files := token.NewFileSet()
	var s scanner.Scanner
	s.Init(files.AddFile("", -1, len(source)), source, nil, 0)
	var b strings.Builder
	for {
		_, kind, text := s.Scan()
		switch kind {
		case token.EOF:
			return b.String()
		case token.STRING:
			b.WriteString(text + "\n")
		}
	}
}

// TestWordsAreWhole: every term has both languages, and so has every meaning.
func TestWordsAreWhole(t *testing.T) {
	for _, w := range Glossary() {
		if w.Term.ZH == "" || w.Term.EN == "" || w.Means.ZH == "" != (w.Means.EN == "") {
			t.Errorf("%s lacks a word: %+v", w.Code, w)
		}
	}
}
