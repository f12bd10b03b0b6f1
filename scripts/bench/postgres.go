package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// postgres is a server of the benchmark's own, with its data beside the
// county's, so that a later run finds it loaded. Tuned as for a bulk load and a
// few big queries, and not durable.
type postgres struct {
	bin, dir, socket string
	cmd              *exec.Cmd
	account          *syscall.Credential // root may not run it
}

func startPostgres(ctx context.Context, dir string) (*postgres, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return nil, errors.New("PostgreSQL is not installed: scripts/install.sh bench")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	p := &postgres{bin: filepath.Dir(found[len(found)-1]), dir: filepath.Join(dir, "postgres")}
	if p.socket, err = os.MkdirTemp("", "bench"); err != nil { // a socket's path must be short
		return nil, err
	}
	if os.Getuid() == 0 {
		who, err := user.Lookup("postgres")
		if err != nil {
			return nil, err
		}
		uid, _ := strconv.Atoi(who.Uid)
		gid, _ := strconv.Atoi(who.Gid)
		p.account = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := errors.Join(os.MkdirAll(p.dir, 0o700), os.Chown(p.dir, uid, gid), os.Chown(p.socket, uid, gid)); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(p.dir, "data")
	if !exists(data) {
		if out, err := p.as(exec.CommandContext(ctx, filepath.Join(p.bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("initdb: %w\n%s", err, out)
		}
	}
	p.cmd = p.as(exec.Command(filepath.Join(p.bin, "postgres"), "-D", data, "-k", p.socket, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_wal_size=16GB", "-c", "wal_level=minimal", "-c", "max_wal_senders=0",
		"-c", "shared_buffers=2GB", "-c", "work_mem=128MB", "-c", "maintenance_work_mem=1GB", "-c", "effective_cache_size=8GB", "-c", "random_page_cost=1.1",
		"-c", "max_connections=60", "-c", "log_min_messages=fatal"))
	log, err := os.Create(filepath.Join(dir, "postgres.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p.cmd.Stderr = log
	p.cmd.SysProcAttr.Setpgid = true // an interrupt from the keyboard is for us
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		err := p.psql(ctx, "postgres", "-c", "select 1").Run()
		if err == nil {
			return p, nil
		}
		if time.Now().After(end) || ctx.Err() != nil {
			return nil, errors.Join(fmt.Errorf("PostgreSQL does not start: %w", err), p.stop())
		}
	}
}

func (p *postgres) as(cmd *exec.Cmd) *exec.Cmd {
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.account}
	return cmd
}

// stop ends the server cleanly and waits for it.
func (p *postgres) stop() error {
	err := p.cmd.Process.Signal(syscall.SIGINT)
	_ = p.cmd.Wait()
	return errors.Join(err, os.RemoveAll(p.socket))
}

// settle has the server write what it still has to, which else it does while
// the next is measured.
func (p *postgres) settle(ctx context.Context) error {
	_, err := measure(ctx, p.psql(ctx, "postgres", "-c", "checkpoint"))
	return err
}

func (p *postgres) psql(ctx context.Context, database string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, filepath.Join(p.bin, "psql"),
		append([]string{"-h", p.socket, "-U", "postgres", "-d", database, "-X", "-q", "-v", "ON_ERROR_STOP=1"}, args...)...)
}

// url is how landcheck reaches a database, gdal how ogr2ogr does.
func (p *postgres) url(database string) string {
	return "postgres:///" + database + "?host=" + p.socket + "&user=postgres&sslmode=disable"
}

func (p *postgres) gdal(database string) string {
	return "PG:host=" + p.socket + " user=postgres dbname=" + database
}

// has tells whether a database is there.
func (p *postgres) has(ctx context.Context, database string) bool {
	return p.psql(ctx, database, "-c", "select 1").Run() == nil
}

// create makes an empty database with PostGIS, in place of any of that name.
func (p *postgres) create(ctx context.Context, database string) error {
	for _, args := range [][]string{
		{"postgres", "drop database if exists \"" + database + "\" with (force)"}, {"postgres", "create database \"" + database + "\""}, {database, "create extension postgis"}} {
		if out, err := p.psql(ctx, args[0], "-c", args[1]).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", args[1], err, out)
		}
	}
	return nil
}
