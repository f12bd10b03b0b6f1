package subprocess_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"landcheck/api/subprocess"
	"landcheck/geo"
	"landcheck/geo/transient"
)

const asChild = "-child"

// TestMain is also the child's main function.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == asChild {
		os.Exit(subprocess.Serve(nil, perform))
	}
	os.Exit(m.Run())
}

// act is what a child of these tests is told to do.
type act struct {
	What string
	N    int
}

func perform(ctx context.Context, body json.RawMessage, parent *subprocess.Caller) (any, error) {
	var a act
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, err
	}
	switch a.What {
	case "pid":
		return os.Getpid(), nil
	case "descriptors":
		return descriptors()
	case "environment":
		return os.Environ(), nil
	case "limits":
		data, err := os.ReadFile("/proc/self/limits")
		return string(data), err
	case "ask":
		var n int
		if err := parent.Ask(ctx, a.N, &n); err != nil {
			return nil, err
		}
		for i := range n {
			parent.Note(i)
		}
		return n, nil
	case "fault":
		return nil, fmt.Errorf("reading: %w", &geo.InputError{File: "a.shp", Record: 7, Field: "DLBM", Message: geo.Text{ZH: "坏", EN: "bad"}, Advice: geo.Text{ZH: "改", EN: "mend"}, Wants: geo.SystemInput})
	case "faults":
		return nil, geo.InputErrors{{File: "plan.yaml", Record: 2, Column: 3, Message: geo.Text{ZH: "坏", EN: "bad"}, Excerpt: "2 | a:\n  |   ^"}, {File: "plan.yaml", Record: 9}}
	case "error":
		return nil, errors.New("no luck")
	case "panic":
		var none *act
		return none.N, nil
	case "fatal": // a fatal error that nothing recovers from
		m := map[int]int{}
		for range 2 {
			go func() {
				for i := 0; ; i++ {
					m[i%8] = i
				}
			}()
		}
		select {}
	case "overflow":
		debug.SetMaxStack(1 << 20)
		return endless(1), nil
	case "signal":
		if err := syscall.Kill(os.Getpid(), syscall.Signal(a.N)); err != nil {
			return nil, err
		}
		select {}
	case "exit":
		os.Exit(a.N)
	case "eat":
		var all [][]byte
		for len(all) < a.N {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			all = append(all, b)
		}
		return len(all), nil
	case "map": // a file that is only read
		return mapped(a.N)
	case "wait":
		parent.Note(0)
		<-ctx.Done()
		return nil, context.Cause(ctx)
	case "loop":
		parent.Note(0)
		for n := 0; ; n++ {
			_ = n
		}
	case "leave":
		return nil, os.WriteFile(filepath.Join(os.TempDir(), "left"), nil, 0o600)
	case "print":
		fmt.Println("not a message")
		fmt.Fprintln(os.Stderr, "warning\x1b[31m"+strings.Repeat("x", 1<<20))
		return a.N, nil
	}
	return nil, errors.New("what?")
}

//lint:ignore SA5007 it overflows the stack, which is what it is for
func endless(n int) int { return endless(n+1) + 1 }

// descriptors that this process has open on anything but the system's own.
func descriptors() (open []string, err error) {
	entries, err := os.ReadDir("/proc/self/fd")
	for _, e := range entries {
		to, err := os.Readlink(filepath.Join("/proc/self/fd", e.Name()))
		if err == nil && !strings.HasPrefix(to, "anon_inode:") && !strings.HasPrefix(to, "/proc/") && !strings.HasPrefix(to, "/sys/") {
			open = append(open, e.Name())
		}
	}
	return open, err
}

func mapped(mib int) (int, error) {
	f, err := os.Create(filepath.Join(os.TempDir(), "large"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if err := f.Truncate(int64(mib) << 20); err != nil {
		return 0, err
	}
	data, err := syscall.Mmap(int(f.Fd()), 0, mib<<20, syscall.PROT_READ, syscall.MAP_SHARED)
	sum := 0
	for i := 0; i < len(data); i += 4096 {
		sum += int(data[i])
	}
	return sum, err
}

func pool(t testing.TB, o subprocess.Options) *subprocess.Pool {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("LANDCHECK_SECRET", "hush")
	o.Args = []string{asChild}
	p := subprocess.New(o)
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
			t.Errorf("children left %v, %v", left, err)
		}
		if pids := childrenOf(t); len(pids) > 0 {
			t.Errorf("children live on: %v", pids)
		}
	})
	return p
}

// childrenOf this process, zombies among them.
func childrenOf(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	var pids []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		pids = append(pids, strings.Fields(string(data))...)
	}
	return pids
}

func TestResults(t *testing.T) {
	for idle := range 2 {
		p := pool(t, subprocess.Options{Idle: idle, Memory: 1 << 30})
		var pids []int
		for range 3 {
			var pid int
			if end, err := p.Run(t.Context(), subprocess.Task{Body: act{What: "pid"}}, &pid); err != nil || end.How != subprocess.Done || end.Peak < 1<<20 {
				t.Fatal(end, err)
			}
			pids = append(pids, pid)
		}
		if pids[0] == pids[1] || pids[1] == pids[2] || pids[0] == os.Getpid() {
			t.Errorf("processes %v", pids)
		}
		var got int
		var asked string
		var notes []string
		task := subprocess.Task{Body: act{"ask", 41},
			Note:   func(n json.RawMessage) { notes = append(notes, string(n)) },
			Answer: func(_ context.Context, q json.RawMessage) (any, error) { asked = string(q); return 3, nil }}
		if end, err := p.Run(t.Context(), task, &got); err != nil || got != 3 || asked != "41" || strings.Join(notes, "") != "012" {
			t.Errorf("%v, %v: %d, asked %s, notes %v", end, err, got, asked, notes)
		}
		want := errors.New("not for you")
		task.Answer = func(context.Context, json.RawMessage) (any, error) { return nil, want }
		if end, err := p.Run(t.Context(), task, &got); err != want || end.How != subprocess.Failed {
			t.Errorf("%v, %v", end, err)
		}
	}
}

// TestEnds: each kind of end is told from the others, and what the task ended
// by itself from what others did.
func TestEnds(t *testing.T) {
	p := pool(t, subprocess.Options{Memory: 256 << 20})
	for _, c := range []struct {
		act  act
		how  subprocess.EndKind
		says string
	}{
		{act{"error", 0}, subprocess.Failed, "no luck"},
		{act{"fault", 0}, subprocess.Failed, "a.shp"},
		{act{"faults", 0}, subprocess.Failed, "plan.yaml"},
		{act{"panic", 0}, subprocess.Crash, "nil pointer"},
		{act{"fatal", 0}, subprocess.Crash, "concurrent map writes"},
		{act{"overflow", 0}, subprocess.Crash, "stack"},
		{act{"exit", 3}, subprocess.Crash, "exit status 3"},
		{act{"exit", 0}, subprocess.Crash, "exit status 0"},
		{act{"signal", int(syscall.SIGSEGV)}, subprocess.Crash, "SIGSEGV"},
		{act{"signal", int(syscall.SIGABRT)}, subprocess.Crash, "SIGABRT"},
		{act{"signal", int(syscall.SIGKILL)}, subprocess.Killed, "killed"},
		{act{"signal", int(syscall.SIGTERM)}, subprocess.Killed, "terminated"},
		{act{"eat", 4 << 10}, subprocess.Memory, ""},
		{act{"eat", 64}, subprocess.Done, ""},
		{act{"map", 300}, subprocess.Done, ""},
		{act{"print", 1}, subprocess.Done, ""},
	} {
		var got any
		end, err := p.Run(t.Context(), subprocess.Task{Body: c.act}, &got)
		if end.How != c.how || (err == nil) != (c.how == subprocess.Done) {
			t.Errorf("%v: %v, %v\n%s", c.act, end, err, end.Words)
			continue
		}
		var ended *subprocess.Ended
		if errors.As(err, &ended) != (c.how != subprocess.Done && c.how != subprocess.Failed) {
			t.Errorf("%v: %v", c.act, err)
		}
		if err != nil && !strings.Contains(err.Error()+end.Words+end.Status, c.says) {
			t.Errorf("%v: %v\n%s", c.act, err, end.Words)
		}
		if len(end.Words) > 8<<10 || strings.ContainsRune(end.Words, 0x1b) {
			t.Errorf("%v: %d bytes of words: %.50q", c.act, len(end.Words), end.Words)
		}
		if c.act.What == "fault" {
			f, ok := geo.AsInputError(err)
			if !ok || f.Record != 7 || f.Field != "DLBM" || f.Message.ZH != "坏" || f.Advice.EN != "mend" || f.Wants != geo.SystemInput || err.Error() != "reading: a.shp, record 7, field DLBM: bad. mend" {
				t.Errorf("%v", err)
			}
		}
		if c.act.What == "faults" {
			var all geo.InputErrors
			if !errors.As(err, &all) || len(all) != 2 || all[0].Column != 3 || all[0].Excerpt != "2 | a:\n  |   ^" || all[1].Record != 9 {
				t.Errorf("%v", err)
			}
		}
	}
}

// TestStop: whatever a child is at, it goes when it is told to, and the error is
// why.
func TestStop(t *testing.T) {
	p := pool(t, subprocess.Options{Idle: 1})
	want := errors.New("not wanted any more")
	for _, what := range []string{"wait", "loop"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		task := subprocess.Task{Body: act{What: what}, Note: func(json.RawMessage) { cancel(want) }}
		end, err := p.Run(ctx, task, nil)
		if err != want || end.How != subprocess.Stopped || end.Ours() {
			t.Errorf("%s: %v, %v", what, end, err)
		}
		if _, err := p.Run(ctx, task, nil); err != want {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// TestAlone: a child has its pipes and no secret, and what it leaves is gone.
func TestAlone(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	inherited, err := syscall.Dup(int(r.Fd())) // as a shell would leave it: not closed on exec
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(inherited)
	p := pool(t, subprocess.Options{Memory: 300 << 20})
	var open, env []string
	var limits string
	for what, into := range map[string]any{"descriptors": &open, "environment": &env, "limits": &limits, "leave": new(any)} {
		if _, err := p.Run(t.Context(), subprocess.Task{Body: act{What: what}}, into); err != nil {
			t.Fatal(err)
		}
	}
	if len(open) != 3 {
		t.Errorf("descriptors %v", open)
	}
	all := strings.Join(env, "\n")
	if strings.Contains(all, "hush") || !strings.Contains(all, "GOMEMLIMIT="+strconv.Itoa(300<<20*85/100)) || !strings.Contains(all, "PATH=") {
		t.Errorf("environment\n%s", all)
	}
	_, limits, _ = strings.Cut(limits, "Max data size")
	if n, err := strconv.Atoi(strings.Fields(limits)[0]); err != nil || n < 300<<20 || n > 600<<20 {
		t.Errorf("limits\n%s", limits)
	}
}

// TestKilledWhileIdle: a child that is killed before its task costs that nothing.
func TestKilledWhileIdle(t *testing.T) {
	p := pool(t, subprocess.Options{Idle: 2})
	for len(childrenOf(t)) < 2 {
		time.Sleep(time.Millisecond)
	}
	for _, pid := range childrenOf(t) {
		n, err := strconv.Atoi(pid)
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(n, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
	var pid int
	if end, err := p.Run(t.Context(), subprocess.Task{Body: act{What: "pid"}}, &pid); err != nil || pid == 0 {
		t.Error(end, err)
	}
}

// TestBeside: one that eats memory, one that loops and innocent ones, at once.
func TestBeside(t *testing.T) {
	p := pool(t, subprocess.Options{Idle: 2, Memory: 512 << 20})
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if end, err := p.Run(ctx, subprocess.Task{Body: act{"loop", 0}}, nil); end.How != subprocess.Stopped {
			t.Errorf("loop: %v, %v", end, err)
		}
	})
	var others sync.WaitGroup
	others.Go(func() {
		if end, err := p.Run(ctx, subprocess.Task{Body: act{"eat", 4 << 10}}, nil); end.How != subprocess.Memory {
			t.Errorf("eat: %v, %v", end, err)
		}
	})
	for range 8 {
		others.Go(func() {
			var n int
			if end, err := p.Run(ctx, subprocess.Task{Body: act{"eat", 8}}, &n); err != nil || n != 8 {
				t.Errorf("innocent: %v, %v", end, err)
			}
		})
	}
	others.Wait()
	cancel()
	group.Wait()
}

// TestClosed: a pool that is closed starts nothing.
func TestClosed(t *testing.T) {
	p := pool(t, subprocess.Options{Idle: 2})
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), subprocess.Task{Body: act{What: "pid"}}, nil); err == nil {
		t.Error("it runs a task")
	}
}

// TestClosedWhileStarting: tasks that come while a pool is closed are refused as
// something transient; those that wait for their child's start as well.
func TestClosedWhileStarting(t *testing.T) {
	p := subprocess.New(subprocess.Options{Args: []string{asChild}})
	var group sync.WaitGroup
	for range 16 { // more than start at once
		group.Go(func() {
			for {
				var pid int
				end, err := p.Run(t.Context(), subprocess.Task{Body: act{What: "pid"}}, &pid)
				if err == nil {
					continue
				}
				if !transient.Is(err) && end.How != subprocess.Killed {
					t.Error(end, err)
				}
				return
			}
		})
	}
	var pid int
	if _, err := p.Run(t.Context(), subprocess.Task{Body: act{What: "pid"}}, &pid); err != nil {
		t.Error(err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	group.Wait()
}
