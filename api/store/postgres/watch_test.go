package postgres

import (
	"testing"

	"landcheck/api/store"
)

// TestWatchIsNotOlder: who begins to watch while the database is being read is
// not told what was read, but what is read after.
func TestWatchIsNotOlder(t *testing.T) {
	t.Parallel()
	h := newHub(&Store{}) // read when the test says so
	watch := func() <-chan store.Check {
		news, err := h.subscribe(t.Context(), "c")
		if err != nil {
			t.Fatal(err)
		}
		return news
	}
	early := watch()
	reading := h.take()
	late := watch()
	h.deliver(store.Check{ID: "c", State: store.Queued}, reading["c"])
	if c := <-early; c.State != store.Queued {
		t.Errorf("the first hears of %+v", c)
	}
	if len(late) != 0 {
		t.Errorf("the second hears of %+v", <-late)
	}
	reading = h.take()
	h.deliver(store.Check{ID: "c", State: store.Running}, reading["c"])
	for _, news := range []<-chan store.Check{early, late} {
		if c := <-news; c.State != store.Running {
			t.Errorf("then one hears of %+v", c)
		}
	}
}
