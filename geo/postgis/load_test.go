package postgis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"landcheck/geo"
)

// TestReload: who reads while a county is loaded reads what was there, to the
// end; who comes after reads what is new.
func TestReload(t *testing.T) {
	db := fresh(t)
	loadInto(t, db, source("land_use", parcels(6000, "old")))
	reader := layers(t, db, 0)["land_use"]
	n := 0
	for f, err := range reader.Near(t.Context(), nil, []string{"BSM"}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 10 {
			loadInto(t, db, source("land_use", parcels(7000, "new")))
		}
		if !strings.HasPrefix(f.Values[0], "old") {
			t.Fatalf("record %d is %q", f.Record, f.Values[0])
		}
	}
	if n != 6000 {
		t.Errorf("the reader got %d rows", n)
	}
	if again := near(t, reader, nil, nil); len(again) != 6000 {
		t.Errorf("the old layer has %d rows", len(again))
	}
	if l := layers(t, db, 0)["land_use"]; len(near(t, l, nil, nil)) != 7000 {
		t.Error("the new version is not there")
	}
}

// TestLoadsAtOnce: loads of one county follow each other, loads of several run
// side by side; readers come through meanwhile, and see whole versions.
func TestLoadsAtOnce(t *testing.T) {
	db := fresh(t)
	loadInto(t, db, source("pbf", parcels(100, "0-")))
	ctx, stop := context.WithCancel(t.Context())
	var readers, loaders sync.WaitGroup
	readers.Go(func() {
		for ctx.Err() == nil {
			all, _, err := db.Layers(context.Background(), county, 0)
			if err != nil {
				t.Error(err)
				return
			}
			for _, l := range all {
				if got := near(t, l.Layer, nil, nil); len(got)%100 != 0 || len(got) == 0 {
					t.Errorf("%d rows are no whole version", len(got))
				}
			}
		}
	})
	versions := make(chan string, 9)
	for i := range 9 {
		loaders.Go(func() {
			code := []string{county, "150124", "150125"}[i%3]
			v, err := db.Load(context.Background(), code, []Source{source("pbf", parcels(100*(i+1), fmt.Sprint(i, "-")))}, LoadOptions{})
			if err != nil {
				t.Error(err)
			}
			versions <- fmt.Sprint(code, " ", v)
		})
	}
	loaders.Wait()
	stop()
	readers.Wait()
	close(versions)
	got := slices.Sorted(func(yield func(string) bool) {
		for v := range versions {
			if !yield(v) {
				return
			}
		}
	})
	want := []string{"150123 2", "150123 3", "150123 4", "150124 1", "150124 2", "150124 3", "150125 1", "150125 2", "150125 3"}
	if !slices.Equal(got, want) {
		t.Errorf("versions %v", got)
	}
}

// TestBadLoad: what cannot be loaded is an input error in both languages, and leaves
// nothing.
func TestBadLoad(t *testing.T) {
	db := fresh(t)
	tables, _, _ := debris(t, db)
	for _, code := range []string{"", "15012", "1501234", "15012x", "１５０１２３", "150123; drop schema base cascade", "150123\n"} {
		_, err := db.Load(t.Context(), code, []Source{source("pbf", parcels(1, ""))}, LoadOptions{})
		if f, ok := geo.AsInputError(err); !ok || f.Message.ZH == "" || f.Advice.EN == "" {
			t.Errorf("county %q: %v", code, err)
		}
	}
	if _, err := db.Load(t.Context(), county, nil, LoadOptions{}); err == nil {
		t.Error("nothing was loaded")
	}
	if after, datasets, _ := debris(t, db); datasets == 0 && after != tables {
		t.Errorf("%d tables, were %d", after, tables)
	}
}

// TestProgress: rows and bytes only grow, to all that there are.
func TestProgress(t *testing.T) {
	db := fresh(t)
	var seen []LoadProgress
	_, err := db.Load(t.Context(), county, []Source{source("land_use", parcels(3000, "a")), source("pbf", parcels(500, "b"))}, LoadOptions{
		Progress: func(p LoadProgress) { seen = append(seen, p) }})
	if err != nil {
		t.Fatal(err)
	}
	last := LoadProgress{TotalRows: 3500}
	for _, p := range seen {
		if p.Rows < last.Rows || p.Bytes < last.Bytes || p.TotalRows != 3500 {
			t.Errorf("%+v after %+v", p, last)
		}
		last = p
	}
	if last.Rows != 3500 || last.Bytes < 3500*100 || len(seen) < 7 {
		t.Errorf("%d times, at last %+v", len(seen), last)
	}
}

// TestIndex: few boxes are looked up in the index of the one partition; many
// are one scan of it.
func TestIndex(t *testing.T) {
	db := fresh(t)
	loadInto(t, db, source("land_use", parcels(20_000, "a")), source("pbf", parcels(20_000, "b")))
	if _, err := db.Load(t.Context(), "150124", []Source{source("land_use", parcels(2000, "c"))}, LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	l := layers(t, db, 0)["land_use"].(*layer)
	plan := func(boxes []orb.Bound) string {
		t.Helper()
		q := l.query([]string{"BSM"}, true)
		q.near(boxes, l.few(boxes))
		return explain(t, db, "explain "+q.sql+q.clause+" order by f.record", q.args...)
	}
	var few, many []orb.Bound
	for i := range 5000 {
		b := geo.Bound(square(float64(i%100)*10, float64(i/100)*10, 9))
		if many = append(many, b); i%500 == 0 {
			few = append(few, b)
		}
	}
	if p := plan(few[:5]); strings.Count(p, "geom_idx") != 5 || strings.Contains(p, "Seq Scan") || strings.Contains(p, "unnest") {
		t.Errorf("a handful of boxes is looked up by\n%s", p)
	}
	if p := plan(few); !strings.Contains(p, "geom_idx") || strings.Contains(p, "Seq Scan") || strings.Contains(p, "feature_150124") || strings.Contains(p, "feature_150123_2") {
		t.Errorf("few boxes are looked up by\n%s", p)
	}
	if p := plan(many); strings.Contains(p, "feature_150124") || strings.Contains(p, "feature_150123_2") || strings.Contains(p, "unnest") {
		t.Errorf("many boxes are looked up by\n%s", p)
	}
}

func explain(t *testing.T, db *DB, text string, args ...any) string {
	t.Helper()
	rows, err := db.pool.Query(t.Context(), text, args...)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
