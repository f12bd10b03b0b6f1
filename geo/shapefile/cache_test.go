package shapefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

// told is everything that a layer tells of itself.
type told struct {
	Digest string
	Len    int
	Bound  orb.Bound
	Rows   []geo.Feature
	All    []geo.Feature
	Near   []geo.Feature
	Issues []geo.Issue
}

func tell(t testing.TB, l *Layer, boxes []orb.Bound) told {
	t.Helper()
	x := told{Len: l.Len(), Bound: l.Bound()}
	var err error
	if x.Digest, err = l.Digest(t.Context()); err != nil {
		t.Fatal(err)
	}
	columns := []string{"DLBM"}
	for _, part := range []struct {
		to   *[]geo.Feature
		from func(func(geo.Feature, error) bool)
	}{{&x.Rows, l.Rows(t.Context(), columns)}, {&x.All, l.Near(t.Context(), nil, columns)}, {&x.Near, l.Near(t.Context(), boxes, columns)}} {
		for f, err := range part.from {
			if err != nil {
				t.Fatal(err)
			}
			*part.to = append(*part.to, f)
		}
	}
	x.Issues = l.Issues()
	return x
}

// waited opens a layer as if its files had been left alone for long.
func waited(t testing.TB, path, cache string) *Layer {
	t.Helper()
	l, err := openCached(path, "DLTB.shp", cache, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	l.began = time.Now().Add(time.Hour)
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
		want := tell(t, plain, boxes)
		for try := range 3 {
			l := waited(t, path, cache)
			if got := tell(t, l, boxes); !reflect.DeepEqual(got, want) {
				rt.Fatalf("try %d: %+v, want %+v", try, got, want)
			}
			if (l.kept != nil) != (try > 0) {
				rt.Fatalf("try %d: kept %v", try, l.kept != nil)
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
		if l.kept != nil {
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
		if _, err := l.Digest(t.Context()); err != nil || l.kept != nil {
			t.Fatal(err, l.kept)
		}
		l.Close()
	}
	if left, _ := os.ReadDir(cache); len(left) > 0 {
		t.Error("remembered:", left)
	}
}

// TestDamagedCache: every byte of a cache may go wrong. The layer is then read
// as without, or the cache is named, removed, and no longer in the way.
func TestDamagedCache(t *testing.T) {
	path, cache := put(t, written(t, squares(300))), t.TempDir()
	l := waited(t, path, cache)
	want := tell(t, l, nil)
	l.Close()
	file, err := keptPath(cache, path, layerEnding)
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(good); at += 1 + at/40 {
		bad := append([]byte(nil), good...)
		bad[at] ^= 0x10
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		l := waited(t, path, cache)
		var all []geo.Feature
		for f, err := range l.Near(t.Context(), nil, []string{"DLBM"}) {
			if err != nil {
				all = nil
				if _, there := os.Stat(file); there == nil {
					t.Fatalf("byte %d: %v, and the cache is still there", at, err)
				}
				break
			}
			all = append(all, f)
		}
		if all != nil && !reflect.DeepEqual(all, want.All) {
			t.Fatalf("byte %d: another answer", at)
		}
		l.Close()
	}
	if err := os.Truncate(file, 100); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	again := waited(t, path, cache)
	if got := tell(t, again, nil); !reflect.DeepEqual(got, want) {
		t.Fatal("another answer after a cache cut short")
	}
}

// TestDamagedCacheThatStays: who cannot remove a damaged cache is not told that
// it is gone.
func TestDamagedCacheThatStays(t *testing.T) {
	path, cache := put(t, written(t, squares(300))), t.TempDir()
	l := waited(t, path, cache)
	if _, err := l.Digest(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.Close()
	file, err := keptPath(cache, path, layerEnding)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-1] ^= 1
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	l = waited(t, path, cache)
	// Permissions do not bind root; a directory that is not empty stays.
	if err := errors.Join(os.Remove(file), os.MkdirAll(filepath.Join(file, "in the way"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, err = range l.Near(t.Context(), nil, nil) {
		if err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "cannot be removed") {
		t.Errorf("got %v", err)
	}
}

func TestPrune(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-maxKeptTime - time.Hour)
	for _, name := range []string{"a.layer", "b.layer", "new-1", "new-2", "mine.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if name != "b.layer" && name != "new-2" {
			os.Chtimes(filepath.Join(dir, name), old, old)
		}
	}
	prune(dir)
	left, _ := os.ReadDir(dir)
	var names []string
	for _, e := range left {
		names = append(names, e.Name())
	}
	if want := []string{"b.layer", "mine.txt", "new-2"}; !reflect.DeepEqual(names, want) {
		t.Errorf("left: %v, want %v", names, want)
	}
}

// TestTimesChanges goes by the numbers of linux/magic.h.
func TestTimesChanges(t *testing.T) {
	for kind, want := range map[int64]bool{
		0x4d44: false, 0x2011bab0: false, // MSDOS, EXFAT
		0xef53: true, 0x01021994: true, 0x6969: true, 0x65735546: true, // EXT4, TMPFS, NFS, FUSE
	} {
		if got := timesChanges(kind); got != want {
			t.Errorf("timesChanges(%#x) = %v", kind, got)
		}
	}
}
