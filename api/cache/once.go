// Package cache keeps what is costly to make: a value read once, and values by
// key within a number of bytes.
package cache

import (
	"sync"
	"sync/atomic"
)

// Once is a value read once; an error is not kept.
type Once[T any] struct {
	mutex sync.Mutex // of who reads it
	value atomic.Pointer[T]
}

// Known is the value if it was read.
func (s *Once[T]) Known() (value T, ok bool) {
	if v := s.value.Load(); v != nil {
		return *v, true
	}
	return value, false
}

// Set is the value of what need not be read.
func (s *Once[T]) Set(value T) { s.value.Store(&value) }

// Get reads the value unless that was done; who comes meanwhile waits for it.
func (s *Once[T]) Get(read func() (T, error)) (T, error) {
	if v, ok := s.Known(); ok {
		return v, nil
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if v, ok := s.Known(); ok {
		return v, nil
	}
	value, err := read()
	if err == nil {
		s.Set(value)
	}
	return value, err
}
