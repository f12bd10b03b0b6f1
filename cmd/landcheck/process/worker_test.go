package process

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// apart is a server that makes no checks itself.
func apart(t testing.TB, url string) *process {
	return start(t, "serve", "--database", url, "--workers", "0", "--listen", "127.0.0.1:0")
}

// worker makes checks; a second without a word and it counts as dead.
func worker(t testing.TB, url string, more ...string) *process {
	return start(t, append([]string{"worker", "--database", url, "--lease", "1s"}, more...)...)
}

// TestWorkersApart: a server that only answers, a process that only works.
func TestWorkersApart(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := apart(t, url)
	uploaded := server.upload(plan(t, "01-compliant"))
	waits := server.order(uploaded, "1")
	if waits.State != "queued" {
		t.Fatalf("with no worker the check is %+v", waits)
	}
	w := worker(t, url, "--listen", "127.0.0.1:0")
	c := server.until(waits.ID, "done")
	if c.Verdict != "compliant" || c.Attempt != 1 {
		t.Errorf("check %+v", c)
	}
	probes := w.url
	w.get("/healthz")
	w.get("/readyz")
	if a := w.ask("GET", "/metrics", nil); a.status != http.StatusNotFound {
		t.Errorf("metrics beside the probes: %d", a.status)
	}
	w.url = meterOf(t, w)
	if metrics := string(w.get("/metrics")); !strings.Contains(metrics, `landcheck_check_seconds_count{outcome="compliant"} 1`) {
		t.Errorf("the worker's metrics do not show its check:\n%s", metrics)
	}
	w.url = probes
	if a := w.ask("GET", "/v1/plans", nil); a.status != http.StatusNotFound {
		t.Errorf("a worker answers /v1/plans with %d", a.status)
	}
	w.signal(syscall.SIGTERM)
	if status := w.wait(patience); status != 0 {
		t.Errorf("SIGTERM: status %d\n%s", status, w.stderr.String())
	}
	logged(t, w, "started", "check done", "draining", "stopped")
}

// TestKilledWorker: a worker that dies in the middle of a check costs time,
// nothing else, twice over: another takes the check up, it ends once, with the
// report that an undisturbed check gives.
func TestKilledWorker(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	path := plan(t, "02-over-five-percent")
	server := apart(t, url)
	address := server.upload(path) // which looks at the base data too
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	temporary := t.TempDir() // of all these workers
	worker := func() *process {
		cmd := command(t, "worker", "--database", url, "--lease", "1s")
		cmd.Env = append(cmd.Env, "TMPDIR="+temporary)
		return launch(t, cmd)
	}
	for attempt := 1; attempt <= 2; attempt++ {
		w := worker()
		server.runs(c.ID, attempt-1)
		w.signal(syscall.SIGKILL)
		w.wait(patience)
		if got := server.check(c.ID); got.State != "running" {
			t.Fatalf("right after the worker's death the check is %+v", got)
		}
		if attempt == 1 {
			continue // the next worker takes it up
		}
		letGo()
	}
	left := must[[]string](t)(filepath.Glob(temporary + "/*/*"))
	if len(left) == 0 {
		t.Error("the killed workers left nothing to be swept")
	}
	last := worker()
	c = server.until(c.ID, "done")
	if c.Attempt != 1 || c.Interrupted != 2 || c.Verdict != "violations" {
		t.Errorf("check %+v", c)
	}
	want := landcheck(t, "check", path, "--base", base(t), "--format", "json").stdout
	if got := fromFiles(server.report(c)); got != want {
		t.Errorf("the report has %d bytes, want %d", len(got), len(want))
	}
	if now := must[[]string](t)(filepath.Glob(temporary + "/*")); len(now) != 1 {
		t.Errorf("beside a worker's own there are %q", now)
	}
	last.signal(syscall.SIGTERM)
	last.wait(patience)
	if now := must[[]string](t)(filepath.Glob(temporary + "/*")); len(now) != 0 {
		t.Errorf("a worker that has ended leaves %q", now)
	}
	const artifacts = "select count(*)::text from service.artifact where name = 'report.json'"
	if n := text(t, url, artifacts); n != "1" {
		t.Errorf("the check left %s reports", n)
	}
}

// runs waits for a check to run after so many interruptions.
func (p *process) runs(id string, interrupted int) {
	p.t.Helper()
	if happens(func() bool { c := p.check(id); return c.State == "running" && c.Interrupted == interrupted }) {
		return
	}
	p.t.Fatalf("check %+v is not running after %d interruptions", p.check(id), interrupted)
}

// TestDrain: told to stop, a process takes nothing new, ends what it does, and
// goes with status 0.
func TestDrain(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := start(t, "serve", "--database", url, "--listen", "127.0.0.1:0")
	watcher := apart(t, url)
	uploaded := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	waiting := make(chan answer, 1)
	go func() {
		a, err := server.try("POST", uploaded+"/checks", nil, "Prefer", "wait=60")
		if err != nil {
			t.Error(err)
		}
		waiting <- a
	}()
	c := oneCheck(t, watcher)
	watcher.until(c.ID, "running")
	server.signal(syscall.SIGTERM)
	if a := <-waiting; a.status != http.StatusAccepted && a.status != http.StatusOK {
		t.Errorf("whoever waited is told %d %s", a.status, a.body)
	}
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if _, err := server.try("GET", "/healthz", nil); err != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("a draining server takes new connections")
		}
	}
	if got := watcher.check(c.ID); got.State != "running" {
		t.Errorf("while it drains the check is %+v", got)
	}
	letGo()
	if status := server.wait(patience); status != 0 {
		t.Errorf("status %d\n%s", status, server.stderr.String())
	}
	if got := watcher.check(c.ID); got.State != "done" || got.Attempt != 1 {
		t.Errorf("after it has drained the check is %+v", got)
	}
}

// TestDrainStreams: whoever follows a check's events does not keep a server
// from going.
func TestDrainStreams(t *testing.T) {
	t.Parallel()
	server := apart(t, loaded(t))
	c := server.order(server.upload(plan(t, "01-compliant")), "0")
	res := must[*http.Response](t)(http.Get(server.url + "/v1/checks/" + c.ID + "/events"))
	defer res.Body.Close()
	first := make([]byte, 1)
	if _, err := io.ReadFull(res.Body, first); err != nil { // it waits for a worker
		t.Fatal(err)
	}
	server.signal(syscall.SIGTERM)
	if rest, err := io.ReadAll(res.Body); err != nil || strings.Contains(string(rest), `"state":"done"`) {
		t.Errorf("the stream ends with %v after %s", err, rest)
	}
	if status := server.wait(patience); status != 0 {
		t.Errorf("status %d\n%s", status, server.stderr.String())
	}
}

// oneCheck waits for the only check that there is.
func oneCheck(t testing.TB, p *process) check {
	t.Helper()
	var after string
	if !happens(func() (found bool) {
		_, after, found = strings.Cut(string(p.get("/v1/checks")), `"id":"`)
		return found
	}) {
		t.Fatal("there is no check")
	}
	id, _, _ := strings.Cut(after, `"`)
	return p.check(id)
}

// TestDrainTooLong: a check that does not end in time goes back to the queue
// as if it had not been tried.
func TestDrainTooLong(t *testing.T) {
	t.Parallel()
	url := loaded(t)
	server := apart(t, url)
	address := server.upload(plan(t, "01-compliant"))
	letGo := hold(t, url, "base.feature")
	c := server.order(address, "0")
	w := worker(t, url, "--drain", "500ms", "--lease", "10s") // nobody else takes it up
	server.until(c.ID, "running")
	w.signal(syscall.SIGTERM)
	if status := w.wait(patience); status != 0 {
		t.Errorf("status %d\n%s", status, w.stderr.String())
	}
	if got := server.check(c.ID); got.State != "queued" || got.Attempt != 0 {
		t.Errorf("the check is %+v", got)
	}
	letGo()
	worker(t, url)
	if got := server.until(c.ID, "done"); got.Attempt != 1 {
		t.Errorf("the check is %+v", got)
	}
}
