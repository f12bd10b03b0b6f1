package main

import (
	"runtime"
	"runtime/debug"
)

// How much a process may hold before and between collections. Collecting from
// 4 MB on, as Go does, costs a check of 1 000 changes a twentieth of its time,
// a single collection at 128 MB still a thirtieth on two processors (memory
// that is written to meanwhile is read first and its page mapped twice); it
// needs 150 MB. What grows beyond is collected at less than half of Go's usual
// growth, which costs no time that can be measured and a seventh less memory.
const (
	firstCollection = 160 << 20 // bytes
	heapGrowth      = 45        // percent of what is in use
)

// collectLate puts off the first collection. From then on the heap may grow by
// heapGrowth, and the memory limit is what it was (GOMEMLIMIT, or none).
func collectLate() {
	limit := debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(limit, firstCollection))
	debug.SetGCPercent(-1)
	runtime.AddCleanup(&canary{}, func(limit int64) {
		debug.SetGCPercent(heapGrowth)
		debug.SetMemoryLimit(limit)
	}, limit)
}

// canary is what the first collection finds dead. It holds a pointer, so that
// it shares its memory with nothing.
type canary struct{ _ *canary }
