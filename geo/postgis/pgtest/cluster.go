package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"landcheck/geo/ramdisk"

	"github.com/jackc/pgx/v5"
)

// Cluster is a PostgreSQL server. The zero value is ready: it starts when the
// first database is asked for. It is safe for concurrent use.
type Cluster struct {
	Settings []string // of the server, as "work_mem=64MB"; for benchmarks

	once sync.Once
	err  error
	dir  string // holds everything: data, socket, log
	life io.WriteCloser
	done chan error

	mutex    sync.Mutex // a template is copied by one session at a time
	count    int
	strategy string // of copies
}

// Main runs a package's tests and stops the cluster after them.
func (c *Cluster) Main(m *testing.M) int {
	defer c.Stop() // also when a test panics here; elsewhere the script notices
	return m.Run()
}

// Database makes a fresh database that has PostGIS and nothing else, and gives
// its URL. It is never the one of another test; it goes with the cluster.
func (c *Cluster) Database(t testing.TB) string {
	t.Helper()
	c.running(t)
	return c.copy(t, template)
}

// running starts the cluster, or skips the test, saying what to install.
func (c *Cluster) running(t testing.TB) {
	t.Helper()
	c.once.Do(func() { c.err = c.start() })
	var missing missingError
	switch {
	case errors.As(c.err, &missing):
		t.Skip(missing)
	case c.err != nil:
		t.Fatal(c.err)
	}
}

// Make is Database for programs that are no tests. Stop the cluster at the end.
func (c *Cluster) Make() (url string, err error) {
	c.once.Do(func() { c.err = c.start() })
	if c.err != nil {
		return "", c.err
	}
	return c.copyOf(template)
}

// Copy makes a fresh database that is like another one, to which nobody is
// connected: cheaper than filling each anew.
func (c *Cluster) Copy(t testing.TB, url string) string {
	t.Helper()
	c.running(t)
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	return c.copy(t, config.Database)
}

func (c *Cluster) copy(t testing.TB, from string) string {
	t.Helper()
	url, err := c.copyOf(from)
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func (c *Cluster) copyOf(from string) (string, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.count++
	name := fmt.Sprintf("test%d", c.count)
	return c.url(name), c.execute("postgres", "create database "+name+" template "+from+c.strategy)
}

// Drop removes a database that Database made, where many would fill the disk.
func (c *Cluster) Drop(url string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	return c.execute("postgres", "drop database "+config.Database+" with (force)")
}

// Disconnect breaks all connections to a database, as a server that fails does.
func (c *Cluster) Disconnect(database string) error {
	return c.execute("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"+database+"'")
}

// Socket is the directory of the server's socket, which postgres_fdw takes as
// host. Ask for a database first.
func (c *Cluster) Socket() string { return c.dir }

// Stop ends the server and removes its directory; a cluster that never started
// is left alone.
func (c *Cluster) Stop() {
	if c.life == nil {
		return
	}
	c.life.Close()
	<-c.done
	c.life = nil
}

const template = "with_postgis"

func (c *Cluster) url(database string) string {
	return "postgres:///" + database + "?host=" + c.dir + "&user=postgres&sslmode=disable"
}

// script makes the cluster, runs it while its standard input is open, which is
// for as long as the tests live, and clears up. Not durable: nothing outlives it.
// PostGIS is loaded once, not by each connection.
const script = `
"$BIN/initdb" -D "$HOME/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >"$HOME/log" 2>&1 || exit 1
"$BIN/postgres" -D "$HOME/data" -k "$HOME" -c listen_addresses= -c fsync=off -c full_page_writes=off \
	-c shared_preload_libraries=postgis-3 -c max_connections=60 -c log_min_messages=fatal -c max_wal_size=4GB "$@" </dev/null >>"$HOME/log" 2>&1 &
cat >/dev/null
"$BIN/pg_ctl" -D "$HOME/data" -m immediate -w stop >/dev/null 2>&1
wait
rm -rf "$HOME"
`

// place is where the cluster's directory is made: in memory, unless it is tuned
// for large data.
func (c *Cluster) place() string {
	if dir := ramdisk.Dir(); dir != "" && len(c.Settings) == 0 {
		return dir
	}
	return shortTemp()
}

func (c *Cluster) start() error {
	bin, err := findBinaries()
	if err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp(c.place(), "pg"); err != nil {
		return err
	}
	cmd := exec.Command("/bin/sh", "-c", script, "pgtest")
	for _, setting := range c.Settings {
		cmd.Args = append(cmd.Args, "-c", setting)
	}
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.dir, "BIN=" + bin, "LC_ALL=C"}
	if err := unprivileged(cmd, c.dir); err != nil {
		return err
	}
	if c.life, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	c.done = make(chan error, 1)
	go func() { c.done <- cmd.Wait() }()
	if err := c.await(); err != nil {
		log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
		c.Stop()
		os.RemoveAll(c.dir)
		return fmt.Errorf("pgtest: %w\n%s", err, log)
	}
	if c.strategy, err = c.byFile(); err != nil {
		return err
	}
	if err := c.execute("postgres", "create database "+template); err != nil {
		return err
	}
	return c.execute(template, "create extension postgis")
}

// await waits for the server to take connections.
func (c *Cluster) await() error {
	for end := time.Now().Add(3 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		err := c.execute("postgres", "select 1")
		if err == nil || time.Now().After(end) {
			return err
		}
		select {
		case stopped := <-c.done:
			c.done <- stopped
			return fmt.Errorf("the server did not start: %w", errors.Join(stopped, err))
		default:
		}
	}
}

// byFile has a template's files copied, which takes less than half of the time of
// copying page by page through the log, and which PostgreSQL before 15 does anyhow.
func (c *Cluster) byFile() (strategy string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	var version int
	if err := conn.QueryRow(ctx, "select current_setting('server_version_num')::int").Scan(&version); err != nil || version < 150000 {
		return "", err
	}
	return " strategy file_copy", nil
}

func (c *Cluster) execute(database, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.url(database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
