package main

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"

	"landcheck/geo"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// runServiceName is the command that Windows starts an installed service by, with
// its name and folder and the flags of serve. No help names it: it is nobody's but
// Windows's.
const runServiceName = "run-service"

// serviceActions are what can be done to a service of Windows.
var serviceActions = []string{"install", "start", "stop", "status", "uninstall"}

func (a *app) windowsServiceCommand() *ffcli.Command {
	fs := a.flags("winservice")
	f := serveFlags(fs)
	name := fs.String("name", "landcheck", "`name` of the service, where there are several 服务的名称")
	return &ffcli.Command{
		Name: "winservice", ShortUsage: "landcheck winservice " + strings.Join(serviceActions, "|") + " [--name NAME] [flags of serve]",
		ShortHelp: "serve as a service of Windows 作为 Windows 服务运行",
		LongHelp: "install takes the flags that serve is to run with; Windows starts it with the machine. On Linux, systemd does (landcheck help operation).\n" +
			"install 后面写 serve 的选项，服务随 Windows 启动；Linux 上由 systemd 运行，见 landcheck help operation。",
		FlagSet: fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) != 1 || !slices.Contains(serviceActions, args[0]) {
				return usage("winservice 后面写 %[1]s 中的一个", "winservice wants one of %[1]s", strings.Join(serviceActions, ", "))
			}
			typed := typedFlags(fs, a.args)
			if args[0] != "install" && len(typed) > 0 {
				return usage("%[1]s 是 serve 的选项，只用于 winservice install", "%[1]s is a flag of serve, for winservice install alone", typed[0])
			}
			if args[0] == "install" {
				if err := f.readService(a); err != nil {
					return err
				}
			}
			return a.serviceAction(args[0], *name, f, typed)
		},
	}
}

// readService reads the flags of serve before they are written down.
func (f *serviceFlags) readService(a *app) error {
	data := f.data
	if err := f.readServe(a); err != nil {
		return err
	}
	f.data = data // serve's own place is not the service's
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "LANDCHECK_") && name != "LANDCHECK_CACHE" {
			a.printError("服务没有环境变量 %[1]s：请把它写成选项，或写进 --config 文件", "the service will not have the variable %[1]s: give it as a flag, or in a --config file", name)
		}
	}
	return nil
}

// typedFlags are those flags of a command line, as a.args has it, that serve takes.
func typedFlags(fs *flag.FlagSet, args []string) (typed []string) {
	for i := 0; i < len(args) && args[i] != "--"; i++ {
		name, _, given := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		words := args[i : i+1]
		if f := fs.Lookup(name); f != nil && !given && !isSwitch(f) && i+1 < len(args) {
			i++
			words = args[i-1 : i+1]
		}
		if name != "name" && name != "lang" {
			typed = append(typed, words...)
		}
	}
	return typed
}

// serviceError is what the manager of services answered, in words.
func serviceError(err error, message, advice geo.Text) error {
	return &geo.InputError{Err: err, Message: message, Advice: advice}
}
