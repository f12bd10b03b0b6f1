// Package process tests the program as people and machines run it: built once,
// started as a process of its own, spoken to over HTTP, stopped by signals.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"landcheck/geo/postgis/pgtest"
	"landcheck/rules/sample"
)

var postgres pgtest.Cluster

// scratch holds the program and the sample county, both made once.
var scratch string

func TestMain(m *testing.M) { os.Exit(all(m)) }

func all(m *testing.M) int {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		os.Unsetenv(name)
	}
	dir, err := os.MkdirTemp("", "landcheck-process-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	scratch = dir
	os.Setenv("LANDCHECK_CACHE", filepath.Join(dir, "cache")) // not the user's
	return postgres.Main(m)
}

// program builds landcheck.
var program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(scratch, "landcheck")
	out, err := exec.Command("go", "build", "-o", path, "landcheck/cmd/landcheck").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

// county writes the sample county: its base and plans.
var county = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(scratch, "sample")
	return dir, sample.Write(context.Background(), dir, sample.Options{})
})

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func base(t testing.TB) string { return filepath.Join(must[string](t)(county()), "base") }

func plan(t testing.TB, name string) string {
	return filepath.Join(must[string](t)(county()), "plans", name+".zip")
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
	cmd := exec.Command(must[string](t)(program()), args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
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
