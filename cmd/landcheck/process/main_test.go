// Package process tests the program as people and machines run it: built once,
// started as a process of its own, spoken to over HTTP, stopped by signals.
package process

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"landcheck/cmd/landcheck/programtest"
	"landcheck/geo/postgis/pgtest"
)

var postgres pgtest.Cluster

var (
	program = programtest.Program
	county  = programtest.County
	base    = programtest.Base
	plan    = programtest.Plan
)

func TestMain(m *testing.M) { os.Exit(all(m)) }

func all(m *testing.M) int {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		os.Unsetenv(name)
	}
	return programtest.Main(func() int { return postgres.Main(m) })
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// result is what one run of the program gave.
type result struct {
	status         int
	stdout, stderr string
}

// landcheck runs the program to its end.
func landcheck(t testing.TB, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := command(t, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// done is landcheck that must end with a status.
func done(t testing.TB, status int, args ...string) result {
	t.Helper()
	r := landcheck(t, args...)
	if r.status != status {
		t.Fatalf("landcheck %s: status %d, want %d\n%s%s", strings.Join(args, " "), r.status, status, r.stdout, r.stderr)
	}
	return r
}

// command is the program; it dies with the tests, however they end, and what
// it then leaves behind goes with them.
func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := programtest.Command(t, t.TempDir(), args...)
	cmd.Dir = t.TempDir()
	return cmd
}

// patience with anything that should happen by itself.
const patience = 2 * time.Minute

// happens waits for something to come true; false where it does not.
func happens(holds func() bool) bool {
	for end := time.Now().Add(patience); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// process is the program running on its own.
type process struct {
	t      testing.TB
	cmd    *exec.Cmd
	url    string
	stdout lines
	stderr lines
	ended  chan struct{}
}

var address = regexp.MustCompile(`http://[^/\s]+`)

// start runs a server or worker until the test ends, once it says where it is.
func start(t testing.TB, args ...string) *process {
	t.Helper()
	return launch(t, command(t, args...))
}

func launch(t testing.TB, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, cmd: cmd, ended: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &p.stdout, &p.stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-p.ended
	})
	for range 2400 {
		if text := p.stdout.String(); strings.Contains(text, "\n") {
			p.url = address.FindString(text) // "" of a worker that listens nowhere
			return p
		}
		select {
		case <-p.ended:
			t.Fatalf("landcheck ended with %d\n%s", cmd.ProcessState.ExitCode(), p.stderr.String())
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("landcheck did not say where it is\n%s", p.stderr.String())
	return nil
}

// signal sends one.
func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// wait waits for the end and gives the exit status.
func (p *process) wait(most time.Duration) int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(most):
		p.t.Fatalf("still running after %v\n%s", most, p.stderr.String())
		return -1
	}
}

// lines is output that may be read while it is written.
type lines struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}
