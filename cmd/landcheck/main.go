// Command landcheck checks land-consolidation plans against policy: which
// rule, where, by how much, what to do.
//
//	main      signals and exit
//	run       arguments → command
//	exit      errors → messages and exit status
//	*.go      one file for each command
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker (make build).
var version = "dev"

func main() {
	collectLate()
	if len(os.Args) > 1 && os.Args[1] == checkWorkerName {
		os.Exit(checkWorker(os.Args[2:]))
	}
	if len(os.Args) > 2 && os.Args[1] == runServiceName {
		os.Exit(runWindowsService(os.Args[2], os.Args[3:]))
	}
	restore := prepareConsole()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	status := run(ctx, shellArguments(os.Args[1:]), os.Stdin, os.Stdout, os.Stderr)
	if status != exitCompliant && ctx.Err() == nil && ownConsole() {
		waitForReader()
	}
	restore()
	os.Exit(status)
}
