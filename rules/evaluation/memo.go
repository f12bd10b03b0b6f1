package evaluation

import "sync"

func entry[K comparable, T any](m map[K]*T, k K) *T {
	if m[k] == nil {
		m[k] = new(T)
	}
	return m[k]
}

// memo finds each thing once, for whoever asks first; the others wait for it.
type memo[T any] struct {
	mu    sync.Mutex
	found map[string]func() (T, error)
}

func (m *memo[T]) get(key string, find func() (T, error)) (T, error) {
	m.mu.Lock()
	got := m.found[key]
	if got == nil {
		if m.found == nil {
			m.found = map[string]func() (T, error){}
		}
		got = sync.OnceValues(find)
		m.found[key] = got
	}
	m.mu.Unlock()
	return got()
}
