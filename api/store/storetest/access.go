package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"landcheck/api/store"
)

func tokenTests() []test {
	return []test{
		{name: "come and go", run: tokensComeAndGo},
		{name: "each once", run: tokensOnce},
	}
}

func auditTests() []test {
	return []test{
		{name: "pages", run: auditPages},
		{name: "all at once", run: auditAtOnce},
		{name: "with what was done", run: auditWith},
	}
}

// auditWith: what changes the store is in the trail together with it, once.
func auditWith(r *fixture) {
	entry := func(what string) store.Entry { return store.Entry{Who: "张三", What: what, County: "150123"} }
	p := planOf("150123", "a")
	for range 2 { // somebody sends it again: that is recorded as well
		_, _, err := r.AddPlan(r.Context(), p, r.upload("a"), entry("upload"))
		r.must(err)
	}
	key := store.Key{Caller: "张三", Value: "k", Request: "r"}
	var c store.Check
	for range 2 { // the same request: nothing is done
		var err error
		c, _, err = r.AddCheck(r.Context(), store.Check{Plan: p.ID}, key, entry("check"))
		r.must(err)
	}
	_, _, err := r.AddCheck(r.Context(), store.Check{Plan: "none"}, store.Key{}, entry("check of nothing"))
	r.is(err, store.ErrNotFound)
	_, err = r.Cancel(r.Context(), c.ID, entry("cancel"))
	r.must(err)
	_, err = r.Cancel(r.Context(), c.ID, entry("cancel again"))
	r.is(err, store.ErrFinished)
	all, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	var got []string
	for _, e := range all {
		got = append(got, e.What)
		if e.ID == "" || e.Time.IsZero() || e.What == "check" && e.Object != c.ID {
			r.Errorf("entry %+v", e)
		}
	}
	r.same(got, []string{"cancel", "check", "upload", "upload"})
}

func tokensComeAndGo(r *fixture) {
	none, err := r.ListTokens(r.Context())
	r.must(err)
	r.same(none, []store.Token{})
	now := time.Now().UTC().Truncate(time.Millisecond)
	later, soon, past := now.Add(time.Hour), now.Add(time.Second), now.Add(-time.Second)
	all := []store.Token{ // newest first
		{ID: "t5", Name: "过期", Hash: "h5", Role: store.Reviewer, Prefix: "15", Created: now.Add(5), Expires: &past},
		{ID: "t4", Name: "soon", Hash: "h4", Role: store.Reviewer, Prefix: "15", Created: now.Add(-time.Minute), Expires: &soon},
		{ID: "t3", Name: "later", Hash: "h3", Role: store.Submitter, Prefix: "150123", Created: now.Add(-time.Hour), Expires: &later},
		{ID: "t2", Name: "局长", Hash: "h2", Role: store.Admin, Created: now.Add(-2 * time.Hour)},
		{ID: "t1", Name: "same time", Hash: "h1", Role: store.Admin, Created: now.Add(-2 * time.Hour)},
	}
	all[0].Created = now
	for _, t := range slices.Backward(all) {
		r.must(r.AddToken(r.Context(), t))
	}
	listed := func() []store.Token {
		r.Helper()
		got, err := r.ListTokens(r.Context())
		r.must(err)
		return got
	}
	r.same(listed(), all)
	if text, err := json.Marshal(listed()); err != nil || strings.Contains(string(text), "h2") {
		r.Errorf("a hash shows: %s, %v", text, err)
	}
	for _, t := range all[2:] {
		got, err := r.TokenByHash(r.Context(), t.Hash)
		r.must(err)
		r.same(got, t)
		if got.Hash != t.Hash {
			r.Errorf("hash %q", got.Hash)
		}
	}
	for _, hash := range []string{"h5", "", "nothing", "H2", "h%"} {
		_, err := r.TokenByHash(r.Context(), hash)
		r.is(err, store.ErrNotFound)
	}
	r.until("a token expires", func() bool { _, err := r.TokenByHash(r.Context(), "h4"); return err != nil })

	r.must(r.RevokeToken(r.Context(), "t2"))
	_, err = r.TokenByHash(r.Context(), "h2")
	r.is(err, store.ErrNotFound)
	ended := listed()
	if at := ended[3].Revoked; at == nil || time.Since(*at) > time.Minute || at.Location() != time.UTC {
		r.Errorf("revoked %v", at)
	}
	r.must(r.RevokeToken(r.Context(), "t2"))
	r.same(listed(), ended)
	r.is(r.RevokeToken(r.Context(), "nothing"), store.ErrNotFound)
	r.reopen()
	r.same(listed(), ended)
	_, err = r.TokenByHash(r.Context(), "h2")
	r.is(err, store.ErrNotFound)
	_, err = r.TokenByHash(r.Context(), "h3")
	r.must(err)
}

func tokensOnce(r *fixture) {
	r.must(r.AddToken(r.Context(), store.Token{ID: "a", Hash: "h", Role: store.Admin}))
	r.is(r.AddToken(r.Context(), store.Token{ID: "a", Hash: "other", Role: store.Admin}), store.ErrConflict)
	r.is(r.AddToken(r.Context(), store.Token{ID: "b", Hash: "h", Role: store.Admin}), store.ErrConflict)
	all, err := r.ListTokens(r.Context())
	r.must(err)
	if len(all) != 1 || all[0].ID != "a" || time.Since(all[0].Created) > time.Minute {
		r.Errorf("tokens %+v", all)
	}
}

func auditPages(r *fixture) {
	var all []store.Entry // newest first
	for i := range 25 {
		e := store.Entry{
			Who: "张三", What: "upload", Object: fmt.Sprint("plan-", i), County: []string{"150123", "150124", "", "320102"}[i%4],
			Digest: "sha256:1", Request: fmt.Sprint("r\n\"", i),
		}
		if i == 7 {
			e.Time = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		}
		r.must(r.Record(r.Context(), e))
		all = slices.Insert(all, 0, e)
	}
	got, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	if len(got) != len(all) {
		r.Fatalf("%d entries", len(got))
	}
	for i, e := range got {
		want := all[i]
		if want.ID = e.ID; want.Time.IsZero() {
			want.Time = e.Time
			if time.Since(e.Time) > time.Minute || e.Time.Location() != time.UTC {
				r.Errorf("time %v", e.Time)
			}
		}
		r.same(e, want)
		if e.ID == "" || i > 0 && e.ID >= got[i-1].ID {
			r.Errorf("ids do not follow time: %q after %q", got[i].ID, e.ID)
		}
	}
	all = got
	r.reopen()
	for _, c := range []struct {
		q    store.Query
		keep func(e store.Entry) bool
	}{
		{store.Query{}, func(store.Entry) bool { return true }},
		{store.Query{Prefix: "1501"}, func(e store.Entry) bool { return strings.HasPrefix(e.County, "1501") }},
		{store.Query{County: "320102"}, func(e store.Entry) bool { return e.County == "320102" }},
		{store.Query{County: "320102", Prefix: "15"}, func(store.Entry) bool { return false }},
	} {
		var want []store.Entry
		for _, e := range all {
			if c.keep(e) {
				want = append(want, e)
			}
		}
		for _, size := range []int{1, 7, 100} {
			var got []store.Entry
			for c.q.Limit, c.q.After = size, ""; ; c.q.After = got[len(got)-1].ID {
				page, err := r.Entries(r.Context(), c.q)
				r.must(err)
				if got = append(got, page...); len(page) < size {
					break
				}
			}
			r.same(got, want)
		}
	}
}

func auditAtOnce(r *fixture) {
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() {
			for k := range 10 {
				if err := r.Record(r.Context(), store.Entry{Who: fmt.Sprint(i), What: fmt.Sprint(k)}); err != nil {
					r.Error(err)
				}
			}
		})
	}
	all.Wait()
	got, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	seen := map[string]bool{}
	last := map[string]string{}
	for _, e := range got {
		if seen[e.ID] || last[e.Who] != "" && e.What >= last[e.Who] {
			r.Errorf("entry %+v", e)
		}
		seen[e.ID], last[e.Who] = true, e.What
	}
	if len(got) != 100 {
		r.Errorf("%d entries", len(got))
	}
}
