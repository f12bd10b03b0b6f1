package shapefile

import (
	"encoding/binary"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
	"landcheck/geo/inplace"
	"landcheck/geo/inplace/inplacetest"
)

// damageBoxes overwrites the box of records, and that of the header, by what
// spoil makes of them.
func damageBoxes(shp []byte, kind uint32, damage func(record int, b []float64)) {
	box := func(record, at int) {
		b := make([]float64, 4)
		for k := range b {
			b[k] = float(shp[at+8*k:])
		}
		damage(record, b)
		for k := range b {
			binary.LittleEndian.PutUint64(shp[at+8*k:], math.Float64bits(b[k]))
		}
	}
	box(0, 36)
	binary.LittleEndian.PutUint32(shp[32:], kind)
	record := 0
	for at := fileHeader; at < len(shp); {
		record++
		length := int(binary.BigEndian.Uint32(shp[at+4:])) * 2
		if binary.LittleEndian.Uint32(shp[at+8:]) != 0 {
			binary.LittleEndian.PutUint32(shp[at+8:], kind)
			box(record, at+12)
		}
		at += recordHeader + length
	}
}

// What a file says of the boxes of its records finds and hides nothing: a layer
// with wrong boxes is read as the sound one, the first time, from the cache and
// without one, and says of how many records the boxes were wrong.
func TestDeclaredBoxes(t *testing.T) {
	nan := math.NaN()
	damages := map[string]func(b []float64){
		"zero":         func(b []float64) { clear(b) },
		"elsewhere":    func(b []float64) { b[0], b[2] = b[0]+5000, b[2]+5000 },
		"NaN":          func(b []float64) { b[0], b[1], b[2], b[3] = nan, nan, nan, nan },
		"one NaN":      func(b []float64) { b[2] = nan },
		"infinite":     func(b []float64) { b[0], b[2] = math.Inf(-1), math.Inf(1) },
		"a millimetre": func(b []float64) { b[2] -= 0.001 },
		"a point":      func(b []float64) { b[2], b[3] = b[0], b[1] },
		"inside out":   func(b []float64) { b[0], b[2] = b[2], b[0] },
		"too large":    func(b []float64) { b[0], b[3] = b[0]-100, b[3]+1e6 },
	}
	names := slices.Sorted(maps.Keys(damages))
	rapid.Check(t, func(rt *rapid.T) {
		damage := damages[rapid.SampledFrom(names).Draw(rt, "wrong")]
		table := squares(rapid.SampledFrom([]int{1, 5, 300}).Draw(rt, "records"))
		kind := rapid.SampledFrom([]uint32{5, 15, 25}).Draw(rt, "type") // Z and M parts may be absent
		files := written(t, table)
		damageBoxes(files[".shp"], kind, func(int, []float64) {})
		sound := put(t, files)
		wrong := 0
		few := rapid.Bool().Draw(rt, "few")
		damageBoxes(files[".shp"], kind, func(record int, b []float64) {
			if record == 0 || !few || record%7 == 1 {
				damage(b)
				if record > 0 {
					wrong++
				}
			}
		})
		lying := put(t, files)
		bound := open(t, sound, "").Bound()
		boxes := []orb.Bound{}
		for range rapid.IntRange(1, 4).Draw(rt, "boxes") {
			x := rapid.Float64Range(bound.Min[0]-20, bound.Max[0]+20).Draw(rt, "x")
			y := rapid.Float64Range(bound.Min[1]-20, bound.Max[1]+20).Draw(rt, "y")
			boxes = append(boxes, orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 3, y + 3}})
		}
		want := inplacetest.Tell(t, open(t, sound, ""), boxes)
		cache := t.TempDir()
		for _, dir := range []string{"", cache, cache} {
			l := waited(t, lying, dir)
			got := inplacetest.Tell(t, l, boxes)
			if told := boxesTold(got.Issues); told != wrong {
				rt.Fatalf("cache %q: %d records are told, %d are wrong: %v", dir, told, wrong, l.Notices())
			}
			got.Digest, got.Issues, want.Issues = want.Digest, nil, nil
			if !reflect.DeepEqual(got, want) {
				rt.Fatalf("cache %q: %v, want %v", dir, got, want)
			}
			if err := l.Close(); err != nil {
				rt.Fatal(err)
			}
		}
		if files, _ := filepath.Glob(cache + "/*.layer"); len(files) != 1 {
			rt.Fatal("nothing was kept")
		}
	})
}

func open(t testing.TB, path, cache string) *Layer {
	t.Helper()
	l, err := openCached(path, "DLTB.shp", cache, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func boxesTold(issues []geo.Issue) int {
	n := 0
	for _, o := range issues {
		if strings.Contains(o.Message.EN, "box") {
			n += len(o.Records)
		}
	}
	return n
}

// A coordinate that is no number has no place: who comes near the rest of its
// record is stopped, the others are told.
func TestLostPoint(t *testing.T) {
	files := written(t, squares(3))
	shp := files[".shp"]
	at := fileHeader + recordHeader + polyHeader + 4 + 16 // the first record's second point
	binary.LittleEndian.PutUint64(shp[at:], math.Float64bits(math.NaN()))
	l := open(t, put(t, files), "")
	near := func(of int) error {
		b := l.records.Boxes[of].Bound()
		for _, err := range l.Near(t.Context(), []orb.Bound{b}, nil) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := near(0); err == nil || !strings.Contains(err.Error(), "not finite") {
		t.Errorf("near: %v", err)
	}
	if err := near(2); err != nil {
		t.Errorf("far: %v", err)
	}
	if n := l.Notices(); len(n) != 1 || n[0].Record != 1 || !strings.Contains(n[0].Message.EN, "not finite") {
		t.Errorf("%v", n)
	}
}

// Bytes that change between the walk and the reading are noticed.
func TestPointsChangedSinceTheWalk(t *testing.T) {
	path := put(t, written(t, squares(3)))
	l := open(t, path, "")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at := int64(fileHeader + recordHeader + polyHeader + 4)
	if _, err := f.WriteAt(binary.LittleEndian.AppendUint64(nil, math.Float64bits(1e9)), at); err != nil {
		t.Fatal(err)
	}
	for _, err = range l.Near(t.Context(), nil, nil) {
		if err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("%v", err)
	}
}

// Boxes of any doubles are those of a plain loop.
func FuzzAroundPoints(f *testing.F) {
	f.Add(math.Float64bits(1), math.Float64bits(-2), math.Float64bits(37e6), math.Float64bits(4e6))
	f.Add(math.Float64bits(math.NaN()), math.Float64bits(math.Inf(-1)), math.Float64bits(0), math.Float64bits(math.Copysign(0, -1)))
	f.Fuzz(func(t *testing.T, a, b, c, d uint64) {
		var body []byte
		want, finite := inplace.EmptyBox, true
		for _, p := range [][2]uint64{{a, b}, {c, d}} {
			body = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(body, p[0]), p[1])
			x, y := math.Float64frombits(p[0]), math.Float64frombits(p[1])
			if math.IsNaN(x) || math.IsInf(x, 0) || math.IsNaN(y) || math.IsInf(y, 0) {
				finite = false
				continue
			}
			want = inplace.Box{min(want[0], x), min(want[1], y), max(want[2], x), max(want[3], y)}
		}
		if got, ok := aroundPoints(body); got != want || ok != finite {
			t.Errorf("%v, %v, want %v, %v", got, ok, want, finite)
		}
	})
}
