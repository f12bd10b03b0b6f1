package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"landcheck/api/store"
)

func keepingTests() []test {
	return []test{
		{name: "deleted", run: keepingDeleted},
		{name: "deleted while it runs", run: keepingDeletedRunning},
		{name: "deleted at once", run: keepingAtOnce},
		{name: "deleted and killed", run: keepingKilled},
		{name: "pruned", run: keepingPruned},
		{name: "quota", config: Config{Quota: store.Quota{"": 1 << 30, "15": 10, "150124": 0}}, run: keepingQuota},
		{name: "quota of results", config: Config{Quota: store.Quota{"150123": 100}}, run: keepingQuotaOfResults},
	}
}

// done runs a check of a plan to its end.
func (r *rig) done(p store.Plan) store.Check {
	r.Helper()
	c := r.check(p)
	stop := r.work(1, 0, whole)
	c = r.ended(c.ID)
	stop()
	return c
}

// whole says that a plan is there with all that came of it, or nothing of it.
func (r *rig) whole(p store.Plan, checks []store.Check) (there bool) {
	r.Helper()
	_, err := r.Plan(r.ctx, p.ID)
	there = err == nil
	if !there {
		r.is(err, store.ErrNotFound)
	}
	path, release, err := r.Package(r.ctx, p.ID)
	if there {
		r.must(err)
		_, err := os.Stat(path)
		r.must(err)
		release()
	} else {
		r.is(err, store.ErrNotFound)
	}
	for _, c := range checks {
		got, err := r.Check(r.ctx, c.ID)
		if there {
			r.must(err)
			r.same(got, c)
			r.artifact(c.ID, "report.json", "all of "+p.ID)
			continue
		}
		r.is(err, store.ErrNotFound)
		_, err = r.Artifact(r.ctx, c.ID, "report.json")
		r.is(err, store.ErrNotFound)
		_, err = r.Watch(r.ctx, c.ID)
		r.is(err, store.ErrNotFound)
		_, err = r.Cancel(r.ctx, c.ID)
		r.is(err, store.ErrNotFound)
	}
	return there
}

// deletions are the entries of the audit trail that say so of an object.
func (r *rig) deletions(what, object string) (found []store.Entry) {
	r.Helper()
	all, err := r.Entries(r.ctx, store.Query{})
	r.must(err)
	for _, e := range all {
		if e.What == what && e.Object == object {
			found = append(found, e)
		}
	}
	return found
}

// keepingDeleted: a plan goes with everything but its entry, also after a
// restart; other plans stay, and it may come again.
func keepingDeleted(r *rig) {
	p, other := r.plan("150123", "a"), r.plan("150124", "a")
	checks := []store.Check{r.done(p), r.done(p)}
	others := []store.Check{r.done(other)}
	key := store.Key{Caller: "token:1", Value: "k", Request: "r"}
	keyed, _, err := r.AddCheck(r.ctx, store.Check{Plan: p.ID}, key)
	r.must(err)
	news, err := r.Watch(r.ctx, keyed.ID)
	r.must(err)
	last := <-news // what is deleted before it was read is never seen
	r.must(r.DeletePlan(r.ctx, p.ID, store.Entry{Who: "王工", What: "delete", Reason: "重复上传", Request: "r1"}))
	for c := range news {
		last = c
	}
	if last.ID != keyed.ID {
		r.Errorf("the watcher saw %+v", last)
	}
	gone := append(checks, keyed)
	for range 2 {
		if r.whole(p, gone) || !r.whole(other, others) {
			r.Error("the other plan went, or this one did not")
		}
		entries := r.deletions("delete", p.ID)
		if len(entries) != 1 || entries[0].Who != "王工" || entries[0].Reason != "重复上传" || entries[0].Digest != p.Digest || entries[0].County != p.County || entries[0].Request != "r1" {
			r.Errorf("entries %+v", entries)
		}
		plans, err := r.ListPlans(r.ctx, store.Query{})
		r.must(err)
		list, err := r.ListChecks(r.ctx, store.Query{})
		r.must(err)
		if len(plans) != 1 || len(list) != 1 {
			r.Errorf("%d plans, %d checks", len(plans), len(list))
		}
		r.counts()
		r.is(r.DeletePlan(r.ctx, p.ID, store.Entry{}), store.ErrNotFound)
		r.reopen()
	}
	again := r.plan("150123", "a")
	c, created, err := r.AddCheck(r.ctx, store.Check{Plan: again.ID}, key)
	if err != nil || !created || c.ID == keyed.ID {
		r.Errorf("the key of a deleted check gives %+v, %t, %v", c, created, err)
	}
}

// keepingDeletedRunning: a run of a deleted plan is told to stop, who watches is
// told that it was cancelled, and nothing that the run leaves is kept.
func keepingDeletedRunning(r *rig) {
	p := r.plan("150123", "a")
	c := r.check(p)
	began, told := make(chan struct{}), make(chan struct{})
	r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		if t.Check.ID != c.ID {
			return fine(ctx, t)
		}
		close(began)
		<-ctx.Done()
		close(told)
		return store.Outcome{Verdict: "late"}, nil
	})
	r.wait("the run", began)
	news, err := r.Watch(r.ctx, c.ID)
	r.must(err)
	last := <-news // it is being watched
	r.must(r.DeletePlan(r.ctx, p.ID, store.Entry{What: "delete"}))
	r.wait("the run's end", told)
	for now := range news {
		last = now
	}
	if last.State != store.Cancelled {
		r.Errorf("the watcher was last told of %+v", last)
	}
	next := r.plan("150123", "b") // the worker goes on
	r.ended(r.check(next).ID)
	r.whole(p, []store.Check{c})
	r.counts()
}

// keepingAtOnce: uploads, checks, downloads and deletions of one plan at a time
// get along: each either has the plan or not.
func keepingAtOnce(r *rig) {
	p := planOf("150123", "a")
	r.work(2, 0, whole)
	var group sync.WaitGroup
	var mutex sync.Mutex
	deleted := 0
	fair := func(err error) bool {
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			r.Error(err)
		}
		return err == nil
	}
	for i := range 6 {
		paths := make([]string, 15)
		for k := range paths {
			paths[k] = r.upload("a")
		}
		group.Go(func() {
			for k, path := range paths {
				if _, _, err := r.AddPlan(r.ctx, p, path); err != nil {
					r.Error(err)
				}
				c, _, err := r.AddCheck(r.ctx, store.Check{Plan: p.ID}, store.Key{Caller: "c", Value: fmt.Sprint(k % 3), Request: "r"})
				if fair(err) && i%2 == 0 {
					_, err := r.Cancel(r.ctx, c.ID)
					if !errors.Is(err, store.ErrFinished) {
						fair(err)
					}
				}
				if path, release, err := r.Package(r.ctx, p.ID); fair(err) {
					if _, err := os.ReadFile(path); err != nil && !errors.Is(err, os.ErrNotExist) {
						r.Error(err)
					}
					release()
				}
				if i%2 == 1 && fair(r.DeletePlan(r.ctx, p.ID, store.Entry{What: "delete"})) {
					mutex.Lock()
					deleted++
					mutex.Unlock()
				}
			}
		})
	}
	group.Wait()
	if n := len(r.deletions("delete", p.ID)); n != deleted || n == 0 {
		r.Errorf("%d deletions, %d entries", deleted, n)
	}
	err := r.DeletePlan(r.ctx, p.ID, store.Entry{What: "delete"})
	fair(err)
	list, err := r.ListChecks(r.ctx, store.Query{})
	r.must(err)
	if r.counts(); len(list) > 0 {
		r.Errorf("without their plan there are %+v", list)
	}
}

// deletesPlan has the worker process delete a plan.
const deletesPlan = "LANDCHECK_TEST_DELETES"

func deletePlan(s store.Store, id string) int {
	fmt.Println("deleting")
	if err := s.DeletePlan(context.Background(), id, store.Entry{Who: "killed", What: "delete"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return 0
}

// keepingKilled: whenever a process that deletes is killed, the plan is there
// whole after the next start, or gone with one entry that says so.
func keepingKilled(r *rig) {
	gone := 0
	for round := range 24 {
		p := r.plan("150123", fmt.Sprint("plan ", round))
		checks := []store.Check{r.done(p), r.done(p)}
		r.must(r.Close())
		cmd := r.place.Worker(r.T)
		cmd.Env = append(cmd.Env, deletesPlan+"="+p.ID)
		out, err := cmd.StdoutPipe()
		r.must(err)
		var problems strings.Builder
		cmd.Stderr = &problems
		r.must(cmd.Start())
		line, err := bufio.NewReader(out).ReadString('\n')
		if line != "deleting\n" {
			r.Fatalf("the process said %q, %v\n%s", line, err, problems.String())
		}
		time.Sleep(time.Duration(rand.IntN(1<<(4+rand.IntN(13)))) * time.Microsecond)
		r.must(cmd.Process.Signal(syscall.SIGKILL))
		io.Copy(io.Discard, out)
		cmd.Wait()
		r.use(r.place.Open(r.T))
		// Waits for a transaction that the database has not yet ended.
		if c, _, err := r.AddCheck(r.ctx, store.Check{Plan: p.ID}, store.Key{}); err == nil {
			_, err := r.Cancel(r.ctx, c.ID)
			r.must(err)
		} else {
			r.is(err, store.ErrNotFound)
		}
		entries := 1
		if r.whole(p, checks) {
			entries = 0
		}
		if n := len(r.deletions("delete", p.ID)); n != entries {
			r.Errorf("round %d: %d entries, want %d", round, n, entries)
		}
		gone += entries
	}
	r.Logf("%d of 24 were gone", gone)
}

// keepingPruned: what is older than it is kept goes, with what came of it and
// an entry; what is in use or younger stays. A dry run says the same and does
// nothing.
func keepingPruned(r *rig) {
	old := func(county, text string) store.Plan {
		p := planOf(county, text)
		p.Created = time.Now().Add(-time.Hour).UTC().Truncate(time.Microsecond)
		p, _, err := r.AddPlan(r.ctx, p, r.upload(text))
		r.must(err)
		return p
	}
	unused, used, waits, young := old("150124", "unused"), old("150123", "used"), old("150123", "waits"), r.plan("150123", "young")
	usedCheck, waitsCheck := r.done(used), r.done(waits)
	queued := r.check(waits)
	prune := func(keep time.Duration, dry bool, want ...store.PrunedCounty) {
		r.Helper()
		got, err := r.Prune(r.ctx, store.Retention{Keep: keep, DryRun: dry, By: "prune"})
		r.must(err)
		r.same(got.Counties, want)
	}
	size := func(p store.Plan, checks int) int64 { return p.Size + int64(checks*len("all of "+p.ID)) }
	first := store.PrunedCounty{County: "150124", Plans: 1, Bytes: size(unused, 0)}
	for _, dry := range []bool{true, false} {
		prune(time.Minute, dry, first)
	}
	prune(time.Minute, false)
	if r.whole(unused, nil) || !r.whole(used, []store.Check{usedCheck}) || !r.whole(young, nil) {
		r.Error("what is used or young went, or what is not did not")
	}
	if e := r.deletions("prune", unused.ID); len(e) != 1 || e[0].Who != "prune" || e[0].Digest != unused.Digest || !strings.Contains(e[0].Reason, "1m") {
		r.Errorf("entries %+v", e)
	}
	all := store.PrunedCounty{County: "150123", Plans: 2, Checks: 2, Bytes: size(used, 1) + size(young, 0) + int64(len("all of "+waits.ID))}
	for _, dry := range []bool{true, false} {
		prune(time.Nanosecond, dry, all)
	}
	r.reopen()
	if r.whole(used, []store.Check{usedCheck}) || r.whole(young, nil) || !r.whole(waits, nil) {
		r.Error("plans were pruned that wait, or others not")
	}
	_, err := r.Check(r.ctx, waitsCheck.ID)
	r.is(err, store.ErrNotFound)
	r.counts(store.QueueCount{County: "150123", Queued: 1})
	stop := r.work(1, 0, whole)
	r.ended(queued.ID)
	stop()
	keepingPrunedAudit(r)
}

// keepingPrunedAudit: a trail that is kept for long stays; entries never change.
func keepingPrunedAudit(r *rig) {
	before, err := r.Entries(r.ctx, store.Query{})
	r.must(err)
	got, err := r.Prune(r.ctx, store.Retention{Audit: 24 * time.Hour})
	r.must(err)
	after, err := r.Entries(r.ctx, store.Query{})
	r.must(err)
	if r.same(after, before); got.Audit != 0 || len(before) == 0 {
		r.Errorf("%d entries went", got.Audit)
	}
	for i := range 3 { // of last year, then of today
		r.must(r.Record(r.ctx, store.Entry{What: fmt.Sprint("old ", i), Time: time.Now().AddDate(-1, 0, 0)}))
	}
	r.must(r.Record(r.ctx, store.Entry{What: "new"}))
	for _, dry := range []bool{true, false} {
		got, err := r.Prune(r.ctx, store.Retention{Audit: 24 * time.Hour, DryRun: dry, By: "prune"})
		r.must(err)
		if got.Audit != 3 {
			r.Errorf("dry %t: %d entries", dry, got.Audit)
		}
	}
	after, err = r.Entries(r.ctx, store.Query{})
	r.must(err)
	for _, e := range after {
		if strings.HasPrefix(e.What, "old ") {
			r.Errorf("%+v is still there", e)
		}
	}
	if len(after) != len(before)+2 || after[0].What != "audit-prune" || after[1].What != "new" {
		r.Errorf("%d entries, before %d; the last %+v", len(after), len(before), after[0])
	}
}

// keepingQuota: a county takes no more than its room, whoever comes first; what
// is there already is no more, and what is deleted makes room.
func keepingQuota(r *rig) {
	add := func(county, text string) error {
		_, _, err := r.AddPlan(r.ctx, planOf(county, text), r.upload(text))
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
	_, _, err := r.AddCheck(r.ctx, store.Check{Plan: planOf("150123", "1234").ID}, store.Key{})
	full(err)
	r.must(r.DeletePlan(r.ctx, planOf("150123", "123456").ID, store.Entry{What: "delete"}))
	var group sync.WaitGroup
	var mutex sync.Mutex
	kept := 0
	for i := range 8 {
		path := r.upload(fmt.Sprint("n", i))
		group.Go(func() {
			_, created, err := r.AddPlan(r.ctx, planOf("150123", fmt.Sprint("n", i)), path)
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
func keepingQuotaOfResults(r *rig) {
	p := r.plan("150123", "a")
	c := r.check(p)
	stop := r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		return store.Outcome{}, os.WriteFile(filepath.Join(t.Dir, "report.json"), make([]byte, 100), 0o600)
	})
	r.ended(c.ID)
	stop()
	for range 2 {
		_, _, err := r.AddCheck(r.ctx, store.Check{Plan: p.ID}, store.Key{})
		r.is(err, store.ErrQuota)
		r.reopen()
	}
	_, err := r.Prune(r.ctx, store.Retention{Keep: time.Nanosecond})
	r.must(err)
	r.plan("150123", "a")
}
