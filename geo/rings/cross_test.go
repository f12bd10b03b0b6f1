package rings

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// ring is a rectangle with its vertices from a given one on, clockwise or not.
func ring(x0, y0, x1, y1 float64, first int, clockwise bool) orb.Ring {
	p := []orb.Point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	if clockwise {
		slices.Reverse(p)
	}
	r := orb.Ring{}
	for k := range 5 {
		r = append(r, p[(k+first)%4])
	}
	return r
}

// area is that of the figure as the check takes it: repaired where it is not
// valid, by GEOS, which shares no code with Nest.
func area(t *testing.T, mp orb.MultiPolygon) float64 {
	t.Helper()
	k := geo.NewKernel()
	if _, bad := k.Validate(mp); bad {
		repaired, err := k.Repair(mp)
		if err != nil {
			t.Fatal(err)
		}
		mp = repaired
	}
	sum := 0.0
	for _, p := range mp {
		for i, r := range p {
			a := math.Abs(geo.PlaneRing(r))
			if i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

// A hole that touches its shell, runs along it or crosses it by rounding is its
// hole, whatever vertex and ring come first and whether the file minds
// orientation or not.
func TestHolesByArea(t *testing.T) {
	const e = 1e-4
	for name, c := range map[string]struct {
		shell, hole [4]float64
		want        float64
		opposite    bool // only where orientation says so
	}{
		"apart from it":      {[4]float64{0, 0, 100, 100}, [4]float64{10, 10, 20, 20}, 9900, false},
		"touching a side":    {[4]float64{0, 0, 100, 100}, [4]float64{0, 10, 20, 20}, 9800, false},
		"touching two sides": {[4]float64{0, 0, 100, 100}, [4]float64{0, 0, 20, 20}, 9600, false},
		"across":             {[4]float64{0, 0, 100, 100}, [4]float64{0, 40, 100, 60}, 8000, false},
		"out by rounding":    {[4]float64{0, 0, 100, 100}, [4]float64{-e, 10, 20, 20}, 9800, false},
		"out on two sides":   {[4]float64{0, 0, 100, 100}, [4]float64{-e, -e, 20, 20}, 9600, false},
		"across and out":     {[4]float64{0, 0, 100, 100}, [4]float64{-e, 40, 100 + e, 60}, 8000, false},
		"out above":          {[4]float64{0, 0, 100, 100}, [4]float64{50, 90, 60, 100 + e}, 9900, false},
		"nearly all, out":    {[4]float64{0, 0, 100, 100}, [4]float64{-e, -e, 99.9, 100 + e}, 10, true},
		"out by a third":     {[4]float64{0, 0, 100, 100}, [4]float64{90, 10, 105, 20}, 9900, true},
		"a frame":            {[4]float64{0, 0, 1000, 1000}, [4]float64{2, 2, 998, 998}, 1e6 - 996*996, false},
	} {
		for first := range 4 {
			for _, clockwise := range []bool{false, true} {
				for _, opposite := range []bool{true, false} {
					if c.opposite && !opposite {
						continue
					}
					for _, order := range []bool{false, true} {
						const x, y = 37500000, 4500000
						rings := []orb.Ring{ring(x+c.shell[0], y+c.shell[1], x+c.shell[2], y+c.shell[3], 0, clockwise),
							ring(x+c.hole[0], y+c.hole[1], x+c.hole[2], y+c.hole[3], first, clockwise != opposite)}
						if order {
							slices.Reverse(rings)
						}
						mp, ok := Nest(rings)
						if !ok {
							t.Fatal("refused")
						}
						if got := area(t, mp); math.Abs(got-c.want) > 0.02 {
							t.Errorf("%s, from vertex %d, clockwise %v, opposite %v, hole first %v: %.4f m², want %.4f", name, first, clockwise, opposite, order, got, c.want)
						}
					}
				}
			}
		}
	}
}

// Rings that run the same way and overlap are two parts; beside each other they
// are two, whichever way they run.
func TestPartsThatOverlap(t *testing.T) {
	for name, c := range map[string]struct {
		b        [4]float64
		opposite bool
		want     float64
	}{
		"overlapping":              {[4]float64{90, 0, 190, 90}, false, 10000 + 9000 - 900},
		"mostly inside":            {[4]float64{50, 10, 110, 90}, false, 10000 + 800},
		"beside":                   {[4]float64{100, 0, 200, 90}, true, 19000},
		"beside, over by rounding": {[4]float64{100 - 1e-4, 0, 200, 90}, true, 19000},
		"at a corner":              {[4]float64{100, 100, 150, 150}, true, 12500},
	} {
		for first := range 4 {
			mp, _ := Nest([]orb.Ring{ring(0, 0, 100, 100, 0, true), ring(c.b[0], c.b[1], c.b[2], c.b[3], first, !c.opposite)})
			if got := area(t, mp); math.Abs(got-c.want) > 0.05 {
				t.Errorf("%s from vertex %d: %.4f m², want %.4f", name, first, got, c.want)
			}
		}
	}
}

// Shells with holes that rounding moved, in random order and turn: the area is
// that of the shells less the holes, and an island within a hole counts.
func TestHolesMovedByRounding(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 7))
	for range 300 {
		var rings []orb.Ring
		want := 0.0
		turn := rng.IntN(2) == 0
		random := rng.IntN(3) == 0 // a writer that minds no orientation
		add := func(x, y, w, h float64, hole bool) {
			n := 3 + rng.IntN(30)
			r := orb.Ring{}
			for k := range n { // along an ellipse's box: corners and points on the sides
				a := 2 * math.Pi * float64(k) / float64(n)
				r = append(r, orb.Point{x + w/2 + w/2*math.Cos(a) + (rng.Float64()-.5)*1e-4, y + h/2 + h/2*math.Sin(a) + (rng.Float64()-.5)*1e-4})
			}
			r = append(r, r[0])
			if turn != hole || random && rng.IntN(2) == 0 {
				slices.Reverse(r)
			}
			if a := math.Abs(geo.PlaneRing(r)); hole {
				want -= a
			} else {
				want += a
			}
			rings = append(rings, r)
		}
		for s := range 1 + rng.IntN(3) {
			x, y := 37500000+float64(s)*100, 4500000.0
			shell := ring(x, y, x+100, y+100, rng.IntN(4), turn)
			rings = append(rings, shell)
			want += 10000
			for h := range rng.IntN(4) {
				add(x+float64(h%2)*50, y+float64(h/2)*50, 49.9, 49.9, true)
				if rng.IntN(3) == 0 {
					add(x+float64(h%2)*50+20, y+float64(h/2)*50+20, 8, 8, false)
				}
			}
		}
		rng.Shuffle(len(rings), func(i, j int) { rings[i], rings[j] = rings[j], rings[i] })
		mp, ok := Nest(rings)
		if !ok {
			t.Fatal("refused")
		}
		if got := area(t, mp); math.Abs(got-want) > 0.1 {
			t.Fatalf("%.4f m², want %.4f of %v", got, want, rings)
		}
	}
}

func FuzzNest(f *testing.F) {
	f.Add([]byte{0, 0, 9, 0, 9, 9, 0, 9, 255, 2, 2, 5, 2, 5, 5})
	f.Fuzz(func(t *testing.T, data []byte) {
		var rings []orb.Ring
		r := orb.Ring{}
		end := func() {
			if len(r) >= 3 {
				rings = append(rings, append(r, r[0]))
			}
			r = orb.Ring{}
		}
		for i := 0; i+1 < len(data); i += 2 {
			if data[i] == 255 {
				end()
				i--
				continue
			}
			r = append(r, orb.Point{float64(data[i]), float64(data[i+1])})
		}
		end()
		if len(rings) == 0 {
			return
		}
		n := len(rings)
		mp, _ := Nest(rings)
		for _, p := range mp {
			n -= len(p)
		}
		if mp != nil && n != 0 {
			t.Errorf("%d rings are lost", n)
		}
	})
}
