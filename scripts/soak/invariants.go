package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// invariants is what the service was seen to keep and to break.
type invariants struct {
	mutex   sync.Mutex
	broken  []string
	count   int // of what was broken
	kinds   map[string]*kind
	reports map[string][]byte // the latest, by plan and caller
	dir     string            // where reports that differ are put
	plans   int               // that have been reported
	same    int               // reports that were the same again
	tiles   map[string]int    // by layer: tiles that show something
	deleted int
}

// kind is one kind of request.
type kind struct {
	statuses map[int]int
	took     []time.Duration
}

func newInvariants(dir string) *invariants {
	return &invariants{dir: dir, kinds: map[string]*kind{}, reports: map[string][]byte{}, tiles: map[string]int{}}
}

// violated notes a broken promise; of many only the first are kept in words.
func (p *invariants) violated(format string, args ...any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	const max = 20
	if p.count++; len(p.broken) < max {
		p.broken = append(p.broken, fmt.Sprintf(format, args...))
	}
}

func (p *invariants) answered(name string, status int, took time.Duration) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	k := p.kinds[name]
	if k == nil {
		k = &kind{statuses: map[int]int{}}
		p.kinds[name] = k
	}
	k.statuses[status]++
	if status < 400 {
		k.took = append(k.took, took)
	}
}

// reported holds a report against an earlier one of the same plan. Two that
// differ are kept as files.
func (p *invariants) reported(plan string, report []byte) {
	p.mutex.Lock()
	before, ok := p.reports[plan]
	p.reports[plan] = report
	same := ok && bytes.Equal(before, report)
	switch {
	case same:
		p.same++
	case !ok:
		p.plans++
	}
	p.mutex.Unlock()
	if !ok || same {
		return
	}
	one, other := filepath.Join(p.dir, plan[:12]+"-one.json"), filepath.Join(p.dir, plan[:12]+"-other.json")
	if err := errors.Join(os.WriteFile(one, before, 0o644), os.WriteFile(other, report, 0o644)); err != nil {
		p.violated("%v", err)
	}
	p.violated("a plan has two reports: %s, %s", one, other)
}

// forgot lets the reports of a plan go that was put away.
func (p *invariants) forgot(plan string, deleted bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if deleted {
		p.deleted++
	}
	for key := range p.reports {
		if strings.HasPrefix(key, plan) {
			delete(p.reports, key)
		}
	}
}

func (p *invariants) drew(layer string, bytes int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if bytes > 0 {
		p.tiles[layer]++
	}
}
