package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/peterbourgon/ff/v3"
	"github.com/peterbourgon/ff/v3/ffcli"

	"landcheck/geo/guard"
)

// app is what every command needs of its environment.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer // text: control characters are shown
	rawOut, rawErr io.Writer // as they are: for reports, logs and a bar that moves
	lang           string    // zh or en
	langAsked      bool      // by a flag
	args           []string  // of the command, flags first
	machine        machine   // told of failures
	help           bytes.Buffer
	ready          func() // called once a service answers
}

// run is the whole program: arguments in, exit status out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return newApp(stdin, stdout, stderr).run(ctx, args)
}

func newApp(stdin io.Reader, stdout, stderr io.Writer) *app {
	return &app{ready: func() {}, stdin: stdin, stdout: &escapingWriter{w: stdout}, stderr: &escapingWriter{w: stderr}, rawOut: stdout, rawErr: stderr, lang: defaultLang(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))}
}

func (a *app) run(ctx context.Context, args []string) int {
	if l := askedLang(args); l != "" {
		a.lang = l
	}
	root := &ffcli.Command{
		Name:       "landcheck",
		ShortUsage: "landcheck <command> [arguments]",
		LongHelp: "Checks land-consolidation plans: which rule, where, by how much, what to do.\n" +
			"核查全域土地综合整治方案：违反哪一条、在哪里、差多少、怎么改。\n\n" +
			"Manual 手册: landcheck help.\n" +
			"Exit status 退出码: 0 compliant 符合政策要求, 1 violations 不符合政策要求, 2 bad input 输入有误, 3 incomplete 资料不全, 4 internal error 内部错误.",
		FlagSet:     a.flags("landcheck"),
		Subcommands: a.commands(),
	}
	asked := root.FlagSet.Bool("version", false, "the versions of landcheck, GEOS and Go 版本")
	root.Exec = func(context.Context, []string) error {
		if *asked {
			return a.showVersion()
		}
		if ownConsole() {
			return a.doubleClicked(ctx)
		}
		return flag.ErrHelp
	}
	var command *ffcli.Command
	if i := commandAt(args); i < len(args) {
		a.langAsked = askedLang(args[:i]) != ""
		known := slices.IndexFunc(root.Subcommands, func(c *ffcli.Command) bool { return c.Name == args[i] })
		if known < 0 {
			return a.exitStatus(unknownCommand(args[i], root.Subcommands))
		}
		command = root.Subcommands[known]
		a.machine = askedBy(command, args[i+1:])
		a.args = flagsFirst(command.FlagSet, args[i+1:])
		args = append(args[:i+1:i+1], a.args...)
	}
	err := root.Parse(args)
	if err == nil && command != nil {
		a.warnOfVariables(command, root.Subcommands)
	}
	if err == nil {
		err = guard.Do(strings.Join(args[:min(1, len(args))], ""), func() error {
			if command := commandAt(args); command < len(args) && unpacks(args[command]) {
				return inScratch(func() error { return root.Run(ctx) })
			}
			return root.Run(ctx)
		})
	} else if !errors.Is(err, flag.ErrHelp) {
		err = wrongFlag(err, command)
	}
	if errors.Is(err, flag.ErrHelp) {
		_, err = a.help.WriteTo(a.stderr)
	}
	return a.exitStatus(err)
}

func (a *app) commands() []*ffcli.Command {
	return []*ffcli.Command{
		a.checkCommand(), a.rulesCommand(), a.explainCommand(), a.rulebookCommand(), a.watchCommand(), a.diffCommand(), a.suggestCommand(), a.replayCommand(), a.signCommand(), a.verifyCommand(), a.roomCommand(), a.newCommand(), a.fieldsCommand(), a.schemaCommand(), a.sampleCommand(), a.convertCommand(), a.exportCommand(), a.mapsCommand(),
		a.serveCommand(), a.windowsServiceCommand(), a.workerCommand(), a.migrateCommand(), a.loadCommand(), a.tokenCommand(), a.pruneCommand(), a.cleanCommand(), a.backupCommand(), a.restoreCommand(), a.helpCommand(), a.completionCommand(), a.versionCommand(),
	}
}

// unpacks tells whether a command makes temporary files. Those that go on for
// long have a scratch directory of their own, which they cannot do without.
func unpacks(command string) bool {
	return slices.Contains([]string{"check", "convert", "export", "load", "maps", "replay", "room", "rulebook", "sample", "suggest", "verify", "watch"}, command)
}

// flags is a command's flag set with what every command takes.
func (a *app) flags(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(&a.help) // for whoever asks: not two screens after a typing error
	fs.Func("lang", "zh or en; default from LANG, else zh 语言", func(s string) error {
		if s != "zh" && s != "en" {
			return fmt.Errorf("want zh or en")
		}
		a.lang, a.langAsked = s, true
		return nil
	})
	return fs
}

// options are the sources of flags: command line, then environment, then file.
func options(fs *flag.FlagSet) []ff.Option {
	fs.String("config", "", "`file` of flags, one \"name value\" a line 配置文件")
	return []ff.Option{
		ff.WithEnvVarPrefix("LANDCHECK"),
		ff.WithConfigFileFlag("config"),
		ff.WithConfigFileParser(ff.PlainParser),
	}
}

// flagsFirst moves flags before arguments, so that "check PLAN --base DIR"
// works as people type it; what follows "--" stays.
func flagsFirst(fs *flag.FlagSet, args []string) []string {
	var flags, rest []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		flags = append(flags, arg)
		name, _, given := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if f := fs.Lookup(name); f != nil && !given && !isSwitch(f) {
			if i+1 == len(args) {
				return flags // for package flag to say what is missing
			}
			i++
			flags = append(flags, args[i])
		}
	}
	return append(append(flags, "--"), rest...)
}

func isSwitch(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// commandAt is where the command stands: behind --lang, if anything.
func commandAt(args []string) int {
	i := 0
	for i < len(args) && strings.HasPrefix(args[i], "-") {
		if strings.TrimLeft(args[i], "-") == "lang" {
			i++
		}
		i++
	}
	return i
}

// askedLang is the --lang of a command line, so that what is wrong before it is
// said in that language too; "" without one.
func askedLang(args []string) string {
	return askedFlag(args, "lang", func(s string) bool { return s == "zh" || s == "en" })
}

// askedFlag is the first proper value of a flag on a command line that may be
// wrong elsewhere; "" without one.
func askedFlag(args []string, flag string, proper func(string) bool) string {
	for i, arg := range args {
		name, value, given := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if arg == "--" {
			return ""
		}
		if name != flag || arg[0] != '-' {
			continue
		}
		if !given && i+1 < len(args) {
			value = args[i+1]
		}
		if proper(value) {
			return value
		}
	}
	return ""
}

// defaultLang reads the first locale that is set: English for en, else Chinese.
func defaultLang(locales ...string) string {
	for _, l := range locales {
		if l != "" {
			if strings.HasPrefix(l, "en") {
				return "en"
			}
			return "zh"
		}
	}
	return "zh"
}
