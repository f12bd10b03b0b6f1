package postgis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// TestVersions: every load is a version that stays; roles that it does not
// bring stay as they were; each version reads as it was.
func TestVersions(t *testing.T) {
	db := fresh(t)
	if all, err := db.Counties(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("an empty database has counties %v, %v", all, err)
	}
	want := map[int]map[string]geo.Layer{}
	for i, roles := range [][]string{{"land_use", "pbf"}, {"red_line"}, {"pbf"}, {"land_use", "pbf", "red_line"}} {
		want[i+1] = map[string]geo.Layer{}
		for role, l := range want[i] {
			want[i+1][role] = l
		}
		var sources []Source
		for k, role := range roles {
			l := parcels(50+10*i+k, fmt.Sprint(role, i))
			want[i+1][role] = l
			sources = append(sources, source(role, l))
		}
		if version := loadInto(t, db, sources...); version != i+1 {
			t.Fatalf("version %d, want %d", version, i+1)
		}
	}
	for version, roles := range want {
		if version == 0 {
			continue
		}
		got := layers(t, db, version)
		if len(got) != len(roles) {
			t.Errorf("version %d has %d layers, want %d", version, len(got), len(roles))
		}
		for role, l := range roles {
			sameFeatures(t, fmt.Sprintf("version %d, %s", version, role), near(t, got[role], nil, []string{"BSM"}), near(t, l, nil, []string{"BSM"}))
		}
	}
	current := layers(t, db, 0)
	sameFeatures(t, "current", near(t, current["pbf"], nil, []string{"BSM"}), near(t, want[4]["pbf"], nil, []string{"BSM"}))

	counties, err := db.Counties(t.Context())
	if err != nil || len(counties) != 1 {
		t.Fatal(counties, err)
	}
	c := counties[0]
	if c.Code != county || c.Version != 4 || !slices.Equal(c.Versions, []int{1, 2, 3, 4}) || !slices.Equal(c.Roles, []string{"land_use", "pbf", "red_line"}) ||
		time.Since(c.LoadedAt) > time.Minute || !c.LonLat.Contains(orb.Point{111.47, 41.2}) && c.LonLat.Min[0] < 111 {
		t.Errorf("county %+v", c)
	}
	datasets, err := db.Datasets(t.Context(), county)
	if err != nil || len(datasets) != 7 || datasets[6].ID != 7 || datasets[6].Version != 4 || datasets[0].Rows != 50 {
		t.Errorf("%d datasets, %v: %+v", len(datasets), err, datasets)
	}
	for _, c := range []struct {
		county  string
		version int
		says    string
	}{{"999999", 0, county}, {county, 5, "1 2 3 4"}, {county, -1, "1 2 3 4"}, {"'", 0, county}} {
		_, _, err := db.Layers(t.Context(), c.county, c.version)
		if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Advice.EN, c.says) || !strings.Contains(f.Advice.ZH, c.says) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// TestNeighbours: layers of other counties come along when their townships meet
// the box, whatever else of theirs reaches into it.
func TestNeighbours(t *testing.T) {
	db := fresh(t)
	at := func(code string, x, y float64, roles ...string) {
		t.Helper()
		var sources []Source
		for _, role := range roles {
			l := &geo.Table{Name: role, CRS: zone37, Rows: []geo.Feature{{Record: 1, Geometry: square(x, y, 1000)}}}
			if role == "red_line" { // of the whole province
				l.Rows[0].Geometry = square(-100_000, -100_000, 300_000)
			}
			sources = append(sources, source(role, geo.NewMemory(l, role+".shp", "", nil)))
		}
		if _, err := db.Load(t.Context(), code, sources, LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	at("150123", 0, 0, "townships", "red_line")
	at("150124", 1000, 0, "townships", "red_line")
	at("150125", 50_000, 0, "townships", "red_line")
	at("150126", 2000, 0, "land_use")
	degrees, err := geo.NewTransform(zone37, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		t.Fatal(err)
	}
	if found, _, err := db.LayersNear(t.Context(), "150123", 0, orb.Bound{}, nil); err != nil || len(found) != 2 {
		t.Errorf("without neighbours: %d layers, %v", len(found), err)
	}
	for name, c := range map[string]struct {
		box  orb.Bound
		want []string
	}{
		"inside":   {geo.Bound(square(100, 100, 300)), []string{"150123/townships", "150123/red_line"}},
		"border":   {geo.Bound(square(900, 100, 300)), []string{"150123/townships", "150123/red_line", "150124/townships", "150124/red_line"}},
		"no towns": {geo.Bound(square(2500, 100, 300)), []string{"150123/townships", "150123/red_line", "150126/land_use"}},
	} {
		box, err := degrees.Bound(c.box)
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := db.LayersNear(t.Context(), "150123", 0, box, func(string) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range found {
			got = append(got, l.Layer.(*layer).County+"/"+l.Role)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestMigrate: a schema that is too old or too new serves nobody and says what
// to run; migrating it twice, or from several places, changes it once.
func TestMigrate(t *testing.T) {
	url := postgres.Database(t)
	db := connect(t, url)
	refused := func(db *DB, wants string) {
		t.Helper()
		_, err := db.Counties(t.Context())
		if f, ok := geo.AsInputError(err); !ok || !strings.Contains(f.Message.EN+f.Advice.EN, wants) {
			t.Errorf("%v, want a fault with %q", err, wants)
		}
		if _, err := db.Load(t.Context(), county, []Source{source("pbf", parcels(1, ""))}, LoadOptions{}); err == nil {
			t.Error("a load went through")
		}
	}
	refused(db, "brought up to date")
	done := make(chan [2]int32)
	for range 8 {
		go func() {
			from, to, err := db.Migrate(context.Background())
			if err != nil {
				t.Error(err)
			}
			done <- [2]int32{from, to}
		}()
	}
	changed := 0
	for range 8 {
		if step := <-done; step[0] != step[1] {
			changed++
		}
	}
	have, want, err := db.Schema(t.Context())
	if err != nil || have != want || want == 0 || changed != 1 {
		t.Errorf("schema %d of %d, changed %d times, %v", have, want, changed, err)
	}
	loadInto(t, db, source("pbf", parcels(10, "")))
	if from, to, err := db.Migrate(t.Context()); err != nil || from != want || to != want {
		t.Errorf("again: %d to %d, %v", from, to, err)
	}
	if n := len(near(t, layers(t, db, 0)["pbf"], nil, nil)); n != 10 {
		t.Errorf("after migrating again there are %d rows", n)
	}
	if _, err := db.pool.Exec(t.Context(), "update base.schema_version set version = version + 1"); err != nil {
		t.Fatal(err)
	}
	newer := connect(t, url)
	refused(newer, "too new")
	if from, to, err := newer.Migrate(t.Context()); err != nil || from != want+1 || to != want+1 {
		t.Errorf("a newer schema went from %d to %d, %v", from, to, err)
	}
}

// TestOpen: what cannot be opened is an input error that shows no password.
func TestOpen(t *testing.T) {
	for _, url := range []string{
		"postgres://checker:hunter2@127.0.0.1:1/land", "postgres://checker:hunter2@127.0.0.1:port/land",
		"postgresql://u:hunter2@[::1/x", "postgres://u:hunter2@host/db?sslmode=nonsense", "postgres:///db?host=/nowhere&password=hunter2",
	} {
		if !IsURL(url) {
			t.Errorf("%s is no URL", url)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		db, err := Open(ctx, url)
		cancel()
		if err == nil {
			db.Close()
			t.Errorf("%s opens", url)
		}
		f, ok := geo.AsInputError(err)
		if !ok && !errors.Is(err, context.DeadlineExceeded) || strings.Contains(fmt.Sprintf("%v %+v", err, f), "hunter2") || strings.Contains(Redacted(url), "hunter2") {
			t.Errorf("%s: %v, %s", url, err, Redacted(url))
		}
	}
	for _, path := range []string{"base", "base.gpkg", "/postgres/x", "http://x"} {
		if IsURL(path) {
			t.Errorf("%s is the URL of a database", path)
		}
	}
}

// TestRedacted: what is left can be typed again.
func TestRedacted(t *testing.T) {
	for url, want := range map[string]string{
		"postgres://clerk:hunter2@db:5432/land":                                  "postgres://clerk@db/land",
		"postgres://clerk:hunter2@db:5433/land?sslmode=disable&password=hunter2": "postgres://clerk@db:5433/land",
		"postgres:///land?host=/run/postgresql&user=clerk&sslpassword=hunter2":   "postgres:///land?host=/run/postgresql&user=clerk",
		"postgresql://[::1]:5432/land?user=a%26b&passfile=/home/clerk/hunter2":   "postgresql://[::1]:5432/land?user=a%26b",
		"postgres://clerk:hunter2@db:port/land":                                  "postgres://…",
		"host=db password=hunter2":                                               "postgres://…",
	} {
		if got := Redacted(url); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}
