package postgres

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"landcheck/api/store"
	"landcheck/api/store/storetest"
	"landcheck/geo/postgis"
	"landcheck/geo/postgis/pgtest"
	"landcheck/geo/ramdisk"
	"landcheck/rules/plan"
)

var (
	cluster pgtest.Cluster
	empty   struct { // the database that the others are copies of, once it is made
		mutex sync.Mutex
		url   string
	}
)

// workerURL makes the test binary a worker of that database that is killed.
const workerURL = "LANDCHECK_TEST_WORKER"

// lease in tests that wait for the end of one.
const lease = 2 * time.Second

func TestMain(m *testing.M) {
	if url := os.Getenv(workerURL); url != "" {
		os.Exit(work(url))
	}
	storetest.Overlap()
	ramdisk.Use()
	os.Exit(cluster.Main(m))
}

func work(url string) int {
	db, err := postgis.Open(context.Background(), url)
	if err == nil {
		var s *Store
		if s, err = Open(context.Background(), db, Options{}); err == nil {
			return storetest.Worker(s)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// runUntilKilled is a process that works for a database. What it leaves behind when it
// is killed goes with the test.
func runUntilKilled(t *testing.T, url string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), workerURL+"="+url, "TMPDIR="+t.TempDir())
	return cmd
}

// migrated is a database of the test's own, and its URL.
func migrated(t testing.TB) (*postgis.DB, string) {
	t.Helper()
	url := cluster.Copy(t, template(t))
	db, err := postgis.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db, url
}

func template(t testing.TB) string {
	t.Helper()
	empty.mutex.Lock()
	defer empty.mutex.Unlock()
	if empty.url != "" {
		return empty.url
	}
	url := cluster.Database(t)
	db, err := postgis.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := Migrate(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	empty.url = url
	return url
}

// endLeases has the leases of all that runs end now. A worker that lives renews its own.
func endLeases(t testing.TB, db *postgis.DB) {
	t.Helper()
	if _, err := db.Pool().Exec(context.WithoutCancel(t.Context()), "update service.check_run set lease = clock_timestamp() - interval '1 second' where state = 'running'"); err != nil {
		t.Fatal(err)
	}
}

// load loads base data from files.
func load(t testing.TB, db *postgis.DB, county string, paths ...string) int {
	t.Helper()
	base, err := plan.OpenBase(t.Context(), paths, plan.BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	sources, outside, err := SourcesOf(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	version, err := db.Load(t.Context(), county, sources, postgis.LoadOptions{Notices: outside})
	if err != nil {
		t.Fatal(err)
	}
	return version
}

// TestStore: what every store promises.
func TestStore(t *testing.T) {
	migrated(t) // starts the cluster, before the suite counts goroutines
	storetest.Run(t, func(t *testing.T, c storetest.Config) storetest.Location {
		db, url := migrated(t)
		for _, county := range slices.Sorted(maps.Keys(c.Bases)) {
			load(t, db, county, c.Bases[county]...)
		}
		return storetest.Location{
			Open: func(t *testing.T) store.Store {
				s, err := Open(t.Context(), db, Options{QueueLimit: c.QueueLimit, CallerLimit: c.CallerLimit, Quota: c.Quota})
				if err != nil {
					t.Fatal(err)
				}
				return s
			},
			Worker: func(t *testing.T) *exec.Cmd { return runUntilKilled(t, url) },
			Silent: func(t *testing.T) { endLeases(t, db) },
		}
	})
}
