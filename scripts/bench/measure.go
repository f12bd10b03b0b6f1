package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// figures is what one run of a process took. Memory is the peak resident set
// of its largest process.
type figures struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

// measure runs a command to its end. Exit statuses that the caller expects are
// no failure; any other is, with what the command said.
func measure(ctx context.Context, cmd *exec.Cmd, expected ...int) (figures, error) {
	var said bytes.Buffer
	if cmd.Stdout == nil {
		cmd.Stdout = &said
	}
	cmd.Stderr = &said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if ctx.Err() != nil {
		return figures{}, ctx.Err()
	}
	if err != nil && (cmd.ProcessState == nil || !slices.Contains(expected, cmd.ProcessState.ExitCode())) {
		return figures{}, fmt.Errorf("%s: %w\n%s", cmd, err, said.Bytes())
	}
	f := figures{wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f.peak = usage.Maxrss << 10
	}
	return f, nil
}

// median of an odd or even number of values; the lower of the middle two.
func median[T int64 | float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}
