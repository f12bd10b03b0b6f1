package main

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"
)

// promises is what the service was seen to keep and to break.
type promises struct {
	mutex   sync.Mutex
	broken  []string
	count   int // of what was broken
	kinds   map[string]*kind
	reports map[string][sha256.Size]byte // by plan
	same    int                          // reports that were the same again
	tiles   map[string]int               // by layer: tiles that show something
	deleted int
}

// kind is one kind of request.
type kind struct {
	statuses map[int]int
	took     []time.Duration
}

func newPromises() *promises {
	return &promises{kinds: map[string]*kind{}, reports: map[string][sha256.Size]byte{}, tiles: map[string]int{}}
}

// broke notes a broken promise; of many only the first are kept in words.
func (p *promises) broke(format string, args ...any) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	const most = 20
	if p.count++; len(p.broken) < most {
		p.broken = append(p.broken, fmt.Sprintf(format, args...))
	}
}

func (p *promises) answered(name string, status int, took time.Duration) {
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

// reported holds a report against an earlier one of the same plan.
func (p *promises) reported(plan string, report []byte) {
	sum := sha256.Sum256(report)
	p.mutex.Lock()
	before, ok := p.reports[plan]
	p.reports[plan] = sum
	if ok && before == sum {
		p.same++
	}
	p.mutex.Unlock()
	if ok && before != sum {
		p.broke("plan %s has two reports", plan)
	}
}

func (p *promises) drew(layer string, bytes int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if bytes > 0 {
		p.tiles[layer]++
	}
}

func (p *promises) forgot() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.deleted++
}
