package overlay

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// The kinds of land that is drawn wildly: each in few vertices, each with
// crossings or covers that grow with the square of them. All lie about (0, 0).

// comb is a bar with teeth of a length, turned.
func comb(teeth int, length, turned float64) orb.MultiPolygon {
	r := orb.Ring{{-length / 2, -length/2 - 10}}
	step := length / float64(2*teeth)
	for i := range teeth {
		x := -length/2 + 2*step*float64(i)
		r = append(r, orb.Point{x, length / 2}, orb.Point{x + step, length / 2}, orb.Point{x + step, -length / 2}, orb.Point{x + 2*step, -length / 2})
	}
	r = append(r, orb.Point{length / 2, -length/2 - 10}, r[0])
	return turnedBy(orb.MultiPolygon{{r}}, turned)
}

func turnedBy(mp orb.MultiPolygon, angle float64) orb.MultiPolygon {
	mp = mp.Clone()
	sin, cos := math.Sincos(angle)
	for _, p := range mp {
		for _, r := range p {
			for i, v := range r {
				r[i] = orb.Point{cos*v[0] - sin*v[1], sin*v[0] + cos*v[1]}
			}
			r[len(r)-1] = r[0]
		}
	}
	return mp
}

// needle is a thin rectangle.
func needle(length, width, turned, x, y float64) orb.MultiPolygon {
	mp := turnedBy(orb.MultiPolygon{{{{-length / 2, -width / 2}, {length / 2, -width / 2}, {length / 2, width / 2}, {-length / 2, width / 2}, {-length / 2, -width / 2}}}}, turned)
	for i := range mp[0][0] {
		mp[0][0][i][0] += x
		mp[0][0][i][1] += y
	}
	return mp
}

// fan is needles through one point.
func fan(n int, length float64, x, y float64) (all []orb.MultiPolygon) {
	for i := range n {
		all = append(all, needle(length, 1, math.Pi*float64(i)/float64(n), x, y))
	}
	return all
}

// shifted is squares, each beside the one before.
func shifted(n int, by, turned float64) (all []orb.MultiPolygon) {
	for i := range n {
		d := by * float64(i)
		all = append(all, turnedBy(square(d-300, d-300, 600), turned))
	}
	return all
}

// windmill is the star {n/k} as one ring, which crosses itself n(k-1) times.
func windmill(n, k int) orb.MultiPolygon {
	var r orb.Ring
	for i := range n {
		a := 2 * math.Pi * float64(i*k%n) / float64(n)
		r = append(r, orb.Point{500 * math.Cos(a), 500 * math.Sin(a)})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}

// spiral is a band wound round many times.
func spiral(turns int) orb.MultiPolygon {
	var out, back orb.Ring
	for i := range 60 * turns {
		a, d := 2*math.Pi*float64(i)/60, 500*float64(i)/float64(60*turns)
		out = append(out, orb.Point{d * math.Cos(a), d * math.Sin(a)})
		d += 200 / float64(turns)
		back = append(back, orb.Point{d * math.Cos(a), d * math.Sin(a)})
	}
	for i := len(back) - 1; i >= 0; i-- {
		out = append(out, back[i])
	}
	return orb.MultiPolygon{{append(out, out[0])}}
}

// repeated is a ring that is run through many times.
func repeated(times int) orb.MultiPolygon {
	r := orb.Ring{{-300, -300}}
	for range times {
		r = append(r, orb.Point{300, -300}, orb.Point{310, 300}, orb.Point{-300, 300}, orb.Point{-300, -300})
	}
	return orb.MultiPolygon{{r}}
}

// slanted is n long edges that lie side by side all on one slope: the box of
// each overlaps that of every other, and none cross.
func slanted(n int) orb.MultiPolygon { return comb(n, 1000, math.Pi/4) }

// hairs is a zigzag of edges that are nearly parallel.
func hairs(n int, turned float64) orb.MultiPolygon {
	r := orb.Ring{{-500, -1}}
	for i := range n {
		x := float64(1 - 2*(i%2))
		r = append(r, orb.Point{500 * x, 0.0001 * float64(i%7)})
	}
	return turnedBy(orb.MultiPolygon{{append(r, orb.Point{500, -1}, r[0])}}, turned)
}

func islands(n int, size float64) (mp orb.MultiPolygon) {
	side := int(math.Ceil(math.Sqrt(float64(n))))
	for i := range n {
		mp = append(mp, square(-500+1000*float64(i%side)/float64(side), -500+1000*float64(i/side)/float64(side), size)[0])
	}
	return mp
}

func pierced(n int, size float64) orb.MultiPolygon {
	p := square(-510, -510, 1020)[0]
	for _, hole := range islands(n, size) {
		p = append(p, hole[0])
	}
	return orb.MultiPolygon{p}
}

type wild struct {
	name    string
	shapes  []orb.MultiPolygon
	right   bool // has to be cut; others may be refused
	crossed bool // the first crosses itself
}

func wildest() []wild {
	several := func(mps ...orb.MultiPolygon) []orb.MultiPolygon { return mps }
	all := []wild{
		{"combs-100", several(comb(100, 1000, 0), comb(100, 1000, math.Pi/2)), true, false},
		{"combs-1000", several(comb(1000, 1000, 0), comb(1000, 1000, math.Pi/2)), false, false},
		{"combs-1000 at 20°", several(comb(1000, 1000, 0.35), comb(1000, 1000, 0.35+math.Pi/2)), false, false},
		{"combs-1000 nearly alike", several(comb(1000, 1000, 0), comb(1000, 1000, 0.001)), false, false},
		{"combs-8000 nearly alike", several(comb(8000, 1000, 0), comb(8000, 1000, 1e-7)), false, false},
		{"fan-100", fan(100, 1000, 0, 0), true, false},
		{"fan-400", fan(400, 1000, 0, 0), false, false},
		{"fans", append(fan(60, 1000, 0, 0), fan(60, 1000, 3, 5)...), false, false},
		{"shift-300", shifted(300, 0.7, 0), false, false},
		{"shift-300 turned", shifted(300, 0.7, 0.4), false, false},
		{"alike-3000", shifted(3000, 0, 0), false, false},
		{"windmill-1001", several(square(-300, -300, 600), windmill(1001, 500)), false, false},
		{"windmill-301", several(square(-300, -300, 600), windmill(301, 150)), true, false},
		{"windmills", several(windmill(501, 250), turnedBy(windmill(501, 249), 0.001)), false, true},
		{"spiral", several(spiral(300), square(-300, -300, 600)), false, true},
		{"repeated", several(repeated(1000), square(0, 0, 600)), true, true},
		{"slanted", several(slanted(1500), square(-300, -300, 600)), true, false},
		{"slanted-20000", several(slanted(20_000), square(-300, -300, 600)), true, false},
		{"wedges-5000", append(several(square(-50, -10, 100)), wedges(5000)...), true, false},
		{"wedges-10000", append(several(square(-50, -10, 100)), wedges(10_000)...), false, false},
		{"canals-10000", append(several(square(-500, -500, 1000)), canals(10_000)...), true, false},
		{"hairs", several(hairs(3000, 0.1), square(-300, -300, 600)), false, true},
		{"hairs flat", several(hairs(3000, 0), square(-300, -300, 600)), false, true},
		{"islands", several(islands(40_000, 2), square(-300, -300, 600), square(-300, -300, 620)), true, false},
		{"islands below", several(square(-300, -300, 600), islands(40_000, 2)), true, false},
		{"holes", several(pierced(40_000, 2), square(-300, -300, 600)), true, false},
		{"holes and islands", several(pierced(40_000, 3), islands(40_000, 2.5)), true, false},
	}
	return all
}

// TestWildLand: whatever is drawn, a cut is right, or says which two inputs it
// is, within its budget.
func TestWildLand(t *testing.T) {
	for _, w := range wildest() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			var shapes []*Shape
			for _, s := range w.shapes {
				shapes = append(shapes, Prepare(s))
			}
			var ar Arranger
			cells, err := ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 })
			t.Logf("%d cells, %v; %.1f M steps, %d edges", len(cells), err, float64(ar.Spent())/1e6, len(ar.segments))
			var excess *Excess
			switch {
			case errors.As(err, &excess):
				if w.right {
					t.Error(err)
				}
				if a, b := excess.Crossed[0].Inputs[0], excess.Crossed[0].Inputs[1]; a < 0 || b < a || b >= len(shapes) {
					t.Error(err)
				}
			case err != nil:
				t.Error(err)
			default:
				sum := 0.0
				for _, c := range cells {
					sum += planar.Area(c.Polygon)
				}
				if want := planar.Area(Rounded(w.shapes[0])); !w.crossed && math.Abs(sum-want) > 1e-2 {
					t.Errorf("cells of %.4f m², the shape has %.4f", sum, want)
				}
			}
		})
	}
}

func BenchmarkWildLand(b *testing.B) {
	for _, w := range wildest() {
		b.Run(w.name, func(b *testing.B) {
			var shapes []*Shape
			for _, s := range w.shapes {
				shapes = append(shapes, Prepare(s))
			}
			b.ReportAllocs()
			for b.Loop() {
				var ar Arranger
				_, _ = ar.CellsWithin(context.Background(), shapes, func(c []int32) bool { return c[0] == 0 })
				b.ReportMetric(float64(ar.Spent())/1e6, "Msteps")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(ar.Spent()), "ns/step")
			}
		})
	}
}
