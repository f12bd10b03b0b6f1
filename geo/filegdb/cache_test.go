package filegdb

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace/inplacetest"
)

// copied is a geodatabase of the third-party files of one's own, to be changed.
func copied(t testing.TB, name string) string {
	t.Helper()
	dir := t.TempDir()
	for base, from := range unpacked(t, name).Files {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, base), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// waited opens a layer as if its files had been left alone for long; small ones
// are remembered too.
func waited(t testing.TB, dir, layer, cache string) *Layer {
	t.Helper()
	in, err := ReadFolder(dir, "x.gdb")
	if err != nil {
		t.Fatal(err)
	}
	in.Cache, in.small = cache, true
	l := opened(t, in)[layer]
	l.cache.Began = time.Now().Add(time.Hour)
	return l
}

// TestCacheChangesNothing holds layers read by way of a cache against the same
// read plainly: with gaps among the OBJECTIDs, null shapes, curves, lost figures.
func TestCacheChangesNothing(t *testing.T) {
	for _, c := range []struct{ file, layer string }{
		{"sample-base.gdb.zip", "DLTB"}, {"made/deleted.gdb.zip", "图斑"}, {"made/sparse-ids.gdb.zip", "图斑"}, {"made/null-empty.gdb.zip", ""}, {"gdal/curves.gdb", "polygon"},
	} {
		t.Run(c.file, func(t *testing.T) {
			dir, cache := copied(t, c.file), t.TempDir()
			plain, err := ReadFolder(dir, "x.gdb")
			if err != nil {
				t.Fatal(err)
			}
			layers := opened(t, plain)
			if layers[c.layer] == nil {
				for name := range layers {
					c.layer = name
				}
			}
			l := layers[c.layer]
			b := l.Bound()
			boxes := []orb.Bound{{Min: b.Min, Max: orb.Point{(b.Min[0] + b.Max[0]) / 2, (b.Min[1] + b.Max[1]) / 2}}}
			want := inplacetest.Tell(t, l, boxes)
			for try := range 3 {
				l := waited(t, dir, c.layer, cache)
				if l.cache.Known() != (try > 0) {
					t.Fatalf("try %d: remembered %v", try, l.cache.Known())
				}
				if got := inplacetest.Tell(t, l, boxes); !reflect.DeepEqual(got, want) {
					t.Fatalf("try %d: %+v, want %+v", try, got, want)
				}
				l.Close()
			}
		})
	}
}

// TestCacheOfChangedFiles: a byte that someone writes, of the table or of the
// places of its rows, is noticed though the times are set back; one of an index,
// which is not read, is nobody's concern.
func TestCacheOfChangedFiles(t *testing.T) {
	dir, cache := copied(t, "made/deleted.gdb.zip"), t.TempDir()
	known := func() bool {
		l := waited(t, dir, "图斑", cache)
		defer l.Close()
		if _, err := l.Digest(t.Context()); err != nil {
			t.Fatal(err)
		}
		return l.cache.Known()
	}
	if known() || !known() {
		t.Fatal("the second reading is to be remembered")
	}
	l := waited(t, dir, "图斑", "")
	table, places := l.table.file.Source.Name(), l.table.index.Source.Name()
	spx := table[:len(table)-len(".gdbtable")] + ".spx"
	for file, forgotten := range map[string]bool{table: true, places: true, spx: false} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(file, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		one := make([]byte, 1)
		if _, err := f.ReadAt(one, 0); err != nil {
			t.Fatal(err)
		}
		f.WriteAt(one, 0)
		f.Close()
		os.Chtimes(file, info.ModTime(), info.ModTime())
		if known() == forgotten || !known() {
			t.Errorf("%s was written to: remembered %v", filepath.Base(file), !forgotten)
		}
	}
}

// TestCacheOfTwoOfOneName: geodatabases that have everything in common but where
// they lie are remembered each for itself.
func TestCacheOfTwoOfOneName(t *testing.T) {
	a, b, cache := copied(t, "made/deleted.gdb.zip"), copied(t, "made/deleted.gdb.zip"), t.TempDir()
	for _, dir := range []string{a, b} {
		for try := range 2 {
			l := waited(t, dir, "图斑", cache)
			if _, err := l.Digest(t.Context()); err != nil || l.cache.Known() != (try > 0) {
				t.Fatal(dir, try, err)
			}
			l.Close()
		}
	}
}

// TestCacheOfFreshFiles: what was written a moment ago may be written again
// within the same tick of the clock, so it is not remembered.
func TestCacheOfFreshFiles(t *testing.T) {
	dir, cache := copied(t, "made/deleted.gdb.zip"), t.TempDir()
	l := waited(t, dir, "图斑", cache)
	l.cache.Began = time.Now()
	if _, err := l.Digest(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.SetAreas(geo.CRS{}, map[int]float64{4: 5})
	l.Close()
	if left, _ := os.ReadDir(cache); len(left) > 0 {
		t.Error("remembered: ", left)
	}
}

// TestDamagedCache: a byte of a cache that goes wrong changes no answer.
func TestDamagedCache(t *testing.T) {
	dir := copied(t, "made/deleted.gdb.zip")
	inplacetest.DamagedCache(t, func(cache string) inplacetest.Layer { return waited(t, dir, "图斑", cache) })
}

// TestConcurrentRuns: processes that share a cache do not disturb each other.
func TestConcurrentRuns(t *testing.T) {
	dir := copied(t, "made/sparse-ids.gdb.zip")
	inplacetest.ConcurrentRuns(t, func(cache string) inplacetest.Layer { return waited(t, dir, "图斑", cache) })
}

// TestLearn has a layer remember areas by OBJECTID and a text, in this process and
// the next; ids that no row has, and odd records, are never remembered.
func TestLearn(t *testing.T) {
	dir, cache := copied(t, "made/sparse-ids.gdb.zip"), t.TempDir()
	system := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}
	l := waited(t, dir, "图斑", cache)
	all := read(t, l)
	want := map[int]float64{all[0].Record: 5, all[len(all)-1].Record: 7}
	l.SetAreas(system, want)
	l.SetAreas(system, map[int]float64{0: 1, -3: 1, all[len(all)-1].Record + 1: 1, 1 << 40: 1})
	l.SetMetadata("sum", "12")
	l.Close()
	for range 2 {
		l := waited(t, dir, "图斑", cache)
		got, rest := map[int]float64{}, 0
		for k, err := range l.NearSkipping(t.Context(), system, geo.Span{First: 1, Last: 1 << 40}, nil, nil, func(k *geo.MeasuredFeature) bool {
			got[k.Record] = k.Area
			return true
		}) {
			if err != nil || (got[k.Record] != 0) != (k.Geometry == nil) {
				t.Fatal(k, err)
			}
			rest++
		}
		if text, ok := l.Metadata("sum"); !maps.Equal(got, want) || rest != len(all) || !ok || text != "12" {
			t.Errorf("known are %v and %q of %d, want %v", got, text, rest, want)
		}
		for k, err := range l.NearSkipping(t.Context(), geo.CRS{Kind: geo.Geographic}, geo.Span{First: 1, Last: 1 << 40}, nil, nil, nil) {
			if err != nil || k.Area != 0 || k.Geometry == nil {
				t.Fatal("an area in another system: ", k, err)
			}
		}
		l.Close()
	}
}
