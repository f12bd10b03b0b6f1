package postgis

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"landcheck/geo"
)

// TestDropVersions: the newest versions, and those that are asked for, read as
// before; layers of which only others are made go with their tables, and the
// room that these took. The others are no longer there for anybody.
func TestDropVersions(t *testing.T) {
	db := fresh(t)
	want := map[int]map[string]geo.Layer{0: {}}
	for i, roles := range [][]string{{"land_use", "pbf"}, {"red_line"}, {"pbf"}, {"pbf", "red_line"}, {"pbf"}} {
		want[i+1] = map[string]geo.Layer{}
		for role, l := range want[i] {
			want[i+1][role] = l
		}
		var sources []Source
		for k, role := range roles {
			l := parcels(500+10*i+k, fmt.Sprint(role, i))
			want[i+1][role] = l
			sources = append(sources, source(role, l))
		}
		loadInto(t, db, sources...)
	}
	size := func() (n int64) {
		t.Helper()
		const query = "select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits where inhparent = 'base.feature'::regclass"
		if err := db.pool.QueryRow(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	kept := func(versions ...int) {
		t.Helper()
		c, ok, err := db.County(t.Context(), county)
		if err != nil || !ok || !slices.Equal(c.Versions, versions) || c.Version != 5 {
			t.Errorf("versions %v of %+v, %t, %v", c.Versions, c, ok, err)
		}
		for v := 1; v <= 5; v++ {
			if !slices.Contains(versions, v) {
				_, _, err := db.Layers(t.Context(), county, v)
				if _, ok := geo.AsInputError(err); !ok {
					t.Errorf("version %d: %v", v, err)
				}
				continue
			}
			got := layers(t, db, v)
			if len(got) != len(want[v]) {
				t.Errorf("version %d has %d layers, want %d", v, len(got), len(want[v]))
			}
			for role, l := range want[v] {
				sameFeatures(t, fmt.Sprintf("version %d, %s", v, role), near(t, got[role], nil, []string{"BSM"}), near(t, l, nil, []string{"BSM"}))
			}
		}
	}
	held := layers(t, db, 1)["pbf"] // somebody reads the first version
	before := size()
	for _, dry := range []bool{true, false} {
		// 3 is asked for: red_line of 2 and pbf of 3. land_use of 1 is in all of them.
		d, err := db.DropVersions(t.Context(), county, 2, []int{3}, dry)
		if err != nil || !slices.Equal(d.Versions, []int{1}) || d.Layers != 1 || d.Bytes <= 0 {
			t.Fatalf("dry %t: %+v, %v", dry, d, err)
		}
		if dry {
			kept(1, 2, 3, 4, 5)
			continue
		}
		if after := size(); after != before-d.Bytes {
			t.Errorf("%d bytes of tables, then %d: %d less, want %d", before, after, before-after, d.Bytes)
		}
		t.Logf("pg_total_relation_size of all parcels: %d, then %d", before, size())
	}
	kept(3, 4, 5)
	var failed error
	for _, err := range held.Near(t.Context(), nil, nil) {
		failed = err
	}
	if !errors.Is(failed, errDropped) {
		t.Errorf("whoever held the first version reads on, %v", failed)
	}
	if d, err := db.DropVersions(t.Context(), county, 2, []int{3}, false); err != nil || d.Layers != 0 {
		t.Errorf("again: %+v, %v", d, err)
	}
	if _, err := db.DropVersions(t.Context(), county, 1, nil, false); err != nil {
		t.Fatal(err)
	}
	kept(5)
	if v := loadInto(t, db, source("pbf", parcels(10, "next"))); v != 6 {
		t.Errorf("the next load is version %d", v)
	}
	if d, err := db.DropVersions(t.Context(), "320102", 1, nil, false); err != nil || d.Layers != 0 {
		t.Errorf("a county without base data: %+v, %v", d, err)
	}
}

// TestDropInterrupted: what a process that was killed while it dropped left,
// goes with the next one.
func TestDropInterrupted(t *testing.T) {
	db := fresh(t)
	for i := range 3 {
		loadInto(t, db, source("pbf", parcels(20, fmt.Sprint(i))))
	}
	table := func(id int) string { return fmt.Sprintf("base.feature_%s_%d", county, id) }
	for _, statement := range []string{
		"update base.dataset set dropped_at = now() where id < 3", // killed right after it
		"alter table base.feature detach partition " + table(2),   // and before the table went
	} {
		if _, err := db.pool.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	d, err := db.DropVersions(t.Context(), county, 1, nil, false)
	if err != nil || d.Layers != 2 {
		t.Errorf("%+v, %v", d, err)
	}
	for id := 1; id <= 3; id++ {
		var there bool
		if err := db.pool.QueryRow(t.Context(), "select to_regclass($1) is not null", table(id)).Scan(&there); err != nil || there != (id == 3) {
			t.Errorf("%s is there: %t, %v", table(id), there, err)
		}
	}
}
