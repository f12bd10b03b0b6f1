package geopackage

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// noTriggers drops what calls functions that only a GIS has.
const noTriggers = "DROP TRIGGER rtree_DLTB_geom_update1; DROP TRIGGER rtree_DLTB_geom_update2; DROP TRIGGER rtree_DLTB_geom_update3; DROP TRIGGER rtree_DLTB_geom_update4; DROP TRIGGER rtree_DLTB_geom_delete"

// The pages tell what SQL tells, whatever the size of a page, of a row, and of
// the gaps between keys.
func TestIndexPagesAreSQL(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 13))
	for _, size := range []int{512, 1024, 4096, 65536} {
		table := grid("DLTB", 20)
		for i := range table.Rows {
			if rng.IntN(5) > 0 {
				continue
			}
			x, y, n := 37540000+rng.Float64()*1e4, 4563000+rng.Float64()*1e4, 3+rng.IntN(4000)
			ring := make(orb.Ring, 0, n+1)
			for k := range n {
				a := 2 * math.Pi * float64(k) / float64(n)
				ring = append(ring, orb.Point{x + 100*math.Cos(a), y + 50*math.Sin(a)})
			}
			table.Rows[i].Geometry = orb.MultiPolygon{{append(ring, ring[0])}}
		}
		path := write(t, table)
		alter(t, path, noTriggers)
		alter(t, path, "DELETE FROM DLTB WHERE fid % 7 = 3", "DELETE FROM rtree_DLTB_geom WHERE id % 7 = 3", fmt.Sprintf("PRAGMA page_size = %d", size), "VACUUM",
			"ALTER TABLE DLTB ADD COLUMN later REAL", "UPDATE DLTB SET later = 1.5 WHERE fid % 2 = 0")
		l := open(t, path)[0].(*layer)
		byPages, err := l.indexPages(context.Background())
		if err != nil {
			t.Fatalf("pages of %d: %v", size, err)
		}
		bySQL, err := l.indexSQL(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(byPages, bySQL) {
			t.Errorf("pages of %d: %d keys and boxes differ from %d", size, len(byPages.keys), len(bySQL.keys))
		}
		for f, err := range l.Near(context.Background(), nil, nil) {
			if err != nil {
				t.Fatal(err)
			}
			if i := byPages.find(int64(f.Record)); i < 0 || len(f.Geometry) > 0 && byPages.boxes[i].bound() != f.Geometry.Bound() || len(f.Geometry) == 0 && !byPages.boxes[i].empty() {
				t.Fatalf("record %d: box %v", f.Record, byPages.boxes[i])
			}
		}
		if notices := l.Notices(); said(notices, "believed") {
			t.Errorf("%v", notices)
		}
	}
}

func TestLostFigures(t *testing.T) {
	path := write(t, grid("DLTB", 5))
	alter(t, path, noTriggers)
	alter(t, path, "UPDATE DLTB SET TBMJ = '*****' WHERE fid < 4", "UPDATE DLTB SET TBMJ = -1.7976931348623157e308 WHERE fid = 5", "UPDATE DLTB SET TBMJ = '约3亩' WHERE fid = 6",
		"UPDATE DLTB SET NF = 'nan' WHERE fid = 7", "UPDATE DLTB SET TBMJ = ' 12.5 ' WHERE fid = 8")
	l := open(t, path)[0].(*layer)
	want := map[int]string{1: "", 3: "", 5: "", 6: "约3亩", 8: "12.5", 9: "100.25"}
	for f, err := range l.Rows(context.Background(), []string{"TBMJ"}) {
		if err != nil {
			t.Fatal(err)
		}
		if v, ok := want[f.Record]; ok && f.Values[0] != v {
			t.Errorf("record %d reads as %q, want %q", f.Record, f.Values[0], v)
		}
	}
	l.Bound()
	var got []string
	for _, o := range *l.lost.Load() {
		got = append(got, fmt.Sprint(o.Field, o.Kind, o.Count, o.First))
	}
	if s := fmt.Sprint(got); s != fmt.Sprint([]string{fmt.Sprint("NF", geo.NotNumber, 1, []int{7}), fmt.Sprint("TBMJ", geo.Asterisks, 3, []int{1, 2, 3}),
		fmt.Sprint("TBMJ", geo.NullNumber, 1, []int{5}), fmt.Sprint("TBMJ", geo.TextNumber, 1, []int{6})}) {
		t.Errorf("%s", s)
	}
}

// A file that was written with a log says so, and that the log is not there.
func TestLogLeftBehind(t *testing.T) {
	path := write(t, grid("A", 2), grid("B", 2))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[int]bool{0: false, 18: true, 19: true} {
		changed := bytes.Clone(data)
		if at > 0 {
			changed[at] = 2
		}
		other := filepath.Join(t.TempDir(), "a.gpkg")
		if err := os.WriteFile(other, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, l := range open(t, other) {
			if said(l.Notices(), "WAL") {
				n++
			}
		}
		if n > 1 || (n == 1) != want {
			t.Errorf("byte %d: told %d times", at, n)
		}
	}
}

// No bytes make the reader of pages panic, hang or take what the file does not
// hold.
func FuzzPages(f *testing.F) {
	path := write(f, grid("DLTB", 6))
	data, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{}, 2)
	f.Add(uint32(4096*3), []byte{5, 0, 0, 0, 9}, 3)
	f.Fuzz(func(t *testing.T, at uint32, change []byte, root int) {
		file := bytes.Clone(data)
		copy(file[int(at)%len(file):], change)
		p, err := openPages(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		rows := 0
		_ = p.rows(root, func(_ int64, r record) error {
			for i := range 8 {
				envelope(r.blob(i))
				lostKind(r, i)
			}
			if rows++; rows > len(file) {
				t.Fatal("more rows than bytes")
			}
			return nil
		})
	})
}

func FuzzEnvelope(f *testing.F) {
	f.Add(mustBlob(square(1, 2, 3)))
	f.Fuzz(func(t *testing.T, blob []byte) {
		b, _, _ := envelope(blob)
		s, err := decodeBlob(blob)
		if err != nil {
			return
		}
		if len(s.parts) > 0 && b != anywhere {
			if p := s.parts.Bound(); !b.covers(box{p.Min[0], p.Min[1], p.Max[0], p.Max[1]}) {
				t.Errorf("%v does not hold %v", b, p)
			}
		}
	})
}

func mustBlob(mp orb.MultiPolygon) []byte {
	return encodeBlob(mp, 4525).([]byte)
}

// BenchmarkIndex looks at 40 000 squares: by pages, and by SQL.
func BenchmarkIndex(b *testing.B) {
	l := open(b, write(b, grid("DLTB", 200)))[0].(*layer)
	for name, index := range map[string]func(context.Context) (*index, error){"pages": l.indexPages, "SQL": l.indexSQL} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := index(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)*40000/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
