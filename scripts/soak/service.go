package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"landcheck/geo/postgis/pgtest"
	"landcheck/scripts/serving"
)

// service is the program serving, with tokens for its clients.
type service struct {
	cmd     *exec.Cmd
	ended   chan struct{}
	log     logTail
	base    string // address, with http://
	metrics string // address of /metrics
	data    string // where it keeps what grows
	cluster pgtest.Cluster
	tokens  map[string]string // county → secret of a submitter
	admin   string
}

// startService makes the store, the tokens and the process.
func startService(ctx context.Context, o options, f *field) (s *service, err error) {
	s = &service{tokens: map[string]string{}, ended: make(chan struct{})}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.stop())
		}
	}()
	store, err := s.makeStore(ctx, o, f)
	if err != nil {
		return s, err
	}
	for _, c := range f.counties {
		if s.tokens[c.code], err = token(ctx, o, store, "submitter "+c.code, "submitter", c.code); err != nil {
			return s, err
		}
	}
	if s.admin, err = token(ctx, o, store, "admin", "admin", "15"); err != nil {
		return s, err
	}
	address, err := serving.FreeAddress()
	if err != nil {
		return s, err
	}
	aside, err := serving.FreeAddress()
	if err != nil {
		return s, err
	}
	s.base, s.metrics = "http://"+address, "http://"+aside
	args := append([]string{"serve", "--listen", address, "--metrics-listen", aside, "--workers", "2", "--jobs", "1", "--log-level", "error"}, store...)
	if !o.database {
		for _, c := range f.counties {
			args = append(args, "--base", c.code+"="+c.base)
		}
	}
	s.cmd = exec.Command(o.landcheck, args...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		return s, err
	}
	go func() { _ = s.cmd.Wait(); close(s.ended) }()
	if err := serving.Ready(ctx, s.base, s.ended); err != nil {
		return s, fmt.Errorf("%w\n%s", err, s.said())
	}
	return s, nil
}

// makeStore gives the flags that name it.
func (s *service) makeStore(ctx context.Context, o options, f *field) ([]string, error) {
	s.data = filepath.Join(o.dir, "data")
	if !o.database {
		return []string{"--data", s.data}, nil
	}
	url, err := s.cluster.Make()
	if err != nil {
		return nil, err
	}
	s.data = s.cluster.Socket()
	commands := [][]string{{"migrate", "--database", url}}
	for _, c := range f.counties {
		commands = append(commands, []string{"load", c.base, "--to", url, "--county", c.code})
	}
	for _, args := range commands {
		if out, err := exec.CommandContext(ctx, o.landcheck, args...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", args[0], err, out)
		}
	}
	return []string{"--database", url}, nil
}

// token makes a token and gives its secret: the longest word that is said.
func token(ctx context.Context, o options, store []string, name, role, prefix string) (string, error) {
	args := append([]string{"token", "create", "--name", name, "--role", role, "--prefix", prefix}, store...)
	out, err := exec.CommandContext(ctx, o.landcheck, args...).Output()
	if err != nil {
		return "", fmt.Errorf("token create: %w\n%s", err, out)
	}
	secret := ""
	for _, word := range strings.Fields(string(out)) {
		if len(word) > len(secret) {
			secret = word
		}
	}
	return secret, nil
}

func (s *service) alive() bool {
	select {
	case <-s.ended:
		return false
	default:
		return true
	}
}

// stop ends the process, then the cluster.
func (s *service) stop() error {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-s.ended:
		case <-time.After(time.Minute):
			_ = s.cmd.Process.Kill()
			<-s.ended
			s.cluster.Stop()
			return errors.New("the service did not end within a minute of SIGTERM")
		}
	}
	s.cluster.Stop()
	return nil
}

func (s *service) said() string { return s.log.String() }

// logTail keeps the end of a log.
type logTail struct {
	mutex sync.Mutex
	text  []byte
}

func (t *logTail) Write(p []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	const max = 8 << 10
	if t.text = append(t.text, p...); len(t.text) > max {
		t.text = bytes.Clone(t.text[len(t.text)-max:])
	}
	return len(p), nil
}

func (t *logTail) String() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return string(t.text)
}

func dirSize(dir string) (size int64) {
	_ = filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		switch {
		case err != nil: // files go while they are counted
			return nil
		case d.IsDir() && d.Name() == "pg_wal": // PostgreSQL's own to clear
			return filepath.SkipDir
		case d.IsDir():
			return nil
		}
		if info, err := d.Info(); err == nil {
			size += info.Size()
		}
		return nil
	})
	return size
}
