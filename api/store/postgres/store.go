package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"landcheck/api/store"
	"landcheck/geo/postgis"
)

// Options of a store.
type Options struct {
	QueueLimit   int           // checks of one county that may wait; 0: any number
	CallerLimit  int           // checks of one caller that may wait; 0: any number
	Quota        store.Quota   // bytes of packages and artifacts of a county
	CheckTimeout time.Duration // of one run; 0: none
	// Lease is how long a worker may be silent before its check goes to
	// another; 0 means 10 s.
	Lease time.Duration
	// LoadSilence is how long a load of base data may be silent; 0 means
	// store.LoadSilence.
	LoadSilence time.Duration
	Log         *slog.Logger // nil: none
}

// Store is a store.Store in a database that others may use at the same time.
type Store struct {
	db    *postgis.DB
	pool  *pgxpool.Pool
	queue *river.Client[pgx.Tx] // hands in tickets, works none
	o     Options

	stop  context.CancelFunc // of the watch on the database
	group sync.WaitGroup
	watch *hub
}

var _ store.Store = (*Store)(nil)

// Open serves from a database. One whose schemas are too old or too new is a
// *geo.InputError that says what to run. Closing the store leaves db open.
func Open(ctx context.Context, db *postgis.DB, o Options) (*Store, error) {
	if o.Lease <= 0 {
		o.Lease = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	queue, err := river.NewClient(riverpgxv5.New(db.Pool()), &river.Config{Schema: riverSchema, Logger: quiet(o.Log)})
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	s := &Store{db: db, pool: db.Pool(), queue: queue, o: o}
	s.watch = newHub(s)
	watching, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	if err := s.ready(ctx); err != nil {
		s.stop()
		return nil, postgis.Unavailable(ctx, err) // a wrong schema is for whoever starts this: waiting does not mend it
	}
	s.group.Go(func() { s.watch.run(watching) })
	s.group.Go(func() { s.copyCatalogues(watching) })
	return s, nil
}

// Ready tells whether the database can be reached and has the schemas that
// this program needs, the queue's among them.
func (s *Store) Ready(ctx context.Context) (err error) {
	defer s.unavailable(ctx, &err)
	return s.ready(ctx)
}

func (s *Store) ready(ctx context.Context) error {
	if err := checkSchemas(ctx, s.db); err != nil {
		return err
	}
	var any bool
	return s.pool.QueryRow(ctx, "select exists (select from river.river_job)").Scan(&any)
}

// Close ends watching. Work ends by its own context, before this.
func (s *Store) Close() error {
	s.stop()
	s.group.Wait()
	s.watch.close()
	return nil
}

// quiet lets a library's warnings through and keeps its chatter out.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(warningHandler{log.Handler()}) }

type warningHandler struct{ slog.Handler }

func (w warningHandler) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && w.Handler.Enabled(ctx, l)
}

func (w warningHandler) WithAttrs(a []slog.Attr) slog.Handler {
	return warningHandler{w.Handler.WithAttrs(a)}
}
func (w warningHandler) WithGroup(name string) slog.Handler {
	return warningHandler{w.Handler.WithGroup(name)}
}
