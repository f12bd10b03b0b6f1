package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"landcheck/api/store"
)

func endTests() []test {
	return []test{
		{name: "drained", run: endDrained},
		{name: "given back", run: endGivenBack},
		{name: "in time", run: endInTime},
		{name: "killed", run: endKilled},
		{name: "killed every time", run: endKilledAlways},
	}
}

// endDrained: running checks end, waiting ones wait for the next worker.
func endDrained(r *fixture) {
	p := r.plan("150123", "a")
	first, second := r.check(p), r.check(p)
	began, release := make(chan struct{}), make(chan struct{})
	stop := r.work(1, patience, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		close(began)
		<-release
		return store.Outcome{Verdict: "compliant"}, ctx.Err()
	})
	r.wait("the run", began)
	time.AfterFunc(200*time.Millisecond, func() { close(release) })
	stop()
	if c, err := r.Check(r.Context(), first.ID); err != nil || c.State != store.Done {
		r.Errorf("what was running is %+v, %v", c, err)
	}
	waits, err := r.Check(r.Context(), second.ID)
	r.must(err)
	r.same(waits, second)
	r.counts(store.QueueCount{County: "150123", Queued: 1})
	r.work(1, 0, fine)
	r.ended(second.ID)
}

// endGivenBack: what does not end in time goes back as if it had not been
// tried, and is the next to run.
func endGivenBack(r *fixture) {
	p := r.plan("150123", "a")
	first, second := r.check(p), r.check(p)
	began := make(chan struct{})
	stop := r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		t.Progress(3, 4)
		close(began)
		<-ctx.Done()
		return store.Outcome{}, ctx.Err()
	})
	r.wait("the run", began)
	stop()
	back, err := r.Check(r.Context(), first.ID)
	r.must(err)
	r.same(back, first)
	var order []string
	r.work(1, 0, func(_ context.Context, t store.Task) (store.Outcome, error) {
		order = append(order, t.Check.ID)
		if t.Check.Attempt != 1 {
			r.Errorf("attempt %d", t.Check.Attempt)
		}
		return store.Outcome{}, nil
	})
	r.ended(second.ID)
	r.same(order, []string{first.ID, second.ID})
}

// endInTime: a run that succeeds though it was told to stop has succeeded.
func endInTime(r *fixture) {
	c := r.check(r.plan("150123", "a"))
	began := make(chan struct{})
	stop := r.work(1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		close(began)
		<-ctx.Done()
		return store.Outcome{Verdict: "compliant"}, nil
	})
	r.wait("the run", began)
	stop()
	if got := r.ended(c.ID); got.State != store.Done || got.Verdict != "compliant" {
		r.Errorf("check %+v", got)
	}
}

// Worker is the process that tests kill: it works one check at a time, and
// each of its runs leaves half of what it should, says so and hangs.
func Worker(s store.Store) int {
	if id := os.Getenv(deletesPlan); id != "" {
		return deletePlan(s, id)
	}
	err := s.Work(context.Background(), 1, 0, func(ctx context.Context, t store.Task) (store.Outcome, error) {
		if err := os.WriteFile(filepath.Join(t.Dir, "report.json"), []byte("half of "+t.Check.Plan), 0o600); err != nil {
			return store.Outcome{}, err
		}
		if err := os.WriteFile(filepath.Join(t.Dir, "scrap"), []byte("scrap"), 0o600); err != nil {
			return store.Outcome{}, err
		}
		t.Progress(1, 2)
		fmt.Println("running", t.Check.ID)
		bufio.NewReader(os.Stdin).ReadString('\n') // until it is told to go on
		return store.Outcome{Verdict: "violations", Faces: 666}, nil
	})
	fmt.Println("ended", err)
	return 1
}

// process starts a worker process and waits until it runs a check, whose id it
// gives; kill ends it with SIGKILL.
func (r *fixture) process() (id string, kill func()) {
	r.Helper()
	cmd := r.place.Worker(r.T)
	in, err := cmd.StdinPipe()
	r.must(err)
	out, err := cmd.StdoutPipe()
	r.must(err)
	var problems strings.Builder
	cmd.Stderr = &problems
	r.must(cmd.Start())
	var gone atomic.Bool
	kill = func() {
		if gone.CompareAndSwap(false, true) {
			cmd.Process.Signal(syscall.SIGKILL)
			cmd.Wait()
			in.Close()
			if r.place.Silent != nil {
				r.place.Silent(r.T)
			}
		}
	}
	r.Cleanup(kill)
	slow := time.AfterFunc(patience, kill)
	defer slow.Stop()
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scan := fmt.Sscanf(line, "running %s\n", &id); scan != nil {
		rest, _ := io.ReadAll(out)
		r.Fatalf("the worker process said %q, %v\n%s%s", line, err, rest, problems.String())
	}
	return id, kill
}

// whole is a run as it should be.
func whole(_ context.Context, t store.Task) (store.Outcome, error) {
	return store.Outcome{Verdict: "compliant", Faces: 7}, os.WriteFile(filepath.Join(t.Dir, "report.json"), []byte("all of "+t.Check.Plan), 0o600)
}

// endKilled: a process that is killed in the middle of a check leaves the check
// to others; it ends once, with what an undisturbed one leaves.
func endKilled(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	r.must(r.Close())
	id, kill := r.process()
	if id != c.ID {
		r.Fatalf("runs %s, not %s", id, c.ID)
	}
	kill()
	r.reopen()
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	news, err := r.Watch(ctx, c.ID)
	r.must(err)
	r.work(1, 0, whole)
	ends := 0
	var last store.Check
	for c := range news {
		if last = c; c.State.Ended() {
			ends++
		}
	}
	if ends != 1 || last.State != store.Done || last.Attempt != 1 || last.Interrupted != 1 || last.Verdict != "compliant" || last.Faces != 7 {
		r.Errorf("ended %d times, %+v", ends, last)
	}
	r.artifact(c.ID, "report.json", "all of "+p.ID)
	_, err = r.Artifact(r.Context(), c.ID, "scrap")
	r.is(err, store.ErrNotFound)
	r.counts()
}

// endKilledAlways: however often the process of a check's worker is ended, the
// check is made in the end; none of it counts as an attempt.
func endKilledAlways(r *fixture) {
	p := r.plan("150123", "a")
	c := r.check(p)
	r.must(r.Close())
	for range store.MaxAttempts + 1 {
		id, kill := r.process()
		if id != c.ID {
			r.Fatalf("runs %s, not %s", id, c.ID)
		}
		kill()
	}
	r.reopen()
	r.work(1, 0, fine)
	got := r.ended(c.ID)
	if got.State != store.Done || got.Attempt != 1 || got.Interrupted != store.MaxAttempts+1 || got.Problem != nil {
		r.Errorf("check %+v", got)
	}
	r.counts()
}
