package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"landcheck/api/store"
	"landcheck/geo/postgis"
	"landcheck/geo/transient"
)

// hardStop is how long runs that were told to stop have to do so.
const hardStop = 20 * time.Second

// worker works tickets for one call of Work.
type worker struct {
	river.WorkerDefaults[ticket]
	store *Store
	id    string
	run   store.Run

	most    int           // checks at one time, but for those in the additional places
	leaving chan struct{} // closed when no more are taken up
	turn    sync.Mutex    // held by who takes one up

	mutex sync.Mutex
	jobs  map[*job]bool // running here
	freed chan struct{} // closed when one of them has ended
}

// job is a claim that is being run.
type job struct {
	claim
	cancel context.CancelCauseFunc
}

// Work runs checks until ctx is done; see store.Store.
func (s *Store) Work(ctx context.Context, n int, drain time.Duration, run store.Run) error {
	if n < 1 {
		<-ctx.Done()
		return nil
	}
	w := &worker{store: s, id: uuid.NewString(), run: run, most: n,
		leaving: make(chan struct{}), jobs: map[*job]bool{}, freed: make(chan struct{})}
	client, pool, err := w.client(ctx, n)
	if err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	lives, stop := context.WithCancel(context.WithoutCancel(ctx))
	var group sync.WaitGroup
	group.Go(func() { w.renewLeases(lives, pool, n) })
	group.Go(func() { w.reap(lives) })
	if err = w.begin(ctx, client); err == nil {
		<-ctx.Done()
		err = w.drain(context.WithoutCancel(ctx), client, drain)
	}
	stop()
	group.Wait()
	if err != nil {
		go pool.Close() // waits for what did not stop
		return fmt.Errorf("queue: %w", err)
	}
	pool.Close()
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if err := s.gone(leaving, w.id); err != nil {
		s.o.Log.WarnContext(ctx, "the worker could not take its leave", "error", err)
	}
	return nil
}

// client makes a River client with connections of its own: the queue goes on
// where requests use up the others, and its listener is easily interrupted.
func (w *worker) client(ctx context.Context, n int) (*river.Client[tx], *pgxpool.Pool, error) {
	config := w.store.pool.Config()
	config.ConnConfig.BuildContextWatcherHandler = hangUp
	config.MinConns, config.MinIdleConns, config.MaxConns = 0, 0, 7
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, nil, err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, w)
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		ID:                          w.id,
		Schema:                      riverSchema,
		Queues:                      map[string]river.QueueConfig{riverQueue: {MaxWorkers: store.Slots(n)}},
		Workers:                     workers,
		JobTimeout:                  -1, // a check's own is in run
		FetchPollInterval:           500 * time.Millisecond,
		CompletedJobRetentionPeriod: time.Hour,
		Logger:                      quiet(w.store.o.Log),
	})
	if err != nil {
		pool.Close()
	}
	return client, pool, err
}

// begin starts the client, also where the database is unavailable just then.
func (w *worker) begin(ctx context.Context, client *river.Client[tx]) error {
	for {
		err := client.Start(context.WithoutCancel(ctx))
		if !transient.Is(postgis.Unavailable(context.WithoutCancel(ctx), err)) || ctx.Err() != nil {
			return err
		}
		w.store.o.Log.WarnContext(ctx, "the queue cannot be worked for now", "worker", w.id, "error", err)
		pause(ctx, time.Second)
	}
}

// drain lets runs end, then stops them.
func (w *worker) drain(ctx context.Context, client *river.Client[tx], wait time.Duration) error {
	close(w.leaving)
	soft, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	err := client.Stop(soft)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	hard, cancel := context.WithTimeout(ctx, hardStop)
	defer cancel()
	return client.StopAndCancel(hard)
}

// renewLeases renews the leases of what runs here, and stops what is lost. Requests
// that use up the other connections do not hold it up.
func (w *worker) renewLeases(ctx context.Context, pool *pgxpool.Pool, n int) {
	host, _ := os.Hostname()
	w.every(ctx, min(time.Second, w.store.o.Lease/4), "leases are not renewed", func(ctx context.Context) error {
		w.mutex.Lock()
		jobs := map[claimKey]*job{}
		var claims []claim
		for j := range w.jobs {
			jobs[j.key()] = j
			claims = append(claims, j.claim)
		}
		w.mutex.Unlock()
		if len(claims) > 0 {
			lost, err := w.store.renew(ctx, pool, claims)
			if err != nil {
				return err
			}
			for _, c := range lost {
				jobs[c.key()].cancel(errLost)
			}
		}
		return w.store.seen(ctx, pool, w.id, host, os.Getpid(), n)
	})
}

func (w *worker) reap(ctx context.Context) {
	w.every(ctx, min(5*time.Second, w.store.o.Lease/2), "silent workers are not looked for", w.store.reap)
}

// every does something at intervals until ctx is done; what fails is said and
// tried the next time. It takes no longer than a lease.
func (w *worker) every(ctx context.Context, interval time.Duration, failing string, do func(context.Context) error) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		timed, cancel := context.WithTimeout(ctx, w.store.o.Lease)
		err := do(timed)
		cancel()
		if err != nil && ctx.Err() == nil {
			w.store.o.Log.WarnContext(ctx, failing, "worker", w.id, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
