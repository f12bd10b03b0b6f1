package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
)

// How much a process may hold before and between collections. Collecting from
// 4 MB on, as Go does, costs a check of 1 000 changes a twentieth of its time,
// a single collection at 128 MB still a thirtieth on two processors (memory that
// is written to meanwhile is read first, and its page mapped twice); it needs
// 145 MB. What grows beyond is collected at less than half of Go's usual
// growth, which costs no time that can be measured and a seventh less memory.
const (
	firstCollection = 176 << 20 // bytes
	heapGrowth      = 45        // percent of what is in use
	usualGrowth     = 100       // Go's own: a fifth more checks in a service's hour for a tenth more memory
)

// growth is how much the heap may grow from the first collection on, percent.
var growth atomic.Int64

// collectLate puts off the first collection. From then on the heap may grow by
// heapGrowth, or as GOGC says, and the memory limit is what it was (GOMEMLIMIT,
// or none).
func collectLate() {
	limit := debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(limit, firstCollection))
	growth.Store(int64(debug.SetGCPercent(-1)))
	collectAt(heapGrowth)
	runtime.AddCleanup(&gcSentinel{}, func(limit int64) {
		debug.SetGCPercent(int(growth.Load()))
		debug.SetMemoryLimit(limit)
	}, limit)
}

// collectSteadily ends collectLate, for a service: one that has nothing to do
// holds nothing, and one that has collects over and over.
func collectSteadily() {
	collectAt(usualGrowth)
	runtime.GC()
}

func collectAt(percent int64) {
	if os.Getenv("GOGC") == "" {
		growth.Store(percent)
	}
}

// gcSentinel is what the first collection finds dead. It holds a pointer, so that
// it shares its memory with nothing.
type gcSentinel struct{ _ *gcSentinel }
