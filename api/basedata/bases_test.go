package basedata

import (
	"context"
	"errors"
	"sync"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// countingStore is a store of base data that counts what is open.
type countingStore struct {
	store.Bases
	mutex  sync.Mutex
	opened int
	open   map[*book]bool
	broken bool
}

type book struct {
	geo.Layer
	counting *countingStore
}

func (b *book) Close() error {
	b.counting.mutex.Lock()
	defer b.counting.mutex.Unlock()
	if !b.counting.open[b] {
		return errors.New("closed twice")
	}
	delete(b.counting.open, b)
	return nil
}

func (s *countingStore) Base(_ context.Context, county string, version int, _ orb.Bound, _ []string) (*plan.Base, int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.broken {
		return nil, 0, store.ErrNotFound
	}
	s.opened++
	b := &book{geo.NewMemory(&geo.Table{Name: county}, county, "", nil), s}
	s.open[b] = true
	return plan.NewBase("test", map[domain.Role][]geo.Layer{domain.RedLine: {b}}), version, nil
}

// TestBases: what is used stays open, the last few stay open, everything else
// is closed, once; a failure opens anew.
func TestBases(t *testing.T) {
	s := &countingStore{open: map[*book]bool{}}
	b := New(s, 2)
	use := func(county string) func(error) {
		t.Helper()
		_, _, back, err := b.use(t.Context(), county, 1)
		if err != nil {
			t.Fatal(err)
		}
		return back
	}
	for range 3 {
		use("a")(nil)
	}
	if s.opened != 1 || len(s.open) != 1 {
		t.Errorf("opened %d times, %d open", s.opened, len(s.open))
	}
	held := use("a")
	use("b")(nil)
	use("c")(nil) // a leaves the list and is still used
	if len(s.open) != 3 {
		t.Errorf("%d open, a is in use", len(s.open))
	}
	held(nil)
	if len(s.open) != 2 {
		t.Errorf("%d open", len(s.open))
	}
	first, second := use("c"), use("c")
	first(errors.New("the file was changed"))
	use("c")(nil) // opened anew
	if s.opened != 4 {
		t.Errorf("opened %d times", s.opened)
	}
	second(nil)
	s.broken = true
	if _, _, _, err := b.use(t.Context(), "d", 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%v", err)
	}
	s.broken = false
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			o, base, back, err := b.use(context.Background(), string(rune('a'+i%7)), 1)
			if err != nil || !base.Has(domain.RedLine) || o.county != string(rune('a'+i%7)) {
				t.Errorf("%v", err)
				return
			}
			if i%11 == 0 {
				err = errors.New("broken")
			}
			back(err)
		})
	}
	group.Wait()
	if len(s.open) > 2 {
		t.Errorf("%d open", len(s.open))
	}
	if err := b.Close(); err != nil || len(s.open) != 0 {
		t.Errorf("%d open at the end, %v", len(s.open), err)
	}
}
