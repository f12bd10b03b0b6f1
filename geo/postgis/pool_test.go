package postgis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/postgis/pgtest"
	"landcheck/geo/transient"
)

// TestPooler: pgbouncer in session mode is as the database itself, for many readers
// at a time; in the other modes it is refused at the start, saying what to set.
func TestPooler(t *testing.T) {
	url := postgres.Database(t)
	direct := connect(t, url)
	if _, _, err := direct.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := parcels(2000, "a")
	loadInto(t, direct, source("land_use", want))
	if direct.pooled.Load() {
		t.Error("the database itself counts as a pooler")
	}
	for _, mode := range []string{"transaction", "statement"} {
		address := pgtest.NewPooler(t, url, mode)
		for range 5 {
			db, err := Open(t.Context(), address)
			if err == nil {
				db.Close()
			}
			if f, ok := geo.AsInputError(err); !ok || MayCome(err) || !strings.Contains(f.Advice.EN, "pool_mode = session") {
				t.Errorf("%s mode: %v", mode, err)
			}
		}
	}
	db := connect(t, pgtest.NewPooler(t, url, "session"))
	if !db.pooled.Load() {
		t.Error("pgbouncer is not noticed")
	}
	var readers sync.WaitGroup
	for range 12 {
		readers.Go(func() {
			got := layers(t, db, 0)["land_use"]
			for i := range 10 {
				boxes := []orb.Bound{geo.Bound(square(float64(i)*10, 0, 50))}
				sameFeatures(t, fmt.Sprint("boxes ", i), near(t, got, boxes, []string{"BSM", "KCXS"}), near(t, want, boxes, []string{"BSM", "KCXS"}))
			}
		})
	}
	readers.Wait()
	if v := loadInto(t, db, source("pbf", parcels(30, "b"))); v != 2 {
		t.Errorf("loaded as version %d", v)
	}
}

// TestOthersAnswer: rows of another question than the one that was asked, as a
// shared connection gives them, end a reading with an error that is no verdict.
func TestOthersAnswer(t *testing.T) {
	db := fresh(t)
	loadInto(t, db, source("land_use", parcels(20, "a")))
	l := layers(t, db, 0)["land_use"].(*layer)
	for _, c := range []struct{ list, instead string }{
		{"f.record", "f.record::int"}, {"f.record", "f.bsm"}, {"f.record", "f.record, 1"}, {"f.kcxs", "f.kcxs::real"}, {"f.kcxs", "'x'::text"}, {", f.kcxs", ""},
	} {
		q := l.query([]string{"BSM", "KCXS"}, true)
		q.sql = strings.Replace(q.sql, c.list, c.instead, 1)
		var failed error
		q.run(t.Context(), nil, func(_ geo.Feature, err error) bool { failed = err; return err == nil })
		if f, ok := geo.AsInputError(failed); !ok || !transient.Is(failed) || !errors.Is(failed, errValues) || !strings.Contains(f.Advice.EN, "session") {
			t.Errorf("%s for %s: %v", c.instead, c.list, failed)
		}
	}
}

// TestConnections: a process makes few connections, unless its URL says how many.
func TestConnections(t *testing.T) {
	url := postgres.Database(t)
	for _, c := range []struct {
		open func(context.Context, string) (*DB, error)
		said string
		most int32
	}{{Open, "", 4}, {OpenService, "", 8}, {Open, "&pool_max_conns=2", 2}, {OpenService, "&pool_max_conns=30", 30}, {Open, "&pool_min_conns=6", 6}} {
		db, err := c.open(t.Context(), url+c.said)
		if err != nil {
			t.Fatal(err)
		}
		if got := db.pool.Config().MaxConns; got != c.most {
			t.Errorf("%q: %d connections, want %d", c.said, got, c.most)
		}
		db.Close()
	}
}

// statements notes what is sent to a database.
type statements struct {
	mutex sync.Mutex
	sent  []string
}

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, d pgx.TraceQueryStartData) context.Context {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.sent = append(s.sent, d.SQL)
	return ctx
}

func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// traced has a database note what is sent to it from now on.
func traced(t *testing.T, db *DB) *statements {
	t.Helper()
	s := &statements{}
	config := db.pool.Config()
	config.ConnConfig.Tracer = s
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	db.pool.Close()
	db.pool = pool
	return s
}
