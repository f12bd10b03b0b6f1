package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// TestCollectLate holds the collector to its word: none while the heap is
// small, the usual growth and no limit of ours after the first.
func TestCollectLate(t *testing.T) {
	t.Setenv("GOGC", "") // whatever the tests run under
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) })
	runtime.GC()
	collectLate()
	before := collections()
	var kept [][]byte
	for range 40 {
		kept = append(kept, make([]byte, 1<<20))
	}
	if n := collections() - before; n != 0 {
		t.Errorf("%d collections while 40 MB were taken", n)
	}
	for range 400 {
		kept = append(kept[:10], make([]byte, 1<<20))
	}
	if collections() == before {
		t.Error("no collection while 400 MB were taken and dropped")
	}
	runtime.KeepAlive(kept)
	wait(t, heapGrowth, math.MaxInt64)
}

// TestCollectSteadily: a service collects at once, and then as Go does; both
// mind what GOGC asks for.
func TestCollectSteadily(t *testing.T) {
	t.Setenv("GOGC", "") // whatever the tests run under
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) })
	collectLate()
	collectSteadily()
	wait(t, usualGrowth, math.MaxInt64)
	t.Setenv("GOGC", "250")
	debug.SetGCPercent(250) // as Go does at the start
	collectLate()
	collectSteadily()
	wait(t, 250, math.MaxInt64)
}

// TestCollectUnderLimit: a limit that is set from outside stays.
func TestCollectUnderLimit(t *testing.T) {
	t.Setenv("GOGC", "") // whatever the tests run under
	const outside = 64 << 20
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(outside)
	t.Cleanup(func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) })
	collectLate()
	if got := debug.SetMemoryLimit(-1); got != outside {
		t.Errorf("the limit is %d, want %d", got, outside)
	}
	runtime.GC()
	wait(t, heapGrowth, outside)
}

// wait waits until the heap grows by percent under a limit.
func wait(t *testing.T, percent uint64, limit int64) {
	t.Helper()
	growth := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(time.Millisecond) {
		metrics.Read(growth)
		got, under := growth[0].Value.Uint64(), debug.SetMemoryLimit(-1)
		if got == percent && under == limit {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("after a collection the heap grows by %d %% under a limit of %d, want %d %% under %d", got, under, percent, limit)
		}
	}
}

func collections() uint32 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NumGC
}
