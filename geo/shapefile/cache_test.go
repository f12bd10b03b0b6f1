package shapefile

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
	"landcheck/geo/inplace/inplacetest"
)

// waited opens a layer as if its files had been left alone for long.
func waited(t testing.TB, path, cache string) *Layer {
	t.Helper()
	l, err := openCached(path, "DLTB.shp", cache, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	l.cache.Began = time.Now().Add(time.Hour)
	return l
}

// TestCacheChangesNothing holds layers, many of them damaged, read by way of a
// cache against the same read plainly, also after someone has written to them.
func TestCacheChangesNothing(t *testing.T) {
	root := t.TempDir()
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		dir := filepath.Join(root, fmt.Sprint(round))
		path, cache := filepath.Join(dir, "DLTB.shp"), filepath.Join(dir, "cache")
		table := &geo.Table{Fields: []geo.Field{{Name: "DLBM", Type: geo.TextField, Width: 5}}}
		n := rapid.SampledFrom([]int{0, 1, 7, 255, 256, 257, 700}).Draw(rt, "n")
		for i := range n {
			f := geo.Feature{Values: []string{fmt.Sprint(i % 13)}}
			if rapid.IntRange(0, 20).Draw(rt, "null") > 0 {
				f.Geometry = orb.MultiPolygon{{square(20*float64(i%50), 20*float64(i/50), rapid.Float64Range(1, 30).Draw(rt, "side"))}}
			}
			table.Rows = append(table.Rows, f)
		}
		if err := os.Mkdir(dir, 0o700); err != nil {
			rt.Fatal(err)
		}
		if err := Write(t.Context(), path, table, GBK); err != nil {
			rt.Fatal(err)
		}
		damage := func(name string, kinds ...string) {
			file := filepath.Join(dir, name)
			data, err := os.ReadFile(file)
			if err != nil {
				return
			}
			switch rapid.SampledFrom(append(kinds, "none")).Draw(rt, name) {
			case "delete rows":
				for i := range n {
					if i%3 == 0 {
						data[len(data)-1-6*(n-i)] = deletedFlag
					}
				}
			case "trail":
				data = append(data, "trail...."...)
			case "missing":
				os.Remove(file)
				return
			case "zeros":
				clear(data[min(len(data), 100):])
			}
			if err := os.WriteFile(file, data, 0o600); err != nil {
				rt.Fatal(err)
			}
		}
		damage("DLTB.dbf", "delete rows")
		damage("DLTB.shx", "missing", "zeros")
		damage("DLTB.shp", "trail")
		boxes := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) orb.Bound {
			x, y := rapid.Float64Range(-50, 1000).Draw(rt, "x"), rapid.Float64Range(-50, 300).Draw(rt, "y")
			return orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + rapid.Float64Range(0, 300).Draw(rt, "w"), y + 20}}
		}), 1, 5).Draw(rt, "boxes")

		plain, err := Open(path, "DLTB.shp")
		if err != nil {
			rt.Skip(err)
		}
		defer plain.Close()
		want := inplacetest.Tell(t, plain, boxes)
		for try := range 3 {
			l := waited(t, path, cache)
			if got := inplacetest.Tell(t, l, boxes); !reflect.DeepEqual(got, want) {
				rt.Fatalf("try %d: %+v, want %+v", try, got, want)
			}
			if l.cache.Known() != (try > 0) {
				rt.Fatalf("try %d: known %v", try, l.cache.Known())
			}
			l.Close()
		}

		// Someone writes one byte, and sets the times back.
		info, _ := os.Stat(path)
		f, err := os.OpenFile(filepath.Join(dir, "DLTB.dbf"), os.O_RDWR, 0)
		if err != nil {
			rt.Fatal(err)
		}
		f.WriteAt([]byte{7}, 1)
		f.Close()
		os.Chtimes(filepath.Join(dir, "DLTB.dbf"), info.ModTime(), info.ModTime())
		l := waited(t, path, cache)
		if l.cache.Known() {
			rt.Fatal("the cache is believed after a change")
		}
		if d, err := l.Digest(t.Context()); err != nil || d == want.Digest {
			rt.Fatal("the change does not show", err)
		}
		l.Close()
	})
}

// TestCacheOfFreshFiles: what was written a moment ago may be written again
// within the same tick of the clock, so it is not remembered.
func TestCacheOfFreshFiles(t *testing.T) {
	path, cache := put(t, written(t, squares(3))), t.TempDir()
	for range 2 {
		l, err := openCached(path, "", cache, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Digest(t.Context()); err != nil || l.cache.Known() {
			t.Fatal(err, l.cache.Known())
		}
		l.Close()
	}
	if left, _ := os.ReadDir(cache); len(left) > 0 {
		t.Error("remembered:", left)
	}
}

// TestDamagedCache: a byte of a cache that goes wrong changes no answer.
func TestDamagedCache(t *testing.T) {
	path := put(t, written(t, squares(300)))
	inplacetest.DamagedCache(t, func(cache string) inplacetest.Layer { return waited(t, path, cache) })
}

// TestConcurrentRuns: processes that share a cache do not disturb each other.
func TestConcurrentRuns(t *testing.T) {
	path := put(t, written(t, squares(300)))
	inplacetest.ConcurrentRuns(t, func(cache string) inplacetest.Layer { return waited(t, path, cache) })
}
