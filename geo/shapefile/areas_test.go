package shapefile

import (
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

var whole = geo.Span{First: 1, Last: 1 << 30}

var learnedIn = geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000}

// asked reads a layer skipping every shape that it can, and tells which.
func asked(t *testing.T, l *Layer) (areas map[int]float64, rest []geo.Feature) {
	t.Helper()
	areas = map[int]float64{}
	for k, err := range l.NearSkipping(t.Context(), learnedIn, whole, nil, []string{"DLBM"}, func(k *geo.MeasuredFeature) bool {
		areas[k.Record] = k.Area
		return true
	}) {
		if err != nil {
			t.Fatal(err)
		}
		if areas[k.Record] == 0 {
			rest = append(rest, k.Feature)
		} else if k.Geometry != nil || len(k.Values) != 1 {
			t.Fatalf("record %d: %+v, want its values and no shape", k.Record, k)
		}
	}
	return areas, rest
}

// TestLearn has a layer remember areas and a text, in this process and the
// next, until a byte of it changes; odd records are never skipped.
func TestLearn(t *testing.T) {
	table := squares(600)
	table.Rows[3].Geometry[0][0] = table.Rows[3].Geometry[0][0][:4] // not closed
	path, cache := put(t, written(t, table)), t.TempDir()
	l := waited(t, path, cache)
	if areas, rest := asked(t, l); len(areas) != 0 || len(rest) != 600 {
		t.Fatalf("%d areas known of a new layer, %d records read", len(areas), len(rest))
	}
	want := map[int]float64{}
	for _, record := range []int{1, 4, 256, 257, 600} {
		want[record] = 100 + float64(record)/7
	}
	l.SetAreas(learnedIn, want)
	l.SetAreas(learnedIn, map[int]float64{0: 1, 601: 1, -5: 1}) // no such records
	l.SetMetadata("sum", "12,5")
	odd := l.odd.Records()
	for record := range odd {
		delete(want, record)
	}
	if areas, _ := asked(t, l); !maps.Equal(areas, want) {
		t.Errorf("this process knows %v, want %v", areas, want)
	}
	l.Close()

	for range 2 {
		l = waited(t, path, cache)
		areas, rest := asked(t, l)
		if text, ok := l.Metadata("sum"); !maps.Equal(areas, want) || len(rest) != 600-len(want) || !ok || text != "12,5" {
			t.Fatalf("the next process knows %v and %q, want %v", areas, text, want)
		}
		for k, err := range l.NearSkipping(t.Context(), geo.CRS{Kind: geo.Geographic}, whole, nil, nil, func(*geo.MeasuredFeature) bool { return true }) {
			if err != nil || k.Geometry == nil || k.Area != 0 {
				t.Fatalf("an area in another system: %+v, %v", k, err)
			}
		}
		l.Close()
	}

	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt([]byte{1}, 250); err != nil {
		t.Fatal(err)
	}
	file.Close()
	l = waited(t, path, cache)
	if areas, _ := asked(t, l); len(areas) != 0 {
		t.Error("remembered after a change:", areas)
	}
	if _, ok := l.Metadata("sum"); ok {
		t.Error("the text is remembered after a change")
	}
}

// TestLearnOfFreshFiles: files of this moment may change without a trace.
func TestLearnOfFreshFiles(t *testing.T) {
	path, cache := put(t, written(t, squares(3))), t.TempDir()
	l, err := openCached(path, "", cache, 0)
	if err != nil {
		t.Fatal(err)
	}
	l.SetAreas(learnedIn, map[int]float64{1: 5})
	l.Close()
	if left, _ := os.ReadDir(cache); len(left) > 0 {
		t.Error("remembered:", left)
	}
}

// TestSplit reads spans one after the other: together they are the whole.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l, err := Open(put(t, written(t, squares(rapid.IntRange(0, 2000).Draw(rt, "records")))), "")
		if err != nil {
			rt.Fatal(err)
		}
		defer l.Close()
		around := l.Bound()
		boxes := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) orb.Bound {
			at := func(axis int, name string) float64 {
				return rapid.Float64Range(around.Min[axis]-5, max(around.Max[axis], around.Min[axis])+5).Draw(rt, name)
			}
			x, y := at(0, "x"), at(1, "y")
			return orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + rapid.Float64Range(0, 200).Draw(rt, "w"), y + 30}}
		}), 1, 4).Draw(rt, "boxes")
		if l.Len() == 0 {
			boxes = nil
		}
		var want, got []int
		for f, err := range l.Near(t.Context(), boxes, nil) {
			if err != nil {
				rt.Fatal(err)
			}
			want = append(want, f.Record)
		}
		n := rapid.IntRange(1, 9).Draw(rt, "n")
		spans := l.Split(boxes, n)
		for _, span := range spans {
			for k, err := range l.NearSkipping(t.Context(), learnedIn, span, boxes, nil, nil) {
				if err != nil || k.Record < span.First || k.Record > span.Last {
					rt.Fatalf("%+v in %v: %v", k, span, err)
				}
				got = append(got, k.Record)
			}
		}
		if len(spans) > n || !slices.Equal(got, want) {
			rt.Fatalf("%d spans give %v, want %v", len(spans), got, want)
		}
	})
}
