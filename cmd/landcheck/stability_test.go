package main

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"landcheck/rules/rulebook/books"

	"github.com/peterbourgon/ff/v3/ffcli"
)

var (
	commandNamed = regexp.MustCompile(`landcheck ([a-z]+)\b`)
	flagNamed    = regexp.MustCompile(`(?:^|[^-\w])--([a-z][a-z-]*)`)
)

// No text promises a command or a flag that does not exist: rulebooks, what Go
// sources hold as text (messages, help, the sample's own README), the manual and
// every README.
func TestNoTextPromisesWhatIsNotThere(t *testing.T) {
	commands, flags := map[string]bool{}, map[string]bool{"help": true, "version": true}
	var walk func(list []*ffcli.Command)
	walk = func(list []*ffcli.Command) {
		for _, c := range list {
			commands[c.Name] = true
			if c.FlagSet != nil {
				c.FlagSet.VisitAll(func(f *flag.Flag) { flags[f.Name] = true })
			}
			walk(c.Subcommands)
		}
	}
	walk((&app{}).commands())
	texts := 0
	check := func(place, text string) {
		texts++
		for _, m := range commandNamed.FindAllStringSubmatch(text, -1) {
			if name := m[1]; !commands[name] && !proseAfterName[name] {
				t.Errorf("%s: landcheck %s is no command: %q", place, name, text)
			}
		}
		for _, m := range flagNamed.FindAllStringSubmatch(text, -1) {
			if !flags[m[1]] {
				t.Errorf("%s: --%s is no flag: %q", place, m[1], text)
			}
		}
	}
	for _, id := range books.IDs() {
		data, err := fs.ReadFile(books.FS, id+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			check(id+".yaml:"+strconv.Itoa(i+1), line)
		}
	}
	root := filepath.Join("..", "..")
	for _, dir := range []string{"rules", "geo", "cmd", "api"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "pgtest" || d.Name() == "postgres"):
				return fs.SkipDir
			case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "proving"):
				return nil
			}
			set := token.NewFileSet()
			f, err := parser.ParseFile(set, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						check(set.Position(lit.Pos()).String(), text)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if texts < 4000 {
		t.Errorf("only %d texts were looked at", texts)
	}
	for path, lines := range markdown(t) {
		for i, line := range lines {
			if !othersFlags.MatchString(line) {
				check(path+":"+strconv.Itoa(i+1), line)
			}
		}
	}
}

// othersFlags finds lines of Markdown that show another program's flags.
var othersFlags = regexp.MustCompile(`pg_dump|pg_restore|curl`)

// proseAfterName are words that follow the program's name in a sentence.
var proseAfterName = map[string]bool{"is": true, "can": true, "and": true, "keeps": true, "does": true, "reads": true, "to": true, "in": true, "serves": true, "over": true}
