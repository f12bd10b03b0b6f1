package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"landcheck/api/store"
)

// keepingQuota: a county takes no more than its room, whoever comes first; what
// is there already is no more, and what is deleted makes room.
func keepingQuota(r *fixture) {
	add := func(county, text string) error {
		_, _, err := r.AddPlan(r.Context(), planOf(county, text), r.upload(text))
		return err
	}
	full := func(err error) {
		r.Helper()
		var q *store.QuotaError
		if !errors.As(err, &q) || !errors.Is(err, store.ErrQuota) || q.Most != 10 || q.County != "150123" {
			r.Errorf("error %v", err)
		}
	}
	r.must(add("150123", "123456"))
	full(add("150123", "12345"))
	r.must(add("150123", "123456"))
	r.must(add("150123", "1234"))
	full(add("150123", "1"))
	r.must(add("150122", "1234567890"))
	r.must(add("150124", strings.Repeat("any", 9)))
	r.must(add("320102", strings.Repeat("other", 9)))
	r.reopen()
	full(add("150123", "2"))
	_, _, err := r.AddCheck(r.Context(), store.Check{Plan: planOf("150123", "1234").ID}, store.Key{})
	full(err)
	r.must(r.DeletePlan(r.Context(), planOf("150123", "123456").ID, store.Entry{What: "delete"}))
	var group sync.WaitGroup
	var mutex sync.Mutex
	kept := 0
	for i := range 8 {
		path := r.upload(fmt.Sprint("n", i))
		group.Go(func() {
			_, created, err := r.AddPlan(r.Context(), planOf("150123", fmt.Sprint("n", i)), path)
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil {
				full(err)
			} else if created {
				kept++
			}
		})
	}
	group.Wait()
	if kept != 3 {
		r.Errorf("%d plans of 2 bytes fit into 6", kept)
	}
}

// keepingQuotaOfResults: what runs leave counts as well, until it is pruned.
func keepingQuotaOfResults(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	stop := r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		return store.Outcome{}, os.WriteFile(filepath.Join(t.Dir, "report.json"), make([]byte, 100), 0o600)
	})
	r.ended(c.ID)
	stop()
	for range 2 {
		_, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, store.Key{})
		r.is(err, store.ErrQuota)
		r.reopen()
	}
	_, err := r.Prune(r.Context(), store.Retention{Keep: time.Nanosecond})
	r.must(err)
	r.plan("150123", "a")
}
