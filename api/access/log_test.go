package access

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

// TestReadingsOnce: a reading is recorded once an hour, however many come at
// one time; what could not be recorded is tried again; no more is remembered
// than there is room for.
func TestReadingsOnce(t *testing.T) {
	now := time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)
	r := NewLog(nil, func() time.Time { return now }, 100)
	var mutex sync.Mutex
	recorded := map[reading]int{}
	read := func(what reading, err error) error {
		return r.once(what, func() error {
			mutex.Lock()
			defer mutex.Unlock()
			if err == nil {
				recorded[what]++
			}
			return err
		})
	}
	tile := reading{"token:1", "base-layer", "150123.pbf"}
	full := errors.New("the disk is full")
	if err := read(tile, full); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { _ = read(tile, nil) })
	}
	all.Wait()
	others := []reading{{"token:2", "base-layer", "150123.pbf"}, {"token:1", "findings", "150123.pbf"}, {"token:1", "base-layer", "150124.pbf"}}
	for _, other := range others {
		_ = read(other, nil)
	}
	now = now.Add(time.Hour - time.Second)
	_ = read(tile, nil)
	for _, one := range append(others, tile) {
		if recorded[one] != 1 {
			t.Errorf("%v is recorded %d times", one, recorded[one])
		}
	}
	now = now.Add(time.Second)
	if _ = read(tile, nil); recorded[tile] != 2 {
		t.Errorf("in the next hour it is recorded %d times in all", recorded[tile])
	}
	for n := range 1000 {
		_ = read(reading{"token:1", "findings", fmt.Sprint(n)}, nil)
	}
	if len(r.seen) > 100 {
		t.Errorf("%d readings are remembered", len(r.seen))
	}
}

// BenchmarkReading is what a tile costs that was read before.
func BenchmarkReading(b *testing.B) {
	r := NewLog(nil, time.Now, MaxAccesses)
	what := reading{"token:1", "base-layer", "150123.pbf"}
	for b.Loop() {
		if err := r.once(what, func() error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
