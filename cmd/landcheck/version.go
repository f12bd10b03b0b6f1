package main

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"landcheck/geo"
	"landcheck/geo/geopackage"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) versionCommand() *ffcli.Command {
	fs := a.flags("version")
	long := fs.Bool("v", false, "program, libraries and platform, a line each 逐项列出")
	return &ffcli.Command{
		Name: "version", ShortUsage: "landcheck version [-v]",
		ShortHelp: "the versions of landcheck, GEOS and Go 版本",
		LongHelp:  "GEOS is the library that this run has loaded, whichever the program was built with.\nGEOS 是本次运行所加载的库，不一定是编译时的版本。",
		FlagSet:   fs, Options: options(fs),
		Exec: func(_ context.Context, args []string) error {
			if len(args) > 0 {
				return usage("version 不接受参数", "version takes no arguments")
			}
			if *long {
				return a.showVersions()
			}
			return a.showVersion()
		},
	}
}

func (a *app) showVersion() error {
	_, err := fmt.Fprintf(a.stdout, "landcheck %s (GEOS %s, %s)\n", version, geo.GEOSVersion(), runtime.Version())
	return err
}

// showVersions is what somebody who looks for a difference between two machines
// asks for.
func (a *app) showVersions() error {
	sqlite, err := geopackage.SQLiteVersion()
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		program = os.Args[0]
	}
	var t table
	t.add("landcheck", version)
	t.add("GEOS", geo.GEOSVersion())
	t.add("SQLite", sqlite)
	t.add("Go", runtime.Version())
	t.add(geo.Text{ZH: "平台", EN: "platform"}.In(a.lang), runtime.GOOS+"/"+runtime.GOARCH)
	t.add(geo.Text{ZH: "程序", EN: "program"}.In(a.lang), program)
	return t.write(a.stdout)
}
