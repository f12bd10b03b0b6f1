package faults

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience with anything that should happen by itself.
const patience = 3 * time.Minute

// process is a server or worker that can be killed and started again.
type process struct {
	t     *testing.T
	args  []string
	temp  string // its scratch, the same after every start
	url   string // where it answers
	mutex sync.Mutex
	pid   int
	ended chan struct{}
	log   lines
}

// start runs a server or a worker with an address of its own.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	// While it is down nobody's connection begins at its port, as it might at 127.0.0.1.
	l := must[net.Listener](t)(net.Listen("tcp", "127.0.0.2:0"))
	address := l.Addr().String()
	l.Close()
	p := &process{t: t, temp: t.TempDir(), url: "http://" + address, args: append(args, "--listen", address)}
	p.start()
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("%s\n%s", args[0], p.log.last(40))
		}
	})
	return p
}

func (p *process) start() {
	p.t.Helper()
	cmd := command(p.t, p.temp, p.args...)
	cmd.Stdout, cmd.Stderr = &p.log, &p.log
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.pid, p.ended = cmd.Process.Pid, ended
}

// kill ends it as a power cut does.
func (p *process) kill() {
	_ = syscall.Kill(p.pid, syscall.SIGKILL)
	<-p.ended
}

// stop ends it as an operator does.
func (p *process) stop() {
	p.t.Helper()
	_ = syscall.Kill(p.pid, syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("SIGTERM does not end it")
	}
}

// ready waits until it serves.
func (p *process) ready() {
	p.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		res, err := http.Get(p.url + "/readyz")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		select {
		case <-p.ended:
			p.t.Fatalf("%s has ended by itself", p.args[0])
		default:
		}
		if time.Now().After(end) {
			p.t.Fatalf("%s is not ready", p.args[0])
		}
	}
}

// children are the processes that it started.
func (p *process) children() (pids []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if len(fields) > 1 && fields[1] == strconv.Itoa(p.pid) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			pids = append(pids, pid)
		}
	}
	return pids
}

// singleProcess holds that no process of the program is left.
func singleProcess(t *testing.T, temp string) {
	t.Helper()
	var left []string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		left = left[:0]
		all, _ := filepath.Glob("/proc/[0-9]*/environ")
		for _, path := range all {
			if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte("TMPDIR="+temp)) {
				left = append(left, path)
			}
		}
		if len(left) == 0 {
			return
		}
	}
	t.Errorf("processes are left: %q", left)
}

// tidy holds that nothing lies in a directory of scratch.
func tidy(t *testing.T, dir string) {
	t.Helper()
	var left []string
	for _, e := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
		left = append(left, e.Name())
	}
	if len(left) > 0 {
		t.Errorf("%s has %q", dir, left)
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

func (l *lines) last(n int) string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	all := strings.Split(l.text.String(), "\n")
	return fmt.Sprint(len(all), " lines\n", strings.Join(all[max(0, len(all)-n):], "\n"))
}
