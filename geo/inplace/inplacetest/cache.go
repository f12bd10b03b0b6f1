package inplacetest

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/guard"
)

// Layer is what readers in place give.
type Layer interface {
	geo.Layer
	geo.InspectedLayer
	geo.MeasuredLayer
	geo.LayerCache
	geo.PlaneMeasurer
	Issues() []geo.Issue
}

// Open opens a layer with a cache as if its files had been left alone for long.
type Open func(cache string) Layer

// Told is everything that a layer tells of itself.
type Told struct {
	Digest    string
	Len       int
	Bound     orb.Bound
	Rows      []geo.Feature
	All       []geo.Feature
	Near      []geo.Feature
	Planes    []float64
	Issues    []geo.Issue
	Inspected []geo.Notice
}

// Tell asks a layer for all of it, with its first column.
func Tell(t testing.TB, l Layer, boxes []orb.Bound) Told {
	t.Helper()
	x := Told{Len: l.Len(), Bound: l.Bound()}
	var err error
	if x.Digest, err = l.Digest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := x.read(t, l, boxes); err != nil {
		t.Fatal(err)
	}
	x.Issues, x.Inspected = l.Issues(), l.Inspected()
	return x
}

func (x *Told) read(t testing.TB, l Layer, boxes []orb.Bound) error {
	var columns []string
	for _, f := range l.Fields() {
		columns = append(columns, f.Name)
	}
	columns = columns[:min(1, len(columns))]
	for _, part := range []struct {
		to   *[]geo.Feature
		from func(func(geo.Feature, error) bool)
	}{{&x.Rows, l.Rows(t.Context(), columns)}, {&x.All, l.Near(t.Context(), nil, columns)}, {&x.Near, l.Near(t.Context(), boxes, columns)}} {
		for f, err := range part.from {
			if err != nil {
				return err
			}
			*part.to = append(*part.to, f)
		}
	}
	return l.PlaneAreas(t.Context(), 1, func(_ int, area float64) error { x.Planes = append(x.Planes, area); return nil })
}

// kept is the file in which a cache holds the records of its one layer.
func kept(t testing.TB, cache string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cache, "*.layer"))
	if err != nil || len(files) != 1 {
		t.Fatal("a cache of one layer has: ", files, err)
	}
	return files[0]
}

// DamagedCache has every byte of a cache go wrong. The layer is then read as
// without it, or the cache is named, removed, and no longer in the way; who
// cannot remove it is not told that it is gone.
func DamagedCache(t *testing.T, open Open) {
	cache := t.TempDir()
	l := open(cache)
	want := Tell(t, l, nil)
	l.Close()
	file := kept(t, cache)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for at := 0; at < len(good); at += 1 + at/40 {
		bad := slices.Clone(good)
		bad[at] ^= 0x10
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		l := open(cache)
		got := Told{Digest: want.Digest, Len: l.Len(), Bound: l.Bound(), Issues: want.Issues, Inspected: want.Inspected}
		if err := got.read(t, l, nil); err == nil {
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("byte %d: another answer", at)
			}
		} else {
			refused++
			if _, there := os.Stat(file); there == nil || !strings.Contains(err.Error(), file) {
				t.Fatalf("byte %d: %v, and the cache is still there", at, err)
			}
		}
		l.Close()
	}
	if refused == 0 {
		t.Error("no damage was ever noticed by its checksum")
	}
	if err := os.Truncate(file, 100); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	again := open(cache)
	if got := Tell(t, again, nil); !reflect.DeepEqual(got, want) {
		t.Fatal("another answer after a cache cut short")
	}
	again.Close()

	bad := slices.Clone(good)
	bad[len(bad)-1] ^= 1
	if err := os.WriteFile(file, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	l = open(cache)
	defer l.Close()
	// Permissions do not bind root; a directory that is not empty stays.
	if err := errors.Join(os.Remove(file), os.MkdirAll(filepath.Join(file, "in the way"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := new(Told).read(t, l, nil); err == nil || !strings.Contains(err.Error(), "cannot be removed") {
		t.Errorf("a damaged cache that stays: %v", err)
	}
}

// ConcurrentRuns has several readers of a layer share a cache, as processes do
// that check plans of one county: all have the same answers, and all that they
// learned of a record is what any of them learned.
func ConcurrentRuns(t *testing.T, open Open) {
	cache := t.TempDir()
	first := open("")
	want := Tell(t, first, nil)
	var system geo.CRS
	span := geo.Span{First: 1, Last: 1 << 30}
	group := guard.New()
	for range 4 {
		group.Go(func() error {
			for range 5 {
				l := open(cache)
				if got := Tell(t, l, nil); !reflect.DeepEqual(got, want) {
					t.Error("another answer from a cache that others share")
				}
				areas := map[int]float64{}
				for f, err := range l.NearSkipping(t.Context(), system, span, nil, nil, func(*geo.MeasuredFeature) bool { return true }) {
					if err != nil || f.Area != 0 && f.Area != float64(f.Record) {
						t.Error(f.Record, f.Area, err)
					}
					areas[f.Record] = float64(f.Record)
				}
				l.SetAreas(system, areas)
				l.Close()
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(cache, "*"))
	if err != nil || len(left) != 2 {
		t.Error("what is left of them: ", left, err)
	}
}
