package cache

import (
	"container/list"
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/singleflight"
)

// LRU keeps values that never change within so many bytes of memory, those
// that were used last. The very last stays, however large: whoever looks at it
// asks again. A value that several ask for at once is made once.
type LRU[V any] struct {
	most   int64
	mutex  sync.Mutex
	size   int64
	recent *list.List // of *weighed[V], the latest first
	at     map[string]*list.Element
	flight singleflight.Group
}

type cacheEntry[V any] struct {
	key   string
	value V
	size  int64
}

// NewLRU keeps values within so many bytes.
func NewLRU[V any](most int64) *LRU[V] {
	return &LRU[V]{most: most, recent: list.New(), at: map[string]*list.Element{}}
}

// Of gives a value by its key, made by the first who asks, in that caller's
// time; an error is not kept. A caller who gave up lets the next one make it.
func (b *LRU[V]) Of(ctx context.Context, key string, make func() (V, int64, error)) (V, error) {
	for {
		if v, ok := b.Get(key); ok {
			return v, nil
		}
		mine := false
		v, err, _ := b.flight.Do(key, func() (any, error) {
			mine = true
			v, size, err := make()
			if err == nil {
				b.put(key, v, size)
			}
			return v, err
		})
		gaveUp := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
		if !mine && gaveUp && ctx.Err() == nil {
			continue
		}
		return v.(V), err
	}
}

// Get is a value that is kept.
func (b *LRU[V]) Get(key string) (value V, ok bool) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	e, ok := b.at[key]
	if !ok {
		return value, false
	}
	b.recent.MoveToFront(e)
	return e.Value.(*cacheEntry[V]).value, true
}

func (b *LRU[V]) put(key string, v V, size int64) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if _, ok := b.at[key]; ok {
		return
	}
	b.at[key] = b.recent.PushFront(&cacheEntry[V]{key, v, size})
	b.size += size
	for b.size > b.most && b.recent.Len() > 1 {
		last := b.recent.Remove(b.recent.Back()).(*cacheEntry[V])
		delete(b.at, last.key)
		b.size -= last.size
	}
}
