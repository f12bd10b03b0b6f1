package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// TestBudget: what was used last stays, within the bytes; the very last stays
// however large.
func TestBudget(t *testing.T) {
	b := NewLRU[int](10)
	made := map[string]int{}
	of := func(key string, size int64) {
		t.Helper()
		if _, err := b.Of(t.Context(), key, func() (int, int64, error) { made[key]++; return len(key), size, nil }); err != nil {
			t.Fatal(err)
		}
	}
	of("a", 4)
	of("b", 4)
	of("a", 4) // used last
	of("c", 4) // b goes
	of("a", 4)
	of("b", 4)
	if made["a"] != 1 || made["b"] != 2 || made["c"] != 1 || b.size > 10 {
		t.Errorf("made %v, %d bytes", made, b.size)
	}
	of("large", 100)
	of("large", 100)
	if made["large"] != 1 || b.recent.Len() != 1 || b.size != 100 {
		t.Errorf("made %v, %d kept, %d bytes", made, b.recent.Len(), b.size)
	}
}

// TestBudgetOnce: many who ask at once have it made once; an error is nobody's
// to keep, and who gives up lets another one make it.
func TestBudgetOnce(t *testing.T) {
	b := NewLRU[string](1000)
	var made atomic.Int32
	begun, go1 := make(chan struct{}), make(chan struct{})
	gone, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() {
		_, err := b.Of(gone, "k", func() (string, int64, error) {
			close(begun)
			<-go1
			return "", 0, gone.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up hears %v", err)
		}
	})
	<-begun
	for range 20 {
		all.Go(func() {
			v, err := b.Of(t.Context(), "k", func() (string, int64, error) { made.Add(1); return "v", 1, nil })
			if v != "v" || err != nil {
				t.Errorf("%q, %v", v, err)
			}
		})
	}
	cancel()
	close(go1)
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
	if _, err := b.Of(t.Context(), "x", func() (string, int64, error) { return "", 0, fmt.Errorf("no") }); err == nil {
		t.Error("no error")
	}
	if v, err := b.Of(t.Context(), "x", func() (string, int64, error) { return "later", 1, nil }); v != "later" || err != nil {
		t.Errorf("%q, %v", v, err)
	}
}
