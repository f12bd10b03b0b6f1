package faults

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landcheck/geo/postgis/pgtest"

	"github.com/jackc/pgx/v5"
)

// world is a service with a database behind a proxy: one server that only
// answers, two workers.
type world struct {
	*traffic
	cluster *pgtest.Cluster
	direct  string // URL past the proxy
	proxy   *pgtest.Proxy
	workers []*process
}

func newWorld(t *testing.T) (*world, *rand.Rand) {
	t.Helper()
	c := cluster(t)
	w := &world{cluster: c, direct: c.Database(t)}
	done(t, 0, "migrate", "--database", w.direct)
	done(t, 0, "load", base(t), "--to", w.direct, "--county", "150123")
	var through string
	w.proxy, through = pgtest.NewProxy(t, w.direct)
	server := start(t, "serve", "--database", through, "--workers", "0", "--log-level", "warn")
	for range 2 {
		w.workers = append(w.workers, start(t, "worker", "--database", through, "--workers", "1", "--lease", "2s", "--log-level", "warn"))
	}
	r := newRandom(t)
	w.traffic = newTraffic(t, server, r)
	w.ready()
	w.begin()
	return w, r
}

func (w *world) ready() {
	w.t.Helper()
	w.server.ready()
	for _, p := range w.workers {
		p.ready()
	}
}

// end holds the promises, then stops everything and looks for what is left.
func (w *world) end() {
	w.t.Helper()
	w.ready()
	w.kept()
	for _, p := range append(w.workers, w.server) {
		p.stop()
		singleProcess(w.t, p.temp)
		tidy(w.t, p.temp)
	}
	for what, query := range map[string]string{
		"checks that have not ended":      "select count(*) from service.check_run where state <> 'done'",
		"checks without exactly a report": "select count(*) from service.check_run c where (select count(*) from service.artifact a where a.check_id = c.id and a.name = 'report.json') <> 1",
		"parts of no artifact":            "select count(*) from service.artifact_part p where not exists (select from service.artifact a where a.id = p.artifact)",
		"parts of no plan":                "select count(*) from service.plan_part p where not exists (select from service.plan a where a.id = p.plan)",
	} {
		if n := count(w.t, w.direct, query); n != 0 {
			w.t.Errorf("%s: %d", what, n)
		}
	}
}

func count(t testing.TB, url, query string) (n int) {
	t.Helper()
	conn := must[*pgx.Conn](t)(pgx.Connect(context.Background(), url))
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDatabase: each way in which a database goes away, while plans come in.
func TestDatabase(t *testing.T) {
	w, r := newWorld(t)
	hold := func() { time.Sleep(50*time.Millisecond + moment(r, 600*time.Millisecond)) }
	must := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	stopped := func(mode string) func() {
		return func() { must(w.cluster.Down(mode)); hold(); must(w.cluster.Up()) }
	}
	for _, f := range []struct {
		name  string
		fault func()
	}{
		{"stopped", stopped("fast")},
		{"crashed", stopped("immediate")},
		{"cut", func() { w.proxy.Cut() }},
		{"cut for a while", func() { w.proxy.Refuse(); w.proxy.Cut(); hold(); w.proxy.Accept(t) }},
		{"stalled", func() { w.proxy.Stall(); hold(); w.proxy.Resume() }},
		{"stalled, then cut", func() { w.proxy.Stall(); hold(); w.proxy.Cut(); w.proxy.Resume() }},
		{"truncated", func() { w.proxy.Truncate(moment64(r, 20_000)); hold(); w.proxy.Truncate(-1) }},
	} {
		t.Run(f.name, func(t *testing.T) {
			for range times() {
				at := moment(r, 300*time.Millisecond)
				w.while(func() { time.Sleep(at); f.fault() })
				w.ready()
			}
		})
	}
	w.end()
}

func moment64(r *rand.Rand, most int64) int64 { return r.Int64N(most) }

// TestProcessesKilled: server and workers are killed at any moment.
func TestProcessesKilled(t *testing.T) {
	w, r := newWorld(t)
	for range times() {
		for _, p := range append(w.workers, w.server) {
			at := moment(r, 400*time.Millisecond)
			w.while(func() {
				time.Sleep(at)
				p.kill()
				p.start()
				p.ready()
			})
		}
	}
	w.end()
}

// small moves the tables to a small disk, which is not that of the database's log.
func (w *world) small() (disk string) {
	w.t.Helper()
	disk = filepath.Join(w.cluster.Socket(), "small") // the server's user gets there
	if err := os.Mkdir(disk, 0o700); err != nil {
		w.t.Fatal(err)
	}
	tmpfs(w.t, disk, 96<<20)
	for _, p := range append(w.workers, w.server) {
		p.stop()
	}
	if err := w.cluster.Tablespace("small", disk); err != nil {
		w.t.Fatal(err)
	}
	if err := w.cluster.Move(w.direct, "small"); err != nil {
		w.t.Fatal(err)
	}
	for _, p := range append(w.workers, w.server) {
		p.start()
	}
	w.ready()
	return disk
}

// TestDatabaseFull: the disk of the database fills up, and there is room again.
func TestDatabaseFull(t *testing.T) {
	w, r := newWorld(t)
	disk := w.small()
	for range times() {
		at, hold := moment(r, 200*time.Millisecond), 100*time.Millisecond+moment(r, 600*time.Millisecond)
		w.while(func() {
			time.Sleep(at)
			filler := fill(t, disk)
			time.Sleep(hold)
			remove(t, filler)
		})
	}
	w.end()
}
