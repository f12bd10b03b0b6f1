package main

import (
	"context"
	"flag"
	"os"
	"slices"

	"landcheck/geo"
	"landcheck/rules/report"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// machine is who else is told, beside the person at standard error, that a
// command ended without a verdict.
type machine struct {
	format  string                   // of standard output; "" where nobody reads it, or something stands there already
	outputs []string                 // files that a report was asked for in
	place   func(file string) string // where a file of the package lies
}

// askedBy is the machine that a command line asks for, before its flags are
// read: what is wrong with them is an answer too.
func askedBy(command *ffcli.Command, args []string) machine {
	takes := func(name string) *flag.Flag { return command.FlagSet.Lookup(name) }
	if takes("format") == nil {
		return machine{}
	}
	format := askedFlag(args, "format", func(s string) bool { return slices.Contains(report.Names(true), s) })
	if format == "" {
		format = os.Getenv("LANDCHECK_FORMAT")
	}
	return machine{format: format}
}

// answerFailure writes what stopped a command where a report was asked for: on
// standard output and in the files of -o, in those formats that machines read.
func (a *app) answerFailure(c complaint) {
	f := c.failure()
	f.Place = a.machine.place
	if format, err := report.ByName(a.machine.format); err == nil && format.WriteFailure != nil {
		if err := format.WriteFailure(a.rawOut, f, a.lang); err != nil {
			a.printError("标准输出写不出去：%v", "standard output cannot be written: %v", err)
		}
	}
	for _, path := range a.machine.outputs {
		// A run that was stopped says so too: its own context is over.
		if err := report.WriteFailureFile(context.Background(), path, f, a.lang); err != nil && c.code != report.FileFailure {
			a.printError("%s 写不出去：%v", "%s cannot be written: %v", path, err)
		}
	}
}

// failure is the complaint as machines are told it.
func (c complaint) failure() report.Failure {
	f := report.NewFailure(c.status, c.code, version, c.errors, func(e *geo.InputError) geo.Text { return onCommandLine(e.Wants) })
	if c.file != "" {
		f.File, f.Errors[0].File = c.file, c.file
	}
	return f
}
