package storetest

import (
	"fmt"
	"sync"
	"time"

	"landcheck/api/store"
)

func townshipTests() []test {
	return []test{
		{name: "enter and remove", run: ledgerEntriesComeAndGo},
		{name: "at once", run: ledgerEntriesAtOnce},
		{name: "outlive plans", run: ledgerEntriesOutlivePlans},
	}
}

// moved is a project of a county.
func moved(county, code string, out float64) store.LedgerEntry {
	return store.LedgerEntry{County: county, Code: code, Name: "项目" + code, Check: "k" + code, Plan: "p", Digest: "sha256:1", By: "张三",
		Moves: []store.Move{{Township: county + "101", Out: out, In: out + 0.01}, {Township: county + "102", Out: 0.1 + 0.2}}}
}

// ledgerEntriesComeAndGo: a project is in the ledger once by its code, the same again
// changes nothing, another version takes its place, and all of it is in the trail.
func ledgerEntriesComeAndGo(r *fixture) {
	entry := func(what string) store.Entry { return store.Entry{Who: "张三", What: what, County: "150123"} }
	enter := func(p store.LedgerEntry, what string, want bool) store.LedgerEntry {
		r.Helper()
		kept, entered, err := r.EnterLedger(r.Context(), p, entry(what))
		r.must(err)
		if entered != want || kept.Entered.IsZero() || time.Since(kept.Entered) > time.Minute || kept.Entered.Location() != time.UTC {
			r.Errorf("%s: entered %v, %+v", what, entered, kept)
		}
		return kept
	}
	none, err := r.LedgerEntries(r.Context(), "150123")
	r.must(err)
	r.same(none, []store.LedgerEntry{})
	b := enter(moved("150123", "B", 120_000.01), "enter B", true)
	a := enter(moved("150123", "A-1", 5), "enter A", true)
	enter(moved("150123", "B", 120_000.01), "again", false)
	other := enter(moved("150124", "B", 7), "elsewhere", true)
	second := moved("150123", "B", 90_000)
	second.Check = "k2"
	b2 := enter(second, "second version", true)
	if b2.Moves[0].Out != 90_000 || b.Moves[0].Out != 120_000.01 || b.Moves[1].Out != 0.1+0.2 {
		r.Errorf("%+v, then %+v", b, b2)
	}
	listed := func(county string, want ...store.LedgerEntry) {
		r.Helper()
		got, err := r.LedgerEntries(r.Context(), county)
		r.must(err)
		r.same(got, append([]store.LedgerEntry{}, want...))
	}
	listed("150123", a, b2)
	listed("150124", other)
	listed("15", []store.LedgerEntry{}...)
	r.reopen()
	listed("150123", a, b2)
	r.is(r.RemoveFromLedger(r.Context(), "150123", "nothing", entry("remove nothing")), store.ErrNotFound)
	r.must(r.RemoveFromLedger(r.Context(), "150123", "B", entry("remove B")))
	listed("150123", a)
	listed("150124", other)
	trail, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	var got []string
	for _, e := range trail {
		got = append(got, e.What)
	}
	r.same(got, []string{"remove B", "second version", "elsewhere", "enter A", "enter B"})
}

// ledgerEntriesAtOnce: of many who enter the same, one does.
func ledgerEntriesAtOnce(r *fixture) {
	var group sync.WaitGroup
	entered := make(chan bool, 16)
	for range cap(entered) {
		group.Go(func() {
			_, did, err := r.EnterLedger(r.Context(), moved("150123", "A", 1), store.Entry{What: "enter"})
			if err != nil {
				r.Error(err)
			}
			entered <- did
		})
	}
	group.Wait()
	close(entered)
	n := 0
	for did := range entered {
		if did {
			n++
		}
	}
	all, err := r.LedgerEntries(r.Context(), "150123")
	r.must(err)
	trail, err := r.Entries(r.Context(), store.Query{})
	r.must(err)
	if n != 1 || len(all) != 1 || len(trail) != 1 {
		r.Error(fmt.Sprint(n, " entered, ", len(all), " are there, ", len(trail), " entries"))
	}
}

// ledgerEntriesOutlivePlans: what was approved stays in the ledger when its plan goes.
func ledgerEntriesOutlivePlans(r *fixture) {
	p := planOf("150123", "a")
	_, _, err := r.AddPlan(r.Context(), p, r.upload("a"))
	r.must(err)
	of := moved("150123", "A", 1)
	of.Plan = p.ID
	kept, _, err := r.EnterLedger(r.Context(), of)
	r.must(err)
	r.must(r.DeletePlan(r.Context(), p.ID, store.Entry{What: "delete"}))
	all, err := r.LedgerEntries(r.Context(), "150123")
	r.must(err)
	r.same(all, []store.LedgerEntry{kept})
}
