package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"landcheck/rules/sample"
)

// ours is a flag or a command of this program. pgtest starts PostgreSQL by a
// script, whose flags are not ours.
var ours = regexp.MustCompile(`(^|[^-\w])--[a-z][a-z-]+|landcheck (check|rules|explain|rulebook|diff|sample|serve|worker|migrate|load|token|prune|backup|restore|fields|schema|completion|new [A-Z])\b`)

// TestEngineKnowsNoCommandLine: what the engine says is said by the service
// too, where there is no flag to give. It names the input, and onCommandLine
// says how a command is given it.
func TestEngineKnowsNoCommandLine(t *testing.T) {
	literals := 0
	for _, room := range []string{"geo", "rules"} {
		err := filepath.WalkDir(filepath.Join("..", "..", room), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasSuffix(path, ".yaml") && !strings.Contains(path, "testdata"):
				text, err := os.ReadFile(path)
				for i, line := range strings.Split(string(text), "\n") {
					if ours.MatchString(line) {
						t.Errorf("%s:%d names a flag or a command: %s", path, i+1, line)
					}
				}
				return err
			case d.IsDir() && d.Name() == "pgtest":
				return fs.SkipDir
			case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
				files := token.NewFileSet()
				file, err := parser.ParseFile(files, path, nil, 0)
				if err != nil {
					return err
				}
				ast.Inspect(file, func(n ast.Node) bool {
					if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
						literals++
						if text, err := strconv.Unquote(lit.Value); err == nil && ours.MatchString(text) && !strings.Contains(text, "pg_advisory") { // locks have such names
							t.Errorf("%s names a flag or a command: %s", files.Position(lit.Pos()), text)
						}
					}
					return true
				})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if literals < 5000 {
		t.Errorf("%d string literals were read", literals)
	}
}

// TestInputsOnTheCommandLine: a message about an input that is missing or wrong
// ends with the flag that gives it.
func TestInputsOnTheCommandLine(t *testing.T) {
	dir := sampleDir(t)
	plan, base := filepath.Join(dir, "plans", "01-compliant.zip"), filepath.Join(dir, "base")
	text := filepath.Join(t.TempDir(), "report.json")
	if err := os.WriteFile(text, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want [2]string // zh, en
	}{
		{[]string{"check", plan, "--base", base, "--stage", "subproject-acceptance", "--subproject", "X-9"}, [2]string{"用 --subproject 指定", "named by --subproject"}},
		{[]string{"check", plan, "--base", base, "--against", text}, [2]string{"-o report.json 生成", "-o report.json writes one"}},
		{[]string{"explain", "deviation"}, [2]string{"用 --against 批准方案.json 指定", "named by --against APPROVED.json"}},
		{[]string{"explain", "new-cropland-surveyed"}, [2]string{"用 --subproject 指定", "named by --subproject"}},
		{[]string{"explain", "data-crs"}, [2]string{"--crs EPSG:n", "--crs EPSG:n"}},
	} {
		for i, lang := range []string{"zh", "en"} {
			res := landcheck(t, append(c.args, "--lang", lang)...)
			if !strings.Contains(res.stdout+res.stderr, c.want[i]) {
				t.Errorf("%v: %s%s\nwant %q", c.args, res.stdout, res.stderr, c.want[i])
			}
		}
	}
}

// TestSampleReadme: the page names every plan, its verdict and its rules.
func TestSampleReadme(t *testing.T) {
	page := sampleReadme()
	for _, info := range sample.Plans() {
		line := "→ " + info.Verdict
		for i, id := range info.Fails {
			line += []string{": ", ", "}[min(i, 1)] + id
		}
		if _, rest, found := strings.Cut(page, "check plans/"+info.File+" --base base\n    "+line); !found || rest == "" {
			t.Errorf("README.txt does not say %q of %s", line, info.File)
		}
	}
}
