package overlay

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestDissolveByClusters holds the union of what lies together, cluster by
// cluster, against the union of everything in one arrangement: squares that
// share edges, corners or nothing, stand in each other's holes, or overlap.
func TestDissolveByClusters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var shapes []*Shape
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			x, y := 10*float64(rapid.IntRange(0, 12).Draw(t, "x")), 10*float64(rapid.IntRange(0, 12).Draw(t, "y"))
			side := rapid.SampledFrom([]float64{10, 20, 35.5, 60}).Draw(t, "side")
			s := square(x, y, side)
			if side > 30 && rapid.Bool().Draw(t, "hole") {
				s[0] = append(s[0], square(x+5, y+5, side-10)[0][0])
			}
			shapes = append(shapes, Prepare(s))
		}
		var ar Arranger
		cells, err := ar.Cells(t.Context(), orb.Bound{Min: orb.Point{-50, -50}, Max: orb.Point{300, 300}}, shapes, func([]int32) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		var polygons []orb.Polygon
		for _, c := range cells {
			if rapid.IntRange(0, 3).Draw(t, "keep") > 0 {
				polygons = append(polygons, c.Polygon)
			}
		}
		united, err := ar.unite(context.Background(), polygons)
		if err != nil {
			t.Fatal(err)
		}
		got, want := dissolved(t, polygons), orb.MultiPolygon(united)
		if len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(byStart(got), byStart(want)) {
			t.Fatalf("%v\nwant %v", got, want)
		}
	})
}

func dissolved(t interface{ Fatal(...any) }, cells []orb.Polygon) orb.MultiPolygon {
	union, err := Dissolve(context.Background(), cells)
	if err != nil {
		t.Fatal(err)
	}
	return union
}

// byStart is the polygons in an order of their own.
func byStart(mp orb.MultiPolygon) map[orb.Point][]orb.Polygon {
	out := map[orb.Point][]orb.Polygon{}
	for _, p := range mp {
		out[smallest(p)] = append(out[smallest(p)], p)
	}
	return out
}

// BenchmarkDissolve is the union of 5 000 faces all over a county.
func BenchmarkDissolve(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var cells []orb.Polygon
	for i := range 5_000 {
		var r orb.Ring
		for k := range 64 {
			a := 2 * math.Pi * float64(k) / 64
			r = append(r, orb.Point{200*float64(i%70) + 50*math.Cos(a) + rng.Float64(), 200*float64(i/70) + 50*math.Sin(a)})
		}
		cells = append(cells, orb.Polygon{append(r, r[0])})
	}
	for b.Loop() {
		if len(dissolved(b, cells)) != len(cells) {
			b.Fatal("joined")
		}
	}
}
