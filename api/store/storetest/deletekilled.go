package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"time"

	"landcheck/api/store"
)

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
func keepingKilled(r *fixture) {
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
		if c, _, err := r.AddCheck(r.Context(), store.Check{Plan: p.ID}, store.Key{}); err == nil {
			_, err := r.Cancel(r.Context(), c.ID)
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
