package api_test

import (
	"context"
	"errors"
	"sync"

	"landcheck/api/store"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// faultyStore is a store in which something goes wrong: what do gives back, by
// the name of the method.
type faultyStore struct {
	store.Store
	mutex sync.Mutex
	do    func(ctx context.Context, method string) error
	queue []store.QueueCount // where not nil, the answer of Queue
}

func (m *faultyStore) set(do func(ctx context.Context, method string) error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.do = do
}

// auditFull lets nothing be recorded that the store is only told of.
func (m *faultyStore) auditFull() {
	m.set(func(_ context.Context, method string) error {
		if method == "Record" {
			return errors.New("the trail is full")
		}
		return nil
	})
}

func (m *faultyStore) try(ctx context.Context, method string) error {
	m.mutex.Lock()
	do := m.do
	m.mutex.Unlock()
	if do == nil {
		return nil
	}
	return do(ctx, method)
}

func tried[T any](m *faultyStore, ctx context.Context, method string, call func() (T, error)) (T, error) {
	if err := m.try(ctx, method); err != nil {
		var none T
		return none, err
	}
	return call()
}

func (m *faultyStore) Plan(ctx context.Context, id string) (store.Plan, error) {
	return tried(m, ctx, "Plan", func() (store.Plan, error) { return m.Store.Plan(ctx, id) })
}

func (m *faultyStore) ListPlans(ctx context.Context, q store.Query) ([]store.Plan, error) {
	return tried(m, ctx, "ListPlans", func() ([]store.Plan, error) { return m.Store.ListPlans(ctx, q) })
}

func (m *faultyStore) AddPlan(ctx context.Context, p store.Plan, path string, trail ...store.Entry) (kept store.Plan, created bool, err error) {
	if err := m.try(ctx, "AddPlan"); err != nil {
		return store.Plan{}, false, err
	}
	if kept, created, err = m.Store.AddPlan(ctx, p, path, trail...); err == nil {
		err = m.try(ctx, "added")
	}
	return kept, created, err
}

func (m *faultyStore) Check(ctx context.Context, id string) (store.Check, error) {
	return tried(m, ctx, "Check", func() (store.Check, error) { return m.Store.Check(ctx, id) })
}

// AddCheck also goes wrong, as "added", when the check is there already.
func (m *faultyStore) AddCheck(ctx context.Context, c store.Check, key store.Key, trail ...store.Entry) (kept store.Check, created bool, err error) {
	if err := m.try(ctx, "Record"); len(trail) > 0 && err != nil {
		return store.Check{}, false, err
	}
	if kept, created, err = m.Store.AddCheck(ctx, c, key, trail...); err == nil {
		err = m.try(ctx, "added")
	}
	return kept, created, err
}

func (m *faultyStore) Watch(ctx context.Context, id string) (<-chan store.Check, error) {
	return tried(m, ctx, "Watch", func() (<-chan store.Check, error) { return m.Store.Watch(ctx, id) })
}

// Artifact also goes wrong, as "Read", after half of it has been read.
func (m *faultyStore) Artifact(ctx context.Context, id, name string) (store.Artifact, error) {
	a, err := m.Store.Artifact(ctx, id, name)
	if err != nil {
		return nil, err
	}
	return &halfRead{a, m, a.Size() / 2}, nil
}

type halfRead struct {
	store.Artifact
	m    *faultyStore
	left int64 // of the half
}

func (h *halfRead) Read(p []byte) (int, error) {
	if h.left <= 0 {
		if err := h.m.try(context.Background(), "Read"); err != nil {
			return 0, err
		}
	}
	n, err := h.Artifact.Read(p[:min(len(p), 4<<10)])
	h.left -= int64(n)
	return n, err
}

func (m *faultyStore) ListChecks(ctx context.Context, q store.Query) ([]store.Check, error) {
	return tried(m, ctx, "ListChecks", func() ([]store.Check, error) { return m.Store.ListChecks(ctx, q) })
}

func (m *faultyStore) LatestChecks(ctx context.Context, prefix string, plans []string) (map[string]store.Check, error) {
	return tried(m, ctx, "LatestChecks", func() (map[string]store.Check, error) { return m.Store.LatestChecks(ctx, prefix, plans) })
}

func (m *faultyStore) Base(ctx context.Context, code string, version int, near orb.Bound, neighbours []string) (*plan.Base, int, error) {
	if err := m.try(ctx, "Base"); err != nil {
		return nil, 0, err
	}
	return m.Store.Base(ctx, code, version, near, neighbours)
}

func (m *faultyStore) Counties(ctx context.Context, prefix string) ([]store.County, error) {
	return tried(m, ctx, "Counties", func() ([]store.County, error) { return m.Store.Counties(ctx, prefix) })
}

func (m *faultyStore) Datasets(ctx context.Context, code string) ([]store.Dataset, error) {
	return tried(m, ctx, "Datasets", func() ([]store.Dataset, error) { return m.Store.Datasets(ctx, code) })
}

func (m *faultyStore) AddToken(ctx context.Context, t store.Token) error {
	if err := m.try(ctx, "AddToken"); err != nil {
		return err
	}
	return m.Store.AddToken(ctx, t)
}

func (m *faultyStore) TokenByHash(ctx context.Context, hash string) (store.Token, error) {
	return tried(m, ctx, "TokenByHash", func() (store.Token, error) { return m.Store.TokenByHash(ctx, hash) })
}

func (m *faultyStore) ListTokens(ctx context.Context) ([]store.Token, error) {
	return tried(m, ctx, "ListTokens", func() ([]store.Token, error) { return m.Store.ListTokens(ctx) })
}

func (m *faultyStore) Record(ctx context.Context, e store.Entry) error {
	if err := m.try(ctx, "Record"); err != nil {
		return err
	}
	return m.Store.Record(ctx, e)
}

func (m *faultyStore) Entries(ctx context.Context, q store.Query) ([]store.Entry, error) {
	return tried(m, ctx, "Entries", func() ([]store.Entry, error) { return m.Store.Entries(ctx, q) })
}

func (m *faultyStore) Ready(ctx context.Context) error {
	if err := m.try(ctx, "Ready"); err != nil {
		return err
	}
	return m.Store.Ready(ctx)
}

func (m *faultyStore) Queue(ctx context.Context) ([]store.QueueCount, error) {
	return tried(m, ctx, "Queue", func() ([]store.QueueCount, error) {
		if m.queue != nil {
			return m.queue, nil
		}
		return m.Store.Queue(ctx)
	})
}
