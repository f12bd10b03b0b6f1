package main

import (
	"context"
	"fmt"
	"runtime"

	"landcheck/geo"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) versionCommand() *ffcli.Command {
	fs := a.flags("version")
	return &ffcli.Command{
		Name: "version", ShortUsage: "landcheck version",
		ShortHelp: "the versions of landcheck, GEOS and Go 版本",
		FlagSet:   fs, Options: options(fs),
		Exec: func(context.Context, []string) error {
			return a.showVersion()
		},
	}
}

func (a *app) showVersion() error {
	_, err := fmt.Fprintf(a.stdout, "landcheck %s (GEOS %s, %s)\n", version, geo.GEOSVersion(), runtime.Version())
	return err
}
