package postgis

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"landcheck/geo"
	"landcheck/geo/transient"
)

// TestCurrent: a candidate serves once it is asked for; an earlier version can be
// put to use again, and what is loaded then is built on that one.
func TestCurrent(t *testing.T) {
	db := fresh(t)
	load := func(o LoadOptions, roles ...string) int {
		t.Helper()
		var sources []Source
		for _, role := range roles {
			sources = append(sources, source(role, parcels(9, role)))
		}
		v, err := db.Load(t.Context(), "150123", sources, o)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	is := func(version int, made map[string]int) {
		t.Helper()
		c, ok, err := db.County(t.Context(), "150123")
		if err != nil || !ok || c.Version != version {
			t.Fatalf("current is %d, want %d: %v", c.Version, version, err)
		}
		layers, _, err := db.Layers(t.Context(), "150123", 0)
		if err != nil || len(layers) != len(made) {
			t.Fatalf("%d layers, want %v: %v", len(layers), made, err)
		}
		for _, l := range layers {
			if l.Layer.(geo.LoadedLayer).Load() != made[l.Role] {
				t.Errorf("%s of load %d, want %v", l.Role, l.Layer.(geo.LoadedLayer).Load(), made)
			}
		}
	}
	load(LoadOptions{Candidate: true}, "land_use", "pbf") // the first is current whatever it is called
	is(1, map[string]int{"land_use": 1, "pbf": 1})
	load(LoadOptions{Candidate: true}, "pbf")
	is(1, map[string]int{"land_use": 1, "pbf": 1})
	for range 2 {
		done, err := db.SetCurrent(t.Context(), "150123", 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		is(2, map[string]int{"land_use": 1, "pbf": 2})
		if again, err := db.SetCurrent(t.Context(), "150123", 2, nil); err != nil || again || !done {
			t.Errorf("set %t, set again %t: %v", done, again, err)
		}
		if _, err := db.SetCurrent(t.Context(), "150123", 1, nil); err != nil {
			t.Fatal(err)
		}
		is(1, map[string]int{"land_use": 1, "pbf": 1})
	}
	load(LoadOptions{}, "red_line") // on version 1, to which the PBF of version 2 does not belong
	is(3, map[string]int{"land_use": 1, "pbf": 1, "red_line": 3})
	load(LoadOptions{}, "land_use")
	is(4, map[string]int{"land_use": 4, "pbf": 1, "red_line": 3})
	for _, version := range []int{-1, 0, 5} {
		if _, err := db.SetCurrent(t.Context(), "150123", version, nil); err == nil {
			t.Errorf("version %d is current", version)
		}
	}
	if _, err := db.SetCurrent(t.Context(), "150999", 1, nil); err == nil {
		t.Error("an unknown county has a current version")
	}
	if _, err := db.SetCurrent(t.Context(), "150123", 2, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := db.DropVersions(t.Context(), "150123", 1, nil, false); err != nil {
		t.Fatal(err)
	}
	is(2, map[string]int{"land_use": 1, "pbf": 2}) // neither old nor the newest, but in use
	if c, _, err := db.County(t.Context(), "150123"); err != nil || !slices.Contains(c.Versions, 4) {
		t.Errorf("%v, %v", c.Versions, err)
	}
}

// TestCurrentAtOnce: those who set a version wait for each other, each with one
// connection: with two, as many as the pool has would wait for ever.
func TestCurrentAtOnce(t *testing.T) {
	db := fresh(t)
	for range 2 {
		if _, err := db.Load(t.Context(), "150123", []Source{source("pbf", parcels(9, "pbf"))}, LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ended := make(chan error)
	const callers = 30
	for i := range callers {
		go func() {
			_, err := db.SetCurrent(ctx, "150123", 1+i%2, nil)
			ended <- err
		}()
	}
	for range callers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// TestCurrentMeanwhile: who sets a version while the county is being loaded is told so
// in seconds, and does not keep a connection until the load has ended.
func TestCurrentMeanwhile(t *testing.T) {
	db := fresh(t)
	pbf := []Source{source("pbf", parcels(9, "pbf"))}
	if _, err := db.Load(t.Context(), "150123", pbf, LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	asked := make(chan error)
	_, err := db.Load(t.Context(), "150123", pbf, LoadOptions{Within: func(ctx context.Context, _ pgx.Tx, _ int) error {
		go func() {
			_, err := db.SetCurrent(ctx, "150123", 1, nil)
			asked <- err
		}()
		select {
		case err := <-asked:
			if f, ok := geo.AsInputError(err); !ok || !transient.Is(err) || !strings.Contains(f.Message.EN, "county 150123 is being loaded") {
				t.Errorf("it was answered %v", err)
			}
		case <-time.After(time.Minute):
			t.Error("it waits for the load")
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}
