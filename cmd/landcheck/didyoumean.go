package main

import (
	"flag"
	"os"
	"slices"
	"sort"
	"strings"

	"landcheck/geo"
	"landcheck/rules/spelling"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// flagNames are the flags of a command.
func flagNames(fs *flag.FlagSet) []string {
	var names []string
	fs.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return names
}

// didYouMean is a question behind a message that has no word for it; nothing
// where no known word is near.
func didYouMean(word string, known []string) geo.Text {
	near := spelling.Nearest(word, known)
	if near == "" {
		return geo.Text{}
	}
	return geo.Textf("，是否应为 %[1]s？", "; did you mean %[1]s?", near)
}

// variable is the environment's name of a flag.
func variable(flag string) string {
	return "LANDCHECK_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// warnOfVariables tells of LANDCHECK_ variables that no command reads and that
// look like one that this command does.
func (a *app) warnOfVariables(command *ffcli.Command, all []*ffcli.Command) {
	var known, mine []string
	for _, c := range all {
		for _, name := range flagNames(c.FlagSet) {
			known = append(known, variable(name))
		}
	}
	for _, name := range flagNames(command.FlagSet) {
		mine = append(mine, strings.TrimPrefix(variable(name), "LANDCHECK_"))
	}
	env := os.Environ()
	sort.Strings(env)
	for _, entry := range env {
		name, _, _ := strings.Cut(entry, "=")
		word, ours := strings.CutPrefix(name, "LANDCHECK_")
		if !ours || slices.Contains(known, name) {
			continue
		}
		if near := spelling.Nearest(word, mine); near != "" {
			a.printError("环境变量 %[1]s 没有用处，是否应为 LANDCHECK_%[2]s？", "the environment variable %[1]s is not read; did you mean LANDCHECK_%[2]s?", name, near)
		}
	}
}
