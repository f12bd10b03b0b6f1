package faults

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"landcheck/cmd/landcheck/programtest"
	"landcheck/geo/postgis/pgtest"
)

func remove(t testing.TB, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Error(err)
	}
}

// TestLoadKilled: a load that is killed or cut off leaves the version before, or
// its own whole where it was committed,
// and nothing else.
func TestLoadKilled(t *testing.T) {
	c := cluster(t)
	direct := c.Database(t)
	done(t, 0, "migrate", "--database", direct)
	const tables = "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'base' and c.relkind in ('r', 'p')"
	done(t, 0, "load", base(t), "--to", direct, "--county", "150123")
	first := count(t, direct, tables)
	done(t, 0, "load", base(t), "--to", direct, "--county", "150123")
	load := count(t, direct, tables) - first // tables of one load
	proxy, through := pgtest.NewProxy(t, direct)
	r, killed := newRandom(t), 0
	for i := range 2 * times() {
		before, versions := count(t, direct, tables), count(t, direct, "select max(version) from base.dataset")
		var out bytes.Buffer
		cmd := command(t, t.TempDir(), "load", base(t), "--to", through, "--county", "150123")
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		time.Sleep(moment(r, 250*time.Millisecond))
		if i%2 == 0 {
			_ = cmd.Process.Signal(syscall.SIGKILL)
		} else {
			proxy.Cut()
		}
		select {
		case <-ended:
		case <-time.After(patience):
			t.Fatalf("a load whose connection was cut goes on\n%s", &out)
		}
		if cmd.ProcessState.Success() {
			continue // it was faster
		}
		killed++
		gone(t, direct)
		// A load that ends between its commit and its last word is there whole.
		b, v := count(t, direct, tables), count(t, direct, "select max(version) from base.dataset")
		if nothing, whole := b == before && v == versions, b == before+load && v == versions+1; !nothing && !whole {
			t.Errorf("%d tables, version %d; before there were %d and %d", b, v, before, versions)
		}
		if i%2 == 1 && (cmd.ProcessState.ExitCode() != 2 || strings.Contains(out.String(), "internal") || strings.Contains(out.String(), "verdict 0")) {
			t.Errorf("cut off: status %d %s", cmd.ProcessState.ExitCode(), &out)
		}
	}
	t.Logf("%d of %d loads were ended", killed, 2*times())
	done(t, 0, "load", base(t), "--to", direct, "--county", "150123")
}

// gone waits until the database has noticed that its client is no more.
func gone(t *testing.T, url string) {
	t.Helper()
	const others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"
	for end := time.Now().Add(patience); count(t, url, others) > 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the database still has a client")
		}
	}
}

// named is a plan under the name that a service gives it.
func named(t *testing.T, name string) string {
	must[map[string]string](t)(expected())
	return filepath.Join(programtest.Scratch, name, "plan.zip")
}

// TestCheckKilled: a check on the command line whose process or database is
// ended gives no verdict and no report, and the next one does.
func TestCheckKilled(t *testing.T) {
	c := cluster(t)
	direct := c.Database(t)
	done(t, 0, "migrate", "--database", direct)
	done(t, 0, "load", base(t), "--to", direct, "--county", "150123")
	proxy, through := pgtest.NewProxy(t, direct)
	r := newRandom(t)
	for i := range 3 * times() {
		dir := t.TempDir()
		report := filepath.Join(dir, "report.json")
		var out bytes.Buffer
		cmd := command(t, t.TempDir(), "check", named(t, names[1]), "--base", through, "--rulebook", book, "-o", report)
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		time.Sleep(moment(r, 250*time.Millisecond))
		switch i % 3 {
		case 0:
			_ = cmd.Process.Signal(syscall.SIGKILL)
		case 1:
			proxy.Cut()
		case 2:
			proxy.Truncate(moment64(r, 50_000))
		}
		select {
		case <-ended:
		case <-time.After(patience):
			t.Fatalf("a check whose connection was cut goes on\n%s", &out)
		}
		proxy.Truncate(-1)
		text, err := os.ReadFile(report)
		switch status := cmd.ProcessState.ExitCode(); status {
		case 1, -1: // it was faster, or killed: what is there is whole
			if (err == nil || status == 1) && undated(string(text), digest(must[[]byte](t)(os.ReadFile(plan(t, names[1]))))) != must[map[string]string](t)(expected())[names[1]] {
				t.Errorf("status %d, the report has %d bytes, %v", status, len(text), err)
			}
		case 2: // says so where the report would be
			if !strings.Contains(string(text), `"landcheck-error/1"`) || strings.Count(out.String(), "\n") != 1 || strings.Contains(out.String(), "internal") {
				t.Errorf("status %d, a report of %d bytes, %s", status, len(text), &out)
			}
		default:
			t.Errorf("status %d %s", status, &out)
		}
	}
}

// TestStart: a server and a worker that are started before their database wait
// for it, say so, and serve once it is there.
func TestStart(t *testing.T) {
	c := cluster(t)
	direct := c.Database(t)
	done(t, 0, "migrate", "--database", direct)
	proxy, through := pgtest.NewProxy(t, direct)
	proxy.Refuse()
	processes := []*process{start(t, "serve", "--database", through, "--workers", "0"), start(t, "worker", "--database", through)}
	for _, p := range processes {
		w := newTraffic(t, p, newRandom(t))
		for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
			if status, text := w.ask("GET", "/readyz", nil); status == 503 && strings.Contains(string(text), `"store":"unreachable"`) {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("%s does not say that it waits\n%s", p.args[0], p.log.last(20))
			}
		}
		if status, _ := w.ask("GET", "/healthz", nil); status != 200 {
			t.Errorf("/healthz: %d", status)
		}
		if status, text := w.ask("GET", "/v1/plans", nil); status != 503 || !strings.Contains(string(text), "urn:landcheck:problem:unavailable") {
			t.Errorf("/v1/plans: %d %s", status, text)
		}
	}
	proxy.Accept(t)
	for _, p := range processes {
		p.ready()
		if log := p.log.last(100); !strings.Contains(log, "waiting for the database") || !strings.Contains(log, "this service waits for it") {
			t.Errorf("%s does not say that it waited: %s", p.args[0], log)
		}
		p.stop()
		singleProcess(t, p.temp)
		tidy(t, p.temp)
	}
}
