package postgres

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/postgis"
)

// patience with anything that should happen by itself.
const patience = 2 * time.Minute

func opened(t *testing.T, db *postgis.DB, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), db, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// queued is a check that waits.
func queued(t *testing.T, s *Store) store.Check {
	t.Helper()
	path := filepath.Join(t.TempDir(), "p.zip")
	if err := os.WriteFile(path, []byte("p"), 0o600); err != nil {
		t.Fatal(err)
	}
	p, _, err := s.AddPlan(t.Context(), store.Plan{ID: "p", Digest: "sha256:1", File: "p.zip", County: "150123"}, path)
	if err != nil {
		t.Fatal(err)
	}
	c, _, err := s.AddCheck(t.Context(), store.Check{Plan: p.ID}, store.Key{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// working works until the test ends, or until stop is called.
func working(t *testing.T, s *Store, run store.Run) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Work(ctx, 1, 0, run) }()
	stop = func() {
		cancel()
		if err, ok := <-ended; ok {
			if close(ended); err != nil {
				t.Errorf("Work: %v", err)
			}
		}
	}
	t.Cleanup(stop)
	return stop
}

func ending(t *testing.T, s *Store, id string) (last store.Check) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	news, err := s.Watch(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for c := range news {
		last = c
	}
	if !last.State.Ended() {
		t.Fatalf("check has not ended: %+v", last)
	}
	return last
}

// TestFence: a worker that was frozen for longer than its lease, and wakes up
// to finish, writes nothing any more: the check is another's.
func TestFence(t *testing.T) {
	t.Parallel()
	db, url := migrated(t)
	s := opened(t, db, Options{})
	c := queued(t, s)
	cmd := runUntilKilled(t, url)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
	}()
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "running "+c.ID+"\n" {
		t.Fatalf("%q, %v", line, err)
	}
	cmd.Process.Signal(syscall.SIGSTOP)
	endLeases(t, db)
	began, release := make(chan struct{}), make(chan struct{})
	stop := working(t, s, func(_ context.Context, task store.Task) (store.Outcome, error) {
		close(began)
		<-release
		return store.Outcome{Verdict: "compliant", Faces: 7}, os.WriteFile(filepath.Join(task.Dir, "report.json"), []byte("all"), 0o600)
	})
	select {
	case <-began:
	case <-time.After(patience):
		t.Fatal("nobody took the check up")
	}
	// Both run it now. The first one goes on, and finishes.
	cmd.Process.Signal(syscall.SIGCONT)
	fmt.Fprintln(in)
	time.Sleep(lease) // for it to do whatever it does
	between, err := s.Check(t.Context(), c.ID)
	if err != nil || between.State != store.Running || between.Interrupted != 1 {
		t.Errorf("while the second runs, the check is %+v, %v", between, err)
	}
	close(release)
	got := ending(t, s, c.ID)
	time.Sleep(lease / 2)
	kept, err := s.Check(t.Context(), c.ID)
	if err != nil || kept.State != store.Done || kept.Faces != 7 || kept.Verdict != "compliant" || kept.Attempt != 1 || *kept.Finished != *got.Finished {
		t.Errorf("check %+v, %v", kept, err)
	}
	var files []string
	if err := db.Pool().QueryRow(t.Context(), "select array_agg(name) from service.artifact").Scan(&files); err != nil || strings.Join(files, " ") != "report.json" {
		t.Errorf("artifacts %v, %v", files, err)
	}
	stop()
}

// TestConnectionsLost: all connections break, again and again, as when a
// database fails over; checks go on and end once, watchers hear of it.
func TestConnectionsLost(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{Lease: lease})
	first := queued(t, s)
	ids := []string{first.ID}
	for range 5 {
		c, _, err := s.AddCheck(t.Context(), store.Check{Plan: first.Plan}, store.Key{})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	news, err := s.Watch(ctx, ids[5])
	if err != nil {
		t.Fatal(err)
	}
	working(t, s, func(context.Context, store.Task) (store.Outcome, error) {
		if err := cluster.Disconnect(db.Pool().Config().ConnConfig.Database); err != nil {
			t.Error(err)
		}
		return store.Outcome{Verdict: "compliant"}, nil
	})
	var last store.Check
	for c := range news {
		last = c
	}
	if last.State != store.Done {
		t.Errorf("the watcher heard last of %+v", last)
	}
	for _, id := range ids {
		var c store.Check
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if c, err = s.Check(t.Context(), id); err == nil && c.State.Ended() {
				break
			}
		}
		if c.State != store.Done {
			t.Errorf("check %+v, %v", c, err)
		}
	}
}

// TestCheckTimeout: a check that takes too long ends as an input error that says so.
func TestCheckTimeout(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{CheckTimeout: 200 * time.Millisecond})
	c := queued(t, s)
	working(t, s, func(ctx context.Context, _ store.Task) (store.Outcome, error) {
		<-ctx.Done()
		return store.Outcome{}, ctx.Err()
	})
	got := ending(t, s, c.ID)
	if got.State != store.Failed || got.Attempt != 1 || got.Problem == nil || !got.Problem.Fault || !strings.Contains(got.Problem.Detail.EN, "200ms") {
		t.Errorf("check %+v, %+v", got, got.Problem)
	}
}

// TestAuditStays: not even the owner of the table changes an entry.
func TestAuditStays(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{})
	if err := s.Record(t.Context(), store.Entry{Who: "张三", What: "upload"}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"update service.audit set who = '李四'", "delete from service.audit", "truncate service.audit"} {
		if _, err := db.Pool().Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if all, err := s.Entries(t.Context(), store.Query{}); err != nil || len(all) != 1 || all[0].Who != "张三" {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestMigrate: all schemas from nothing, once however many do it at a time; one
// that is too old or too new serves nobody, and says what to run.
func TestMigrate(t *testing.T) {
	t.Parallel()
	url := cluster.Database(t)
	db, err := postgis.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	refused := func(wants string) {
		t.Helper()
		fresh, err := postgis.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer fresh.Close()
		s, err := Open(t.Context(), fresh, Options{})
		if err == nil {
			s.Close()
		}
		if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN+f.Advice.EN, wants) || strings.Contains(f.Error(), "password") {
			t.Errorf("%v, want a fault with %q", err, wants)
		}
	}
	refused("brought up to date")
	const n = 4
	steps := make(chan []Step, n)
	for range n {
		go func() {
			s, err := Migrate(context.Background(), db)
			if err != nil {
				t.Error(err)
			}
			steps <- s
		}()
	}
	did := map[string]int{}
	for range n {
		for _, s := range <-steps {
			if s.To == 0 || s.From != 0 && s.From != s.To {
				t.Errorf("step %+v", s)
			}
			if s.From != s.To {
				did[s.Schema]++
			}
		}
	}
	if fmt.Sprint(did) != "map[base:1 river:1 service:1]" {
		t.Errorf("schemas were made %v times", did)
	}
	opened(t, db, Options{})
	for _, table := range []string{"base.schema_version", "service.schema_version"} {
		for change, wants := range map[string]string{"+ 1": "too new", "- 1": "brought up to date"} {
			undo := map[string]string{"+ 1": "- 1", "- 1": "+ 1"}[change]
			if _, err := db.Pool().Exec(t.Context(), "update "+table+" set version = version "+change); err != nil {
				t.Fatal(err)
			}
			refused(wants)
			if _, err := db.Pool().Exec(t.Context(), "update "+table+" set version = version "+undo); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := db.Pool().Exec(t.Context(), "insert into river.river_migration (line, version) values ('main', 999)"); err != nil {
		t.Fatal(err)
	}
	refused("too new")
}

// TestClosed: what is asked of a closed store fails, and says so.
func TestClosed(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{})
	c := queued(t, s)
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if _, err := s.Watch(t.Context(), c.ID); !errors.Is(err, errClosed) {
		t.Errorf("watch: %v", err)
	}
}

// TestTicketComesBack: workers that could not take up what waits, since the
// database had no room for them, say, try again as soon as before. The queue's
// own pauses grow to minutes.
func TestTicketComesBack(t *testing.T) {
	t.Parallel()
	db, _ := migrated(t)
	s := opened(t, db, Options{})
	rename := func(from, to string) {
		t.Helper()
		if _, err := db.Pool().Exec(t.Context(), "alter table service."+from+" rename to "+to); err != nil {
			t.Fatal(err)
		}
	}
	rename("turn", "away")
	c := queued(t, s)
	working(t, s, func(context.Context, store.Task) (store.Outcome, error) { return store.Outcome{}, nil })
	for failed, end := 0, time.Now().Add(patience); failed < 3; time.Sleep(10 * time.Millisecond) {
		const query = "select coalesce(max(attempt), 0) from river.river_job where state <> 'running'"
		if err := db.Pool().QueryRow(t.Context(), query).Scan(&failed); err != nil || time.Now().After(end) {
			t.Fatalf("the ticket has failed %d times, %v", failed, err)
		}
	}
	var wait time.Duration
	const query = "select max(scheduled_at - clock_timestamp()) from river.river_job where state <> 'running'"
	if err := db.Pool().QueryRow(t.Context(), query).Scan(&wait); err != nil || wait > 2*time.Second {
		t.Errorf("the ticket waits for %s, %v", wait, err)
	}
	rename("away", "turn")
	if got := ending(t, s, c.ID); got.State != store.Done || got.Attempt != 1 {
		t.Errorf("check %+v", got)
	}
}

// TestLeaseWhenBusy: a worker whose process has all its connections in use
// renews its lease all the same, and keeps what it runs.
func TestLeaseWhenBusy(t *testing.T) {
	t.Parallel()
	db, url := migrated(t)
	s := opened(t, db, Options{})
	c := queued(t, s)
	began, release := make(chan struct{}, store.MaxAttempts), make(chan struct{})
	working(t, s, func(ctx context.Context, _ store.Task) (store.Outcome, error) {
		began <- struct{}{}
		select {
		case <-release:
		case <-ctx.Done():
		}
		return store.Outcome{}, ctx.Err()
	})
	select {
	case <-began:
	case <-time.After(patience):
		t.Fatal("nobody took the check up")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for range db.Pool().Config().MaxConns {
		conn, err := db.Pool().Acquire(ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Release()
	}
	elsewhere, err := postgis.Open(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer elsewhere.Close()
	other := opened(t, elsewhere, Options{})
	var until, now time.Time
	for renewed := -1; renewed < 3; time.Sleep(20 * time.Millisecond) {
		if err := other.reap(ctx); err != nil {
			t.Fatal(err)
		}
		if err := other.pool.QueryRow(ctx, "select lease from service.check_run").Scan(&now); err != nil {
			t.Fatal(err)
		}
		if !now.Equal(until) {
			until, renewed = now, renewed+1
		}
	}
	if got, err := other.Check(ctx, c.ID); err != nil || got.State != store.Running || got.Attempt != 1 {
		t.Errorf("check %+v, %v", got, err)
	}
	close(release)
}
