package process

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"landcheck/rules/sample"
)

// children are the processes that a process has, zombies among them.
func (p *process) children() (pids []int) {
	p.t.Helper()
	for _, path := range must[[]string](p.t)(filepath.Glob("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/task/*/children")) {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // a thread that has ended
		}
		for _, field := range strings.Fields(string(data)) {
			pids = append(pids, must[int](p.t)(strconv.Atoi(field)))
		}
	}
	return pids
}

// strike sends a signal to all children.
func (p *process) strike(s syscall.Signal) (pids []int) {
	p.t.Helper()
	pids = p.children()
	for _, pid := range pids {
		_ = syscall.Kill(pid, s) // one that has just ended is none to be struck
	}
	return pids
}

// strikeUntil sends a signal to all children again and again, those that wait
// for a task among them, until a check shows what that came to.
func (p *process) strikeUntil(id string, s syscall.Signal, enough func(check) bool) check {
	p.t.Helper()
	for range 1200 {
		c := p.check(id)
		if enough(c) {
			return c
		}
		p.strike(s)
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatalf("check %+v\n%s", p.check(id), p.stderr.String())
	return check{}
}

// gone waits until processes are no more, reaped too.
func gone(t testing.TB, pids []int) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		alive := 0
		for _, pid := range pids {
			if syscall.Kill(pid, 0) == nil {
				alive++
			}
		}
		if alive == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d of %v are still there", alive, pids)
		}
	}
}

// planShown is a plan as the service shows it.
type planShown struct {
	ID      string
	Blocked bool
	Crashes int
}

func (p *process) plan(address string) (shown planShown) {
	p.t.Helper()
	if err := json.Unmarshal(p.get(address), &shown); err != nil {
		p.t.Fatal(err)
	}
	return shown
}

// detail of a check's problem.
func detail(c check) string {
	text, _ := json.Marshal(c.Problem)
	return string(text)
}

// TestCrashingPlan: a check whose process crashes is tried again once; then its
// plan is blocked, for every process of the database and across restarts, until
// an administrator unblocks it.
func TestCrashingPlan(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	address := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	c = server.strikeUntil(c.ID, syscall.SIGABRT, func(c check) bool { return c.State == "failed" })
	if c.Attempt != 2 || !strings.Contains(detail(c), "/block") {
		t.Errorf("check %+v", c)
	}
	logged(t, server, "child ended")
	server.signal(syscall.SIGTERM)
	server.wait(patience)

	again := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0", "--workers", "0")
	if p := again.plan(address); !p.Blocked || p.Crashes != 2 {
		t.Errorf("plan %+v", p)
	}
	if a := again.ask("POST", address+"/checks", nil); a.status != 409 || !strings.Contains(string(a.body), "urn:landcheck:problem:blocked") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := again.ask("DELETE", address+"/block", nil); a.status != 200 {
		t.Errorf("%d %s", a.status, a.body)
	}
	letGo()
	worker(t, url)
	again.until(again.order(address, "0").ID, "done")
}

// TestKilledProcess: a check whose process is killed from outside is made all the
// same, and nobody is to blame.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	address := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	server.strikeUntil(c.ID, syscall.SIGKILL, func(c check) bool { return c.Interrupted >= 3 })
	letGo()
	if c = server.until(c.ID, "done"); c.Attempt != 1 || c.Verdict != "compliant" {
		t.Errorf("check %+v", c)
	}
	if p := server.plan(address); p.Blocked || p.Crashes != 0 {
		t.Errorf("plan %+v", p)
	}
}

// TestLostConnection: where the database turns the process of a check out, the
// check waits and is made.
func TestLostConnection(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	address := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	server.runs(c.ID, 0)
	held(t, url)
	const turnOut = "select count(pg_terminate_backend(pid))::text from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
	if n := text(t, url, turnOut); n == "0" {
		t.Fatal("nobody was turned out")
	}
	letGo() // what else it asks for at the same time is answered
	if c = server.until(c.ID, "done"); c.Attempt != 1 || c.Interrupted != 1 {
		t.Errorf("check %+v", c)
	}
}

// TestStuckCheck: a process that heeds nothing, as one in a loop or a library,
// goes when its check is cancelled, when its time is up, and when its server
// dies.
func TestStuckCheck(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"cancelled", "time", "server killed"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			url := loaded(t)
			limit := "10m"
			if how == "time" {
				limit = "10s"
			}
			server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0", "--check-time", limit)
			address := server.upload(plan(t, "01-compliant"))
			hold(t, url, "base.feature")
			c := server.order(address, "0")
			server.until(c.ID, "running")
			pids := server.strike(syscall.SIGSTOP)
			if len(pids) == 0 {
				t.Fatal("there are no children")
			}
			switch how {
			case "cancelled":
				if a := server.ask("DELETE", "/v1/checks/"+c.ID, nil); a.status != 200 {
					t.Errorf("%d %s", a.status, a.body)
				}
				server.signal(syscall.SIGTERM) // the idle ones go with it
			case "time":
				if c = server.until(c.ID, "failed"); !strings.Contains(detail(c), "--check-time") || c.Attempt != 1 {
					t.Errorf("check %+v", c)
				}
				server.signal(syscall.SIGTERM)
			case "server killed":
				server.signal(syscall.SIGKILL)
			}
			server.wait(patience)
			gone(t, pids)
		})
	}
}

// TestHungryPlan: a plan that wants more memory than there is for one is refused
// in words, and the second time blocked; a check beside it is not touched, and nothing stays behind.
func TestHungryPlan(t *testing.T) {
	t.Parallel()
	for kind, args := range map[string][]string{
		"directory": {"--base", "150123=" + base(t), "--data", filepath.Join(t.TempDir(), "data")},
		"database":  {"--database", loaded(t)},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			temporary := t.TempDir()
			cmd := command(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--check-memory", "128MiB", "--workers", "2"}, args...)...)
			cmd.Env = append(cmd.Env, "TMPDIR="+temporary)
			server := launch(t, cmd)
			hungry, innocent := server.upload(bulk(t, 300)), server.upload(plan(t, "01-compliant"))
			for range 2 {
				c, beside := server.order(hungry, "0"), server.order(innocent, "0")
				if c = server.until(c.ID, "failed"); !strings.Contains(detail(c), "128 MiB") || !strings.Contains(detail(c), "--check-memory") || c.Attempt != 1 {
					t.Errorf("check %+v", c)
				}
				if beside = server.until(beside.ID, "done"); beside.Attempt != 1 || beside.Interrupted != 0 || beside.Verdict != "compliant" {
					t.Errorf("the check beside it %+v", beside)
				}
			}
			if a := server.ask("POST", hungry+"/checks", nil); a.status != 409 || !strings.Contains(string(a.body), "urn:landcheck:problem:blocked") {
				t.Errorf("%d %s", a.status, a.body)
			}
			if shown := server.metrics(); !strings.Contains(shown, `landcheck_child_ends_total{end="memory",task="check"} 2`) ||
				!strings.Contains(shown, `landcheck_child_ends_total{end="done",task="read"} 2`) || !strings.Contains(shown, "landcheck_child_peak_bytes_count") {
				t.Errorf("metrics:\n%s", shown)
			}
			children := server.children()
			server.signal(syscall.SIGTERM)
			if status := server.wait(patience); status != 0 {
				t.Errorf("status %d\n%s", status, server.stderr.String())
			}
			gone(t, children)
			if left := must[[]string](t)(filepath.Glob(temporary + "/*")); len(left) > 0 {
				t.Errorf("it leaves %q", left)
			}
		})
	}
}

// TestReadTime: reading an upload has a time of its own, which is said in words.
func TestReadTime(t *testing.T) {
	t.Parallel()
	server := start(t, "serve", "--base", "150123="+base(t), "--data", filepath.Join(t.TempDir(), "data"), "--listen", "127.0.0.1:0", "--read-time", "1ms")
	zip := must[[]byte](t)(os.ReadFile(bulk(t, 300)))
	a := server.ask("POST", "/v1/plans", zip, "Content-Type", "application/zip", "Accept-Language", "en")
	if a.status != 422 || !strings.Contains(string(a.body), "did not end within 1ms") || !strings.Contains(string(a.body), "--read-time") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if list := string(server.get("/v1/plans")); strings.Contains(list, `"id"`) {
		t.Errorf("it was kept: %s", list)
	}
}

// bulk is a plan of 1 000 changes with so many vertices each.
func bulk(t testing.TB, vertices int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bulk.zip")
	c := must[*sample.County](t)(sample.New(sample.Options{VerticesPerParcel: vertices, Parcels: 2000}))
	if err := c.WriteBulk(t.Context(), path, sample.Bulk{Changes: 1000}); err != nil {
		t.Fatal(err)
	}
	return path
}

// metrics as an operator's Prometheus reads them.
func (p *process) metrics() string {
	p.t.Helper()
	meter := &process{t: p.t, url: meterOf(p.t, p)}
	return string(meter.get("/metrics"))
}
