package geopackage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

// brute is what Near must give, from the table itself.
func brute(t *geo.Table, boxes []orb.Bound) (records []int) {
	for i, row := range t.Rows {
		if row.Geometry != nil && slices.ContainsFunc(boxes, row.Geometry.Bound().Intersects) {
			records = append(records, i+1)
		}
	}
	return records
}

func recordsOf(rows []geo.Feature) (records []int) {
	for _, r := range rows {
		records = append(records, r.Record)
	}
	return records
}

// TestNear takes each way through Near: a search per box, one pass over the
// R-tree, and a scan without it.
func TestNear(t *testing.T) {
	table := grid("DLTB", 20)
	path := write(t, table)
	indexed := open(t, path)[0]
	bare := write(t, table)
	alter(t, bare, "DROP TABLE rtree_DLTB_geom", "DELETE FROM gpkg_extensions")
	scanned := open(t, bare)[0]
	if indexed.(*layer).rtree == "" || scanned.(*layer).rtree != "" {
		t.Fatalf("R-trees: %q, %q", indexed.(*layer).rtree, scanned.(*layer).rtree)
	}
	rapid.Check(t, func(t *rapid.T) {
		var boxes []orb.Bound
		n := rapid.SampledFrom([]int{1, 3, 501}).Draw(t, "boxes")
		side := rapid.Float64Range(0, 30).Draw(t, "side")
		for range min(n, 3) {
			x, y := rapid.Float64Range(37539980, 37540320).Draw(t, "x"), rapid.Float64Range(4562980, 4563320).Draw(t, "y")
			boxes = append(boxes, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + side, y + side}})
		}
		for len(boxes) < n {
			boxes = append(boxes, orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{1, 1}})
		}
		want := brute(table, boxes)
		for _, l := range []geo.Layer{indexed, scanned} {
			var got []int
			for f, err := range l.Near(context.Background(), boxes, nil) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, f.Record)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	})
	nowhere := []orb.Bound{{Min: orb.Point{-1, -1}, Max: orb.Point{1, 1}}, nothing}
	if rows := all(t, indexed, nowhere); len(rows) != 0 {
		t.Errorf("far away: %v", recordsOf(rows))
	}
	if rows := all(t, indexed, []orb.Bound{}); len(rows) != 0 {
		t.Errorf("no boxes: %v", recordsOf(rows))
	}
}

// What an R-tree says finds and hides nothing; where it is wrong that is told.
func TestStaleIndex(t *testing.T) {
	for name, edit := range map[string]string{
		"a box missing":     "DELETE FROM rtree_DLTB_geom WHERE id = 2",
		"a box elsewhere":   "UPDATE rtree_DLTB_geom SET minx = 0, maxx = 1 WHERE id = 2",
		"a box too small":   "UPDATE rtree_DLTB_geom SET minx = maxx - 1 WHERE id = 2",
		"a box of a point":  "UPDATE rtree_DLTB_geom SET maxx = minx, maxy = miny WHERE id = 2",
		"ids shifted":       "DELETE FROM rtree_DLTB_geom WHERE id = 2; INSERT INTO rtree_DLTB_geom SELECT 99, minx, maxx, miny, maxy FROM rtree_DLTB_geom WHERE id = 1",
		"an entry too many": "INSERT INTO rtree_DLTB_geom SELECT 99, minx, maxx, miny, maxy FROM rtree_DLTB_geom WHERE id = 1",
		"emptied":           "DELETE FROM rtree_DLTB_geom",
		"damaged":           "UPDATE rtree_DLTB_geom_node SET data = X'00'",
		"its own parent":    "UPDATE rtree_DLTB_geom_node SET data = X'0005000100000000000000010000000000000000000000000000000000'",
		"shapes' headers":   "DROP TRIGGER rtree_DLTB_geom_update1; DROP TRIGGER rtree_DLTB_geom_update2; DROP TRIGGER rtree_DLTB_geom_update3; DROP TRIGGER rtree_DLTB_geom_update4; UPDATE DLTB SET geom = CAST(substr(geom, 1, 8) || zeroblob(32) || substr(geom, 41) AS BLOB) WHERE substr(hex(geom), 7, 2) = '03'",
		"the extent":        "UPDATE gpkg_contents SET min_x = 0, max_x = 0, min_y = 0, max_y = 0",
	} {
		t.Run(name, func(t *testing.T) {
			table := grid("DLTB", 3)
			path := write(t, table)
			alter(t, path, edit)
			l := open(t, path)[0]
			boxes := []orb.Bound{square(37540016, 4563001, 1).Bound()}
			if got := recordsOf(all(t, l, boxes)); !slices.Equal(got, []int{2}) {
				t.Errorf("records %v", got)
			}
			if got := l.Bound(); got != (orb.Bound{Min: orb.Point{37540000, 4563000}, Max: orb.Point{37540040, 4563040}}) {
				t.Errorf("bound %v", got)
			}
			if !said(l.Notices(), "believed") {
				t.Errorf("not told: %v", l.Notices())
			}
		})
	}
	for edit, told := range map[string]bool{"UPDATE gpkg_contents SET max_y = max_y - 2e-8": false, "UPDATE gpkg_contents SET max_y = max_y - 1e-4": true} {
		path := write(t, grid("DLTB", 3))
		alter(t, path, edit)
		l := open(t, path)[0]
		if l.Bound(); said(l.Notices(), "believed") != told {
			t.Errorf("%s: %v", edit, l.Notices())
		}
	}
	// An index that is not registered is nobody's.
	for _, edit := range []string{"DELETE FROM gpkg_extensions; DELETE FROM rtree_DLTB_geom WHERE id = 2", "DROP TABLE gpkg_extensions; DELETE FROM rtree_DLTB_geom"} {
		path := write(t, grid("DLTB", 3))
		alter(t, path, edit)
		l := open(t, path)[0]
		if got := recordsOf(all(t, l, []orb.Bound{square(37540016, 4563001, 1).Bound()})); !slices.Equal(got, []int{2}) || said(l.Notices(), "believed") {
			t.Errorf("%s: records %v, %v", edit, got, l.Notices())
		}
	}
	// Empty shapes have no box: an R-tree without them is right.
	path := write(t, grid("DLTB", 3))
	alter(t, path, "DROP TRIGGER rtree_DLTB_geom_update1", "DROP TRIGGER rtree_DLTB_geom_update2", "DROP TRIGGER rtree_DLTB_geom_update3", "DROP TRIGGER rtree_DLTB_geom_update4",
		"UPDATE DLTB SET geom = X'4750001100000000' WHERE fid = 4", "DELETE FROM rtree_DLTB_geom WHERE id = 4")
	l := open(t, path)[0]
	if l.Bound(); said(l.Notices(), "believed") {
		t.Errorf("an empty shape spoils the R-tree: %v", l.Notices())
	}
}

// Views, tables without a key and tables keyed by text number their rows.
func TestWithoutKey(t *testing.T) {
	path := write(t, grid("DLTB", 3))
	register := func(name string) []string {
		return []string{"INSERT INTO gpkg_contents (table_name, data_type) VALUES ('" + name + "', 'features')",
			"INSERT INTO gpkg_geometry_columns VALUES ('" + name + "', 'geom', 'MULTIPOLYGON', 4525, 0, 0)"}
	}
	alter(t, path, "CREATE VIEW seen AS SELECT BSM, geom, fid AS OGC_FID FROM DLTB WHERE fid > 2 ORDER BY fid DESC",
		"CREATE TABLE loose AS SELECT BSM, geom FROM DLTB", "CREATE INDEX by_bsm ON loose (BSM DESC)",
		"CREATE TABLE named (BSM TEXT PRIMARY KEY, geom BLOB) WITHOUT ROWID", "INSERT INTO named SELECT BSM, geom FROM DLTB WHERE fid < 4")
	for _, name := range []string{"loose", "named", "seen"} {
		alter(t, path, register(name)...)
	}
	want := map[string][]string{
		"loose": {"地块A", "地块B", "地块C", "地块D", "地块E", "地块F", "地块G", "地块H", "地块I", ""},
		"named": {"地块A", "地块B", "地块C"},
		"seen":  {"", "地块I", "地块H", "地块G", "地块F", "地块E", "地块D", "地块C"},
	}
	for _, l := range open(t, path)[1:] {
		var near, rows []string
		for i, f := range all(t, l, nil, "BSM") {
			near = append(near, f.Values[0])
			if f.Record != i+1 {
				t.Errorf("%s: row %d is record %d", l.Name(), i, f.Record)
			}
		}
		for f, err := range l.Rows(context.Background(), []string{"BSM"}) {
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, f.Values[0])
		}
		if !slices.Equal(near, want[l.Name()]) || !slices.Equal(rows, near) {
			t.Errorf("%s: Near %v, Rows %v, want %v", l.Name(), near, rows, want[l.Name()])
		}
	}
}

func TestRefused(t *testing.T) {
	sound, err := os.ReadFile(write(t, grid("DLTB", 6)))
	if err != nil {
		t.Fatal(err)
	}
	// Damage anywhere is an input error or unseen, never a panic.
	for at := 0; at < len(sound); at += 1499 {
		for _, damaged := range [][]byte{sound[:at], append(append(slices.Clone(sound[:at]), 0xff, 0xff, 0xff, 0xff), sound[min(at+4, len(sound)):]...)} {
			path := filepath.Join(t.TempDir(), "x.gpkg")
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			layers, _, err := Open(t.Context(), path, "x.gpkg")
			inputErrorOnly(t, err)
			for _, l := range layers {
				l.Bound()
				for _, err := range l.Near(context.Background(), nil, []string{"BSM", "TBMJ"}) {
					inputErrorOnly(t, err)
				}
				l.Close()
			}
		}
	}
	path := write(t, grid("DLTB", 1))
	if err := os.WriteFile(path+"-wal", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(t.Context(), path, "x.gpkg"); err == nil || !strings.Contains(err.Error(), "x.gpkg-wal") {
		t.Errorf("a write-ahead log beside the file: %v", err)
	}
	missing := write(t, grid("DLTB", 1))
	alter(t, missing, "DROP TABLE DLTB")
	if _, _, err := Open(t.Context(), missing, "x.gpkg"); err == nil || !strings.Contains(err.Error(), "x.gpkg!DLTB: the layer is listed but its table is missing") {
		t.Errorf("a listed table that is absent: %v", err)
	}
	huge := write(t, grid("DLTB", 1))
	alter(t, huge, "DROP TABLE DLTB", "CREATE VIEW DLTB AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT zeroblob(900000000) AS geom FROM n LIMIT 3")
	if _, _, err := Open(t.Context(), huge, "x.gpkg"); err == nil || !strings.Contains(err.Error(), "too big") {
		t.Errorf("a value longer than the file: %v", err)
	}
}

func inputErrorOnly(t testing.TB, err error) {
	t.Helper()
	if _, ok := geo.AsInputError(err); err != nil && !ok {
		t.Fatalf("not a fault: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	l := open(t, write(t, grid("DLTB", 20)))[0]
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	n := 0
	for _, err := range l.Near(ctx, nil, nil) {
		if last = err; err == nil {
			n++
		}
		cancel()
	}
	if !errors.Is(last, context.Canceled) || n != 1 {
		t.Errorf("after %d rows: %v", n, last)
	}
	for range l.Near(context.Background(), nil, nil) {
		break // an iteration given up must not block the next
	}
	if rows := all(t, l, nil); len(rows) != 401 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestDigest(t *testing.T) {
	path := write(t, grid("A", 2), grid("B", 2))
	digest := func(l geo.Layer) string {
		d, err := l.Digest(context.Background())
		if err != nil || !strings.HasPrefix(d, "sha256:") {
			t.Fatal(d, err)
		}
		return d
	}
	first, second := open(t, path), open(t, path)
	if digest(first[0]) == digest(first[1]) || digest(first[0]) != digest(second[0]) {
		t.Error("digests do not tell tables apart, or change between opens")
	}
}
