package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"landcheck/api/manual"
	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/roomreport"
	"landcheck/rules/rulebook"
	"landcheck/rules/schema"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// shells are those that completion writes a script for.
func shells() map[string]func(w io.Writer, commands []completable) {
	return map[string]func(w io.Writer, commands []completable){"bash": bashScript, "zsh": zshScript, "fish": fishScript, "powershell": powershellScript}
}

func shellNames() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func (a *app) completionCommand() *ffcli.Command {
	fs := a.flags("completion")
	return &ffcli.Command{
		Name: "completion", ShortUsage: "landcheck completion bash|zsh|fish|powershell",
		ShortHelp: "a script that completes commands and flags 命令行补全脚本",
		LongHelp: "bash: source <(landcheck completion bash)\n" +
			"zsh: source <(landcheck completion zsh)\n" +
			"fish: landcheck completion fish | source\n" +
			"PowerShell: landcheck completion powershell | Out-String | Invoke-Expression",
		FlagSet: fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) != 1 || !slices.Contains(shellNames(), args[0]) {
				list := strings.Join(shellNames(), ", ")
				return usage("completion 需要一种外壳：%[1]s", "completion takes one shell: %[1]s", list)
			}
			shells()[args[0]](a.rawOut, completables(a.commands()))
			return nil
		},
	}
}

// completable is a command as completion knows it.
type completable struct {
	name, help string
	words      []string // what its first argument may be; nil for files
	flags      []completableFlag
}

type completableFlag struct {
	name, help string
	takes      bool     // a value
	values     []string // that it may have; nil for files or anything
}

// dashed is the flag as it is typed.
func (f completableFlag) dashed() string {
	if len(f.name) == 1 {
		return "-" + f.name
	}
	return "--" + f.name
}

func completables(commands []*ffcli.Command) []completable {
	var all []completable
	for _, c := range commands {
		one := completable{name: c.Name, help: c.ShortHelp, words: argumentsOf(c.Name, commands)}
		c.FlagSet.VisitAll(func(f *flag.Flag) {
			_, help := flag.UnquoteUsage(f)
			one.flags = append(one.flags, completableFlag{f.Name, firstLine(help), !isSwitch(f), valuesOf(c.Name, f.Name)})
		})
		all = append(all, one)
	}
	return all
}

// argumentsOf are the words that a command's argument may be, nil for files.
func argumentsOf(command string, commands []*ffcli.Command) []string {
	switch command {
	case "completion":
		return shellNames()
	case "explain":
		return ruleNames()
	case "fields":
		return append(texts(domain.PlanRoles()), texts(domain.BaseRoles())...)
	case "schema":
		return schema.Names()
	case "help":
		var words []string
		for _, t := range manual.Topics() {
			words = append(words, t.Name)
		}
		for _, c := range commands {
			words = append(words, c.Name)
		}
		return words
	}
	return nil
}

// ruleNames are the rules of the built-in rulebooks.
func ruleNames() []string {
	var names []string
	for _, id := range rulebook.BuiltIn() {
		b, err := rulebook.Load(id)
		if err != nil {
			continue // a test loads all of them
		}
		for i := range b.Rules {
			if !slices.Contains(names, b.Rules[i].ID) {
				names = append(names, b.Rules[i].ID)
			}
		}
	}
	slices.Sort(names)
	return names
}

// valuesOf are the values of a flag of which there are few.
func valuesOf(command, name string) []string {
	switch {
	case name == "lang":
		return manual.Languages()
	case name == "format" && command == "check":
		return report.Names(true)
	case name == "format" && command == "room":
		return roomreport.Names(true)
	case name == "format" && command == "fields":
		return []string{"text", "md", "json"}
	case name == "format":
		return []string{"text", "json"}
	case name == "stage":
		return texts(domain.Stages())
	case name == "fail-on":
		return texts(failOnLevels())
	case name == "rulebook":
		return rulebook.BuiltIn()
	}
	return nil
}

func texts[T ~string](list []T) []string {
	var all []string
	for _, w := range list {
		all = append(all, string(w))
	}
	return all
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// bashScript completes the command, its flags, a flag's value, its argument; else
// files.
func bashScript(w io.Writer, commands []completable) {
	fmt.Fprint(w, "# bash completion of landcheck\n_landcheck() {\n"+
		"  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} list= i=1\n"+
		"  COMPREPLY=()\n"+
		"  while [[ $i -lt $COMP_CWORD && ${COMP_WORDS[i]} == -* ]]; do [[ ${COMP_WORDS[i]} == *lang ]] && i=$((i+1)); i=$((i+1)); done\n"+
		"  if [[ $i -ge $COMP_CWORD && $before != --lang ]]; then\n"+
		"    COMPREPLY=($(compgen -W '"+strings.Join(namesOf(commands), " ")+" --lang --version' -- \"$word\")); return\n"+
		"  fi\n"+
		"  case ${COMP_WORDS[i]}:$before in\n")
	for _, c := range commands {
		for _, f := range c.flags {
			if f.values != nil {
				fmt.Fprintf(w, "    %s:%s) list='%s';;\n", c.name, f.dashed(), strings.Join(f.values, " "))
			} else if f.takes {
				fmt.Fprintf(w, "    %s:%s) COMPREPLY=($(compgen -f -- \"$word\")); return;;\n", c.name, f.dashed())
			}
		}
	}
	fmt.Fprint(w, "  esac\n  if [[ -z $list ]]; then case ${COMP_WORDS[i]}:$word in\n")
	for _, c := range commands {
		fmt.Fprintf(w, "    %s:-*) list='%s';;\n", c.name, strings.Join(dashedOf(c), " "))
		if c.words != nil {
			fmt.Fprintf(w, "    %s:*) list='%s';;\n", c.name, strings.Join(c.words, " "))
		}
	}
	fmt.Fprint(w, "  esac; fi\n"+
		"  if [[ -n $list ]]; then COMPREPLY=($(compgen -W \"$list\" -- \"$word\")); else COMPREPLY=($(compgen -f -- \"$word\")); fi\n"+
		"}\ncomplete -F _landcheck -o filenames -- landcheck\n")
}

// zshScript is zsh's own way to the functions of bash.
func zshScript(w io.Writer, commands []completable) {
	fmt.Fprint(w, "# zsh completion of landcheck\nautoload -Uz compinit bashcompinit\n(( $+functions[compdef] )) || compinit\nbashcompinit\n")
	bashScript(w, commands)
}

func fishScript(w io.Writer, commands []completable) {
	quote := func(s string) string {
		return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
	}
	fmt.Fprint(w, "# fish completion of landcheck\n")
	for _, c := range commands {
		fmt.Fprintf(w, "complete -c landcheck -f -n __fish_use_subcommand -a %s -d %s\n", c.name, quote(c.help))
		in := quote("__fish_seen_subcommand_from " + c.name)
		for _, f := range c.flags {
			kind := "-l"
			if len(f.name) == 1 {
				kind = "-s"
			}
			line := fmt.Sprintf("complete -c landcheck -n %s %s %s -d %s", in, kind, f.name, quote(f.help))
			switch {
			case f.values != nil:
				line += " -x -a " + quote(strings.Join(f.values, " "))
			case f.takes:
				line += " -r"
			}
			fmt.Fprintln(w, line)
		}
		if c.words != nil {
			fmt.Fprintf(w, "complete -c landcheck -f -n %s -a %s\n", in, quote(strings.Join(c.words, " ")))
		}
	}
}

func powershellScript(w io.Writer, commands []completable) {
	list := func(words []string) string {
		var quoted []string
		for _, s := range words {
			quoted = append(quoted, "'"+strings.ReplaceAll(s, "'", "''")+"'")
		}
		return "@(" + strings.Join(quoted, ", ") + ")"
	}
	fmt.Fprint(w, "# PowerShell completion of landcheck\nRegister-ArgumentCompleter -Native -CommandName landcheck -ScriptBlock {\n"+
		"  param($word, $ast, $at)\n"+
		"  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })\n"+
		"  $before = if ($word) { $typed[-2] } else { $typed[-1] }\n"+
		"  $list = @()\n"+
		"  if ($typed.Count -le 1 -or ($typed.Count -eq 2 -and $word)) { $list = "+list(namesOf(commands))+" }\n"+
		"  else { switch ($typed[1]) {\n")
	for _, c := range commands {
		fmt.Fprintf(w, "    '%s' { switch ($before) {\n", c.name)
		for _, f := range c.flags {
			if f.values != nil {
				fmt.Fprintf(w, "      '%s' { $list = %s }\n", f.dashed(), list(f.values))
			}
		}
		fmt.Fprintf(w, "      default { $list = %s } } }\n", list(append(dashedOf(c), c.words...)))
	}
	fmt.Fprint(w, "  } }\n"+
		"  $list | Where-Object { $_ -like \"$word*\" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }\n}\n")
}

func namesOf(commands []completable) []string {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	return names
}

func dashedOf(c completable) []string {
	var all []string
	for _, f := range c.flags {
		all = append(all, f.dashed())
	}
	return all
}
