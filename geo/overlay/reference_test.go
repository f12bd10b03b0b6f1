package overlay

import (
	"cmp"
	"context"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// plainCells is Cells without hashes, packed keys, sweep or edges set aside:
// every ring is cut, every pair of segments looked at in every round.
func plainCells(t *rapid.T, window orb.Bound, shapes []*Shape, keep func([]int32) bool) []Cell {
	var ar Arranger
	ar.window = windowOf(window)
	for i, s := range shapes {
		for j := range s.rings {
			ar.addRing(ar.window.shorten(&s.rings[j], nil), int32(i))
		}
	}
	ar.begin()
	for ar.round = range maxRounds {
		ar.plainMerge()
		ar.splits = nil
		for i := range ar.segments {
			for j := range i {
				ar.meet(int32(i), int32(j))
			}
		}
		if len(ar.splits) == 0 {
			if err := ar.graph.build(context.Background(), ar.segments); err != nil {
				t.Fatal(err)
			}
			if err := ar.nest(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := ar.label(context.Background()); err != nil {
				t.Fatal(err)
			}
			cells, err := ar.collect(context.Background(), keep)
			if err != nil {
				t.Fatal(err)
			}
			return cells
		}
		if err := ar.cut(); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatal("noding did not settle")
	return nil
}

func (ar *Arranger) plainMerge() {
	sums := map[[2]point]map[int32]int32{}
	for _, s := range ar.segments {
		ends := [2]point{s.a, s.b}
		if sums[ends] == nil {
			sums[ends] = map[int32]int32{}
		}
		for _, d := range ar.deltas[s.from:s.to] {
			sums[ends][d.input] += d.winding
		}
	}
	ar.segments, ar.deltas = nil, nil
	for ends, sum := range sums {
		from := len(ar.deltas)
		for input, winding := range sum {
			if winding != 0 {
				ar.deltas = append(ar.deltas, delta{input, winding})
			}
		}
		slices.SortFunc(ar.deltas[from:], func(d, e delta) int { return cmp.Compare(d.input, e.input) })
		if from < len(ar.deltas) {
			ar.segments = append(ar.segments, segment{a: ends[0], b: ends[1], from: int32(from), to: int32(len(ar.deltas))})
		}
	}
	slices.SortFunc(ar.segments, func(s, t segment) int {
		return cmp.Or(cmp.Compare(s.a.x, t.a.x), cmp.Compare(s.a.y, t.a.y), cmp.Compare(s.b.x, t.b.x), cmp.Compare(s.b.y, t.b.y))
	})
}

// drawShapes is a shape with what may lie about it: the same again, shapes
// that share its edges, slivers, crossed rings, and large ones that run round
// it, with holes and islands.
func drawShapes(t *rapid.T) []orb.MultiPolygon {
	first := star(t, "first")
	shapes := []orb.MultiPolygon{first}
	for range rapid.IntRange(0, 6).Draw(t, "others") {
		s := star(t, "s")
		switch rapid.SampledFrom([]string{"star", "star", "same", "grown", "sliver", "crossed", "large", "large", "island", "rest"}).Draw(t, "what") {
		case "same":
			s = first.Clone()
		case "grown":
			s = first.Clone()
			k := rapid.IntRange(0, len(s[0][0])-2).Draw(t, "corner")
			s[0][0][k][0] += rapid.SampledFrom([]float64{0.0001, 0.02, 30}).Draw(t, "by")
			s[0][0][len(s[0][0])-1] = s[0][0][0]
		case "sliver":
			s = first.Clone()
			for i := range s[0][0] {
				s[0][0][i][1] += 0.0002 * float64(i%2)
			}
			s[0][0][len(s[0][0])-1] = s[0][0][0]
		case "crossed":
			if r := s[0][0]; len(r) > 4 {
				r[1], r[2] = r[2], r[1]
			}
		case "large":
			s = enlarge(moved(s, 30, 30), rapid.Float64Range(3, 200).Draw(t, "scale"))
		case "island":
			s = append(enlarge(moved(s, 30, 30), 40), s...)
		case "rest":
			large := enlarge(moved(star(t, "l"), 30, 30), 60)
			s = orb.MultiPolygon{{large[0][0], first[0][0]}}
		}
		shapes = append(shapes, s)
	}
	return shapes
}

// enlarge blows a shape up from the middle of the place.
func enlarge(mp orb.MultiPolygon, scale float64) orb.MultiPolygon {
	mp = mp.Clone()
	for _, p := range mp {
		for _, r := range p {
			for i := range r {
				r[i] = orb.Point{30 + scale*(r[i][0]-30), 30 + scale*(r[i][1]-30)}
			}
		}
	}
	return mp
}

// moved brings the middle of a shape to a place.
func moved(mp orb.MultiPolygon, x, y float64) orb.MultiPolygon {
	c := mp.Bound().Center()
	for _, p := range mp {
		for _, r := range p {
			for i := range r {
				r[i][0] += x - c[0]
				r[i][1] += y - c[1]
			}
		}
	}
	return mp
}

// randomScribble draws rings of any sort between a few places of the grid, where
// rounding a crossing makes others.
func randomScribble(t *rapid.T) []orb.MultiPolygon {
	side := rapid.IntRange(3, 12).Draw(t, "side")
	var shapes []orb.MultiPolygon
	for range rapid.IntRange(1, 6).Draw(t, "shapes") {
		var r orb.Ring
		for range rapid.IntRange(3, 20).Draw(t, "corners") {
			r = append(r, orb.Point{float64(rapid.IntRange(0, side).Draw(t, "x")) / perInput, float64(rapid.IntRange(0, side).Draw(t, "y")) / perInput})
		}
		shapes = append(shapes, orb.MultiPolygon{{append(r, r[0])}})
	}
	return shapes
}

// TestCellsAgainstPlain: cells are the same to the bit.
func TestCellsAgainstPlain(t *testing.T) { rapid.Check(t, againstPlain()) }

// FuzzCells is the same for land that a fuzzer draws.
func FuzzCells(f *testing.F) { f.Fuzz(rapid.MakeFuzz(againstPlain())) }

func againstPlain() func(t *rapid.T) {
	var ar Arranger
	return func(t *rapid.T) {
		var shapes []*Shape
		window := orb.Bound{Min: orb.Point{-20_000, -20_000}, Max: orb.Point{20_000, 20_000}}
		draw := rapid.SampledFrom([]func(*rapid.T) []orb.MultiPolygon{drawShapes, randomScribble}).Draw(t, "draw")
		for _, s := range draw(t) {
			shapes = append(shapes, Prepare(s))
		}
		all := func([]int32) bool { return true }
		got, err := ar.Cells(context.Background(), window, shapes, all)
		if want := plainCells(t, window, shapes, all); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v %v\nplainly %v", err, got, want)
		}
	}
}

// TestWithinAgainstPlain: what lies beside a shape's box makes no difference to
// its cells, but that a crossing there no longer bends the edges that lead out
// of the box, by a grid step.
func TestWithinAgainstPlain(t *testing.T) {
	var ar Arranger
	rapid.Check(t, func(t *rapid.T) {
		shapes := drawShapes(t)
		var prepared []*Shape
		for _, s := range shapes {
			prepared = append(prepared, Prepare(s))
		}
		keep := func(cover []int32) bool { return cover[0] == 0 }
		got, err := ar.CellsWithin(context.Background(), prepared, keep)
		if err != nil {
			t.Fatal(err)
		}
		want := plainCells(t, prepared[0].Bound(), prepared, keep)
		if len(got) != len(want) {
			t.Fatalf("%d cells, plainly %d:\n%v\n%v", len(got), len(want), got, want)
		}
		for i := range want {
			g, w := got[i], want[i]
			if !slices.Equal(g.Cover, w.Cover) || !slices.Equal(g.SelfOverlapping, w.SelfOverlapping) || len(g.Polygon) != len(w.Polygon) ||
				math.Abs(planar.Area(g.Polygon)-planar.Area(w.Polygon)) > 1e-5 {
				t.Fatalf("cell %d is %v\nplainly %v", i, g, w)
			}
		}
	})
}

// TestNearlyEqual: edges a tenth of a millimetre apart at one end and nothing
// at the other cross a third side by side; every round would move the crossing
// on by one step.
func TestNearlyEqual(t *testing.T) {
	ring := orb.Ring{{7.5, 0.0625}, {4.045, 4.8178}, {0.9549, 4.8178}, {-3.5676, 4.4709}, {-37.5, 0.0625}, {-1.5451, -2.8764}, {4.045, -4.6928}, {7.5, 0.0625}}
	other := ring.Clone()
	other[4][0] += 0.0001
	cells := cellsOf(t, orb.MultiPolygon{{ring}}, orb.MultiPolygon{{other}}, orb.MultiPolygon{{{{5, 0}, {0, 6}, {-16, 0}, {0, -5}, {5, 0}}}})
	sum := 0.0
	for _, c := range cells {
		if len(c.Cover) > 1 && c.Cover[0] == 0 && c.Cover[1] == 1 {
			sum += planar.Area(c.Polygon)
		}
	}
	if want := planar.Area(orb.Polygon{other}); math.Abs(sum-want) > 1e-4 {
		t.Errorf("both cover %v, want %v", sum, want)
	}
}
