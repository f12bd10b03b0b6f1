package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"landcheck/scripts/serving"

	"golang.org/x/sync/errgroup"
)

// load is a running service under many clients, each of which has a plan of 100
// changes checked, waits for the verdict and fetches the report, again and again.
type load struct {
	field   *field
	clients int
	time    time.Duration
	client  *http.Client
	base    string // address of the interface
	mutex   sync.Mutex
	took    []time.Duration // from asking to the last byte of the report
}

// serveChanges is the size of the plans that the clients send.
const serveChanges = 100

func (l *load) run(ctx context.Context, w io.Writer) (err error) {
	address, err := serving.FreeAddress()
	if err != nil {
		return err
	}
	data := l.field.output("serve-data")
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	cmd := exec.Command(l.field.landcheck, "serve", "--listen", address, "--data", data,
		"--base", "150123="+l.field.county.base, "--workers", "2", "--jobs", "1", "--log-level", "error")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		err = errors.Join(err, os.RemoveAll(data))
	}()
	l.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.clients}}
	l.base = "http://" + address + "/v1"
	if err := serving.Ready(ctx, "http://"+address, nil); err != nil {
		return fmt.Errorf("%w\n%s", err, said.String())
	}
	before := cpuOf(cmd.Process.Pid)
	began := time.Now()
	if err := l.drive(ctx, began.Add(l.time)); err != nil {
		return err
	}
	wall, cpu := time.Since(began), cpuOf(cmd.Process.Pid)-before
	slices.Sort(l.took)
	n := len(l.took)
	fmt.Fprintf(w, "\nService: %d clients, each a plan of %d changes checked and its report fetched, county of %d parcels, files, 2 workers.\n\n",
		l.clients, serveChanges, l.field.county.parcels)
	fmt.Fprintf(w, "| checks | per second | p50, s | p99, s | errors | service's cpu a check, s | processors busy |\n|---:|---:|---:|---:|---:|---:|---:|\n")
	fmt.Fprintf(w, "| %d | %.2f | %.2f | %.2f | 0 | %.2f | %.2f |\n", n, float64(n)/wall.Seconds(), l.took[(n-1)/2].Seconds(), l.took[(n-1)*99/100].Seconds(),
		cpu.Seconds()/float64(n), cpu.Seconds()/wall.Seconds())
	return nil
}

// drive has the clients work until the end; any error ends it.
func (l *load) drive(ctx context.Context, end time.Time) error {
	plan, err := l.upload(ctx)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	for range l.clients {
		group.Go(func() error {
			for time.Now().Before(end) {
				began := time.Now()
				if err := l.check(ctx, plan); err != nil {
					return err
				}
				l.mutex.Lock()
				l.took = append(l.took, time.Since(began))
				l.mutex.Unlock()
			}
			return nil
		})
	}
	return group.Wait()
}

func (l *load) upload(ctx context.Context) (id string, err error) {
	body, err := os.ReadFile(l.field.county.plans[serveChanges])
	if err != nil {
		return "", err
	}
	var plan struct{ ID string }
	_, err = l.ask(ctx, "POST", l.base+"/plans", body, &plan, "Content-Type", "application/zip")
	return plan.ID, err
}

// check has one check made and reads its report.
func (l *load) check(ctx context.Context, plan string) error {
	var c struct{ ID, State string }
	if _, err := l.ask(ctx, "POST", l.base+"/plans/"+plan+"/checks", []byte("{}"), &c, "Content-Type", "application/json", "Prefer", "wait=60"); err != nil {
		return err
	}
	for c.State == "queued" || c.State == "running" {
		time.Sleep(50 * time.Millisecond)
		if _, err := l.ask(ctx, "GET", l.base+"/checks/"+c.ID, nil, &c); err != nil {
			return err
		}
	}
	var report struct{ Verdict string }
	if _, err := l.ask(ctx, "GET", l.base+"/checks/"+c.ID+"/report", nil, &report); err != nil {
		return err
	}
	if report.Verdict == "" {
		return fmt.Errorf("check %s (%s) has a report without a verdict", c.ID, c.State)
	}
	return nil
}

// ask sends a request with headers in pairs and reads the answer as JSON.
func (l *load) ask(ctx context.Context, method, url string, body []byte, into any, headers ...string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := l.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err
	}
	if res.StatusCode >= 300 {
		return res.StatusCode, fmt.Errorf("%s %s: %s\n%s", method, url, res.Status, data)
	}
	return res.StatusCode, json.Unmarshal(data, into)
}

// cpuOf is the processor time that a process has used.
func cpuOf(pid int) time.Duration {
	data, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(pid), "stat"))
	if err != nil {
		return 0
	}
	var user, system int64
	fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
	if len(fields) > 12 {
		fmt.Sscan(string(fields[11]), &user)
		fmt.Sscan(string(fields[12]), &system)
	}
	return time.Duration(user+system) * time.Second / 100 // ticks, 100 a second on every Linux
}
