// Package guard keeps panics from spreading: work that is handed to
// another goroutine, and the work of a command or a check as a whole, ends with
// an error instead. A panic in a goroutine would take the process, and with it
// every other check that a service is at.
package guard

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Panic is a panic that was caught; it is always an error of the program.
type Panic struct {
	Doing string // what was being done, "" where the caller says it
	Value any    // what the panic said
	Place string // file and line of the code that panicked
}

func (p *Panic) Error() string {
	text := fmt.Sprintf("panic at %s: %v", p.Place, p.Value)
	if p.Doing != "" {
		text = p.Doing + ": " + text
	}
	return text
}

// Do runs f and turns a panic into a *Panic. doing says what f does (a file, a
// rule), for whoever has to look for the cause.
func Do(doing string, f func() error) (err error) {
	ended := false
	defer func() {
		if ended {
			return
		}
		v := recover()
		if v == nil { // runtime.Goexit: what ends a goroutine is no panic
			return
		}
		err = &Panic{Doing: doing, Value: v, Place: place()}
	}()
	err = f()
	ended = true
	return err
}

// place is where the code that panicked stands: the first frame that is
// neither the runtime's nor ours.
func place() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") && !strings.HasPrefix(f.Function, "landcheck/geo/guard.Do") && f.File != "" {
			dir := path.Base(path.Dir(f.File))
			return fmt.Sprintf("%s/%s:%d", dir, path.Base(f.File), f.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}

// Go runs f in a goroutine of its own; the channel gives its error, or its
// panic as one, once.
func Go(doing string, f func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- Do(doing, f) }()
	return done
}

// Group is an errgroup.Group whose members cannot take the process: a panic is
// an error like another, which cancels the group's context and which Wait gives.
type Group struct{ *errgroup.Group }

// New is a group without a context of its own.
func New() Group { return Group{new(errgroup.Group)} }

// WithContext is errgroup.WithContext.
func WithContext(ctx context.Context) (Group, context.Context) {
	group, ctx := errgroup.WithContext(ctx)
	return Group{group}, ctx
}

// Go is errgroup.Group.Go.
func (g Group) Go(f func() error) {
	g.Group.Go(func() error { return Do("", f) })
}

// TryGo is errgroup.Group.TryGo; without it the embedded one would hand out work
// that nothing guards.
func (g Group) TryGo(f func() error) bool {
	return g.Group.TryGo(func() error { return Do("", f) })
}
