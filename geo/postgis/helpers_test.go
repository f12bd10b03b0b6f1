package postgis

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/postgis/pgtest"
)

var postgres pgtest.Cluster

func TestMain(m *testing.M) {
	if os.Getenv(killedURL) != "" {
		os.Exit(loadUntilKilled())
	}
	os.Exit(postgres.Main(m))
}

// fresh is a migrated database of the test's own.
func fresh(t testing.TB) *DB {
	t.Helper()
	db := connect(t, postgres.Database(t))
	if _, _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

func connect(t testing.TB, url string) *DB {
	t.Helper()
	db, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

var zone37 = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37_500_000}

const county = "150123"

func square(x, y, side float64) orb.MultiPolygon {
	x, y = 37_540_000+x, 4_563_000+y
	return orb.MultiPolygon{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
}

// parcels is a layer of n squares in rows of a hundred, a mark in each BSM.
func parcels(n int, mark string) geo.Layer {
	t := &geo.Table{Name: "DLTB", CRS: zone37, Fields: []geo.Field{
		{Name: "BSM", Type: geo.TextField, Width: 18}, {Name: "KCXS", Type: geo.NumberField, Width: 6, Decimals: 4}}}
	for i := range n {
		t.Rows = append(t.Rows, geo.Feature{Record: i + 1, Geometry: square(float64(i%100)*10, float64(i/100)*10, 9),
			Values: []string{fmt.Sprintf("%s%d", mark, i), fmt.Sprintf("0.%04d", i%1000)}})
	}
	return geo.NewMemory(t, "DLTB.shp", "", nil)
}

func source(role string, l geo.Layer) Source {
	crs, err := l.CRS()
	if err != nil {
		panic(err)
	}
	s := Source{Role: role, Layer: l, CRS: crs}
	for _, f := range l.Fields() {
		s.Columns = append(s.Columns, f.Name)
	}
	return s
}

func loadInto(t testing.TB, db *DB, sources ...Source) int {
	t.Helper()
	version, err := db.Load(t.Context(), county, sources, LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return version
}

// layers are those of the current version, by role.
func layers(t testing.TB, db *DB, version int) map[string]geo.Layer {
	t.Helper()
	all, _, err := db.Layers(t.Context(), county, version)
	if err != nil {
		t.Fatal(err)
	}
	byRole := map[string]geo.Layer{}
	for _, l := range all {
		byRole[l.Role] = l.Layer
	}
	return byRole
}

// failer is what tests and property tests fail by.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func near(t failer, l geo.Layer, boxes []orb.Bound, columns []string) []geo.Feature {
	t.Helper()
	var all []geo.Feature
	for f, err := range l.Near(context.Background(), boxes, columns) {
		if err != nil {
			t.Fatalf("%s: %v", l.File(), err)
		}
		all = append(all, f)
	}
	return all
}

func rows(t failer, l geo.Layer, columns []string) []geo.Feature {
	t.Helper()
	var all []geo.Feature
	for f, err := range l.Rows(context.Background(), columns) {
		if err != nil {
			t.Fatalf("%s: %v", l.File(), err)
		}
		all = append(all, f)
	}
	return all
}

// sameFeatures compares to the bit.
func sameFeatures(t failer, what string, got, want []geo.Feature) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d features, want %d", what, len(got), len(want))
	}
	for i := range want {
		g, w := got[i], want[i]
		if g.Record != w.Record || !slices.Equal(g.Values, w.Values) || !orb.Equal(g.Geometry, w.Geometry) || (g.Geometry == nil) != (w.Geometry == nil) {
			t.Fatalf("%s: record %d %q %v\nwant record %d %q %v", what, g.Record, g.Values, g.Geometry, w.Record, w.Values, w.Geometry)
		}
	}
}

// debris counts everything that schema base holds.
func debris(t testing.TB, db *DB) (tables, datasets, features int) {
	t.Helper()
	err := db.pool.QueryRow(t.Context(), `select (select count(*) from pg_class where relnamespace = 'base'::regnamespace),
		(select count(*) from base.dataset), (select count(*) from base.feature)`).Scan(&tables, &datasets, &features)
	if err != nil {
		t.Fatal(err)
	}
	return
}
