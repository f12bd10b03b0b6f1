package postgis

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// TestSilentServer: a server that takes connections and answers nobody is given up
// in seconds, however many ask for its county; they keep no connection from those
// who ask for others.
func TestSilentServer(t *testing.T) {
	head, shard := newFellow(t), newFellow(t)
	loadInto(t, shard.DB, source("pbf", parcels(30, "a")))
	if _, err := head.Load(t.Context(), "150124", []Source{source("pbf", parcels(40, "b"))}, LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	shard.done("share.sql", "county="+county)
	head.done("server.sql", "server=shard1", "host="+postgres.Socket(), "port=5432", "dbname="+shard.database(), "user=postgres", "password=none")
	head.done("attach.sql", "server=shard1", "county="+county)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close() // the system takes connections, nobody reads what they send
	host, port, err := net.SplitHostPort(silent.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	head.run("alter server shard1 options (set host '" + host + "', set port '" + port + "')")
	head.pool.Reset()
	begun := time.Now()
	var asking sync.WaitGroup
	for range 20 {
		asking.Go(func() {
			_, _, err := head.Layers(t.Context(), county, 0)
			if f, ok := geo.AsInputError(err); !ok || f.Wants != geo.ServerInput || !transient.Is(err) {
				t.Errorf("of its county: %v", err)
			}
		})
	}
	time.Sleep(500 * time.Millisecond) // all of them ask by now
	for range 10 {
		other := time.Now()
		found, _, err := head.Layers(t.Context(), "150124", 0)
		if err != nil || len(near(t, found[0].Layer, nil, nil)) != 40 || time.Since(other) > 3*time.Second {
			t.Errorf("of another county: %v after %v", err, time.Since(other))
		}
		if all, err := head.Counties(t.Context()); err != nil || len(all) != 2 {
			t.Errorf("all counties: %+v, %v", all, err)
		}
	}
	asking.Wait()
	if took := time.Since(begun); took < 4*time.Second || took > 2*askServerFor {
		t.Errorf("it was given up after %v", took)
	}
}

// TestStuckServer: a server that goes on without ending its answer, for a lock for
// instance, holds up the catalogue of no other county for ever.
func TestStuckServer(t *testing.T) {
	head, shard := newFellow(t), newFellow(t)
	loadInto(t, shard.DB, source("pbf", parcels(30, "a")))
	shard.done("share.sql", "county="+county)
	head.done("server.sql", "server=shard1", "host="+postgres.Socket(), "port=5432", "dbname="+shard.database(), "user=postgres", "password=none")
	head.done("attach.sql", "server=shard1", "county="+county)
	tx, err := shard.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), "lock table base.dataset in access exclusive mode"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*askServerFor)
	defer cancel()
	err = head.CopyCatalogue(ctx, Place{County: county, Server: "shard1"})
	if f, ok := geo.AsInputError(err); !ok || f.Wants != geo.ServerInput || !transient.Is(err) {
		t.Errorf("it was given up with %v", err)
	}
}
