package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// sampleEvery is how often the process is looked at.
const sampleEvery = 5 * time.Second

// procSample is what the process has at one moment. What is not known is -1.
type procSample struct {
	server, all                               int64 // bytes resident: the server, with its children
	descriptors, threads, mappings, goroutine int64
	children, data                            int64
}

// watcher samples a service until it is stopped.
type watcher struct {
	cancel context.CancelFunc
	done   chan []procSample
}

func watchService(ctx context.Context, s *service) *watcher {
	ctx, cancel := context.WithCancel(ctx)
	w := &watcher{cancel, make(chan []procSample, 1)}
	go func() {
		var all []procSample
		tick := time.NewTicker(sampleEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				all = append(all, takeSample(ctx, s))
			case <-ctx.Done():
				w.done <- all
				return
			}
		}
	}()
	return w
}

func (w *watcher) stop() []procSample {
	w.cancel()
	return <-w.done
}

func takeSample(ctx context.Context, s *service) procSample {
	pid := s.cmd.Process.Pid
	one := procSample{server: resident(pid), threads: entries(pid, "task"), descriptors: entries(pid, "fd"),
		mappings: lines(pid, "maps"), goroutine: goroutines(ctx, s), data: dirSize(s.data)}
	one.all = one.server
	for _, child := range descendants(pid) {
		one.children++
		one.all += resident(child)
	}
	return one
}

func proc(pid int, name string) string { return filepath.Join("/proc", strconv.Itoa(pid), name) }

// resident is the memory of a process; of one that has gone none.
func resident(pid int) int64 {
	data, err := os.ReadFile(proc(pid, "statm"))
	fields := strings.Fields(string(data))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

func entries(pid int, name string) int64 {
	all, err := os.ReadDir(proc(pid, name))
	if err != nil {
		return -1
	}
	return int64(len(all))
}

func lines(pid int, name string) int64 {
	data, err := os.ReadFile(proc(pid, name))
	if err != nil {
		return -1
	}
	return int64(bytes.Count(data, []byte("\n")))
}

// descendants are the processes that a process started, and those started.
func descendants(pid int) (all []int) {
	parents := map[int][]int{}
	dirs, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, d := range dirs {
		data, err := os.ReadFile(d)
		if err != nil {
			continue
		}
		fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
		if len(fields) < 2 {
			continue
		}
		child, _ := strconv.Atoi(filepath.Base(filepath.Dir(d)))
		parent, _ := strconv.Atoi(fields[1])
		parents[parent] = append(parents[parent], child)
	}
	for next := parents[pid]; len(next) > 0; next = next[1:] {
		all = append(all, next[0])
		next = append(next, parents[next[0]]...)
	}
	return all
}

// goroutines asks the service's metrics.
func goroutines(ctx context.Context, s *service) int64 {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.metrics+"/metrics", nil)
	if err != nil {
		return -1
	}
	req.Header.Set("Authorization", "Bearer "+s.admin)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return -1
	}
	defer res.Body.Close()
	var n int64 = -1
	for lines := bufio.NewScanner(io.LimitReader(res.Body, 1<<20)); lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "go_goroutines %d", &n); err == nil {
			break
		}
	}
	return n
}
