package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"landcheck/geo/guard"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/eventlog"
)

// runWindowsService is serve as Windows runs it: arguments are the folder in which
// it was installed and the flags of serve.
func runWindowsService(name string, args []string) int {
	if len(args) == 0 {
		return notByHand()
	}
	if err := os.Chdir(args[0]); err != nil {
		args[0] = "" // flags may hold whole paths only
	}
	events, err := eventlog.Open(name)
	if err != nil {
		return exitInternal
	}
	defer events.Close()
	s := &windowsService{args: append([]string{"serve"}, args[1:]...), events: events}
	err = svc.Run(name, s)
	if errors.Is(err, windows.ERROR_FAILED_SERVICE_CONTROLLER_CONNECT) {
		return notByHand()
	}
	if err != nil {
		_ = events.Error(eventID, err.Error())
		return exitInternal
	}
	return 0
}

func notByHand() int {
	fmt.Fprintln(os.Stderr, runServiceName+" 由 Windows 自己启动；请用 landcheck winservice start\n"+runServiceName+" is started by Windows itself; use landcheck winservice start")
	return exitBadInput
}

// eventID is that of all our events: their text says what happened.
const eventID = 1

// windowsService answers the manager of services.
type windowsService struct {
	args   []string
	events *eventlog.Log
}

// Execute implements svc.Handler. A service that ends by itself has failed.
func (s *windowsService) Execute(_ []string, requests <-chan svc.ChangeRequest, states chan<- svc.Status) (specific bool, code uint32) {
	states <- svc.Status{State: svc.StartPending, WaitHint: 60_000}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	told := &eventWriter{write: func(text string) error { return s.events.Info(eventID, text) }}
	failed := &eventWriter{write: func(text string) error { return s.events.Error(eventID, text) }}
	a := newApp(bytes.NewReader(nil), told, failed)
	answers := make(chan struct{})
	a.ready = func() { told.flush(); close(answers) }
	status := exitInternal
	ended := guard.Go("service", func() error { status = a.run(ctx, s.args); return nil })
	defer func() { told.flush(); failed.flush() }()
	running := svc.Status{State: svc.Running, Accepts: svc.AcceptStop | svc.AcceptShutdown}
	stopping := false
	for checkpoint := uint32(1); ; checkpoint++ {
		select {
		case <-answers:
			answers = nil
			states <- running
		case <-ended:
			return status != exitCompliant, uint32(status)
		case r := <-requests:
			switch r.Cmd {
			case svc.Interrogate:
				states <- r.CurrentStatus
			case svc.Stop, svc.Shutdown:
				stopping = true
				states <- svc.Status{State: svc.StopPending, CheckPoint: checkpoint, WaitHint: 10_000}
				stop()
			}
		case <-time.After(2 * time.Second):
			if stopping { // it drains
				states <- svc.Status{State: svc.StopPending, CheckPoint: checkpoint, WaitHint: 10_000}
			} else if answers != nil {
				states <- svc.Status{State: svc.StartPending, CheckPoint: checkpoint, WaitHint: 10_000}
			}
		}
	}
}

// eventWriter makes one event of what is written.
type eventWriter struct {
	text  bytes.Buffer
	write func(text string) error
}

func (w *eventWriter) Write(p []byte) (int, error) { return w.text.Write(p) }

func (w *eventWriter) flush() {
	if w.text.Len() > 0 {
		_ = w.write(w.text.String())
		w.text.Reset()
	}
}
