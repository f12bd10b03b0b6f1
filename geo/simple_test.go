package geo

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

// TestSimplicity holds the quick look at rings to GEOS: what it calls simple is
// valid there, in whatever way rings are bent, and almost all sound ones are
// seen to be.
func TestSimplicity(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	k := NewKernel()
	var s simpleChecker
	for name, c := range map[string]struct {
		ring  func() orb.Ring
		least float64 // share of the valid ones that must be seen
	}{
		"star":             {func() orb.Ring { return star(random, 3+random.IntN(200), 0.9) }, 0.999},
		"large star":       {func() orb.Ring { return star(random, 2000, 0.3) }, 0.9},
		"comb":             {func() orb.Ring { return comb(random, 1+random.IntN(50)) }, 0.999},
		"random":           {func() orb.Ring { return scattered(random, 3+random.IntN(9), 1e4) }, 0.99},
		"coarse grid":      {func() orb.Ring { return scattered(random, 3+random.IntN(6), 4) }, 0},
		"fine grid":        {func() orb.Ring { return onGridOf(star(random, 3+random.IntN(60), 0.9), 0.01) }, 0.99},
		"touching":         {func() orb.Ring { return touching(random, star(random, 4+random.IntN(60), 0.5)) }, 0},
		"on an edge":       {func() orb.Ring { return onEdge(random, star(random, 4+random.IntN(60), 0.5)) }, 0},
		"corner to corner": {func() orb.Ring { return repeated(random, star(random, 6+random.IntN(60), 0.5)) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			valid, seen, invalid := 0, 0, 0
			for range 2000 {
				r := c.ring()
				sure, sound := s.isSimple(r), geosValid(t, k, r)
				if sure && !sound {
					t.Fatalf("called simple, but GEOS finds it invalid: %v", r)
				}
				if sound {
					valid++
				} else {
					invalid++
				}
				if sure {
					seen++
				}
				if len(r) > 1000 && valid > 40 {
					break
				}
			}
			if float64(seen) < c.least*float64(valid) || c.least > 0 && valid == 0 {
				t.Errorf("%d of %d valid rings were seen to be simple", seen, valid)
			}
			t.Logf("%d valid, %d of them seen, %d invalid", valid, seen, invalid)
		})
	}
}

// TestSimplicityOfEdges: the smallest rings, and numbers at the ends of floats.
func TestSimplicityOfEdges(t *testing.T) {
	var s simpleChecker
	for _, c := range []struct {
		ring orb.Ring
		want bool
	}{
		{orb.Ring{}, false},
		{orb.Ring{{0, 0}}, false},
		{orb.Ring{{0, 0}, {1, 1}, {0, 0}}, false},
		{orb.Ring{{0, 0}, {1, 0}, {0, 1}}, true},
		{orb.Ring{{0, 0}, {1, 0}, {0, 1}, {0, 0}}, true},
		{orb.Ring{{0, 0}, {1, 0}, {2, 0}, {2, 2}, {0, 0}}, true},          // a point on a straight side
		{orb.Ring{{0, 0}, {2, 0}, {1, 0}, {2, 2}, {0, 0}}, false},         // a side that goes back
		{orb.Ring{{0, 0}, {1, 0}, {1, 0}, {0, 1}, {0, 0}}, false},         // a point twice: for GEOS to say
		{orb.Ring{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}, false},         // a bow-tie
		{orb.Ring{{0, 0}, {1, 0}, {2, 0}, {0, 0}}, false},                 // no area
		{orb.Ring{{-1e308, -1e308}, {1e308, -1e308}, {0, 1e308}}, false},  // products overflow
		{orb.Ring{{0, 0}, {1e-200, 0}, {0, 1e-200}, {0, 0}}, false},       // products vanish
		{orb.Ring{{0, 0}, {math.Inf(1), 0}, {0, 1}, {0, 0}}, false},       // no numbers
		{orb.Ring{{0, 0}, {math.NaN(), 0}, {0, 1}, {0, 0}}, false},        //
		{orb.Ring{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}, {0, 0}}, false}, // touches a side
	} {
		if got := s.isSimple(c.ring); got != c.want {
			t.Errorf("%v: %v, want %v", c.ring, got, c.want)
		}
	}
}

// BenchmarkValidate looks at 100 shapes of 60 vertices, by the quick look and
// by GEOS alone.
func BenchmarkValidate(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var rings []orb.Ring
	for range 100 {
		rings = append(rings, star(random, 60, 0.2))
	}
	k := NewKernel()
	b.Run("quick", func(b *testing.B) {
		for b.Loop() {
			for _, r := range rings {
				if _, bad := k.Validate(orb.MultiPolygon{{r}}); bad {
					b.Fatal("invalid")
				}
			}
		}
	})
	b.Run("GEOS", func(b *testing.B) {
		for b.Loop() {
			for _, r := range rings {
				if !geosValid(b, k, r) {
					b.Fatal("invalid")
				}
			}
		}
	})
}

func geosValid(t testing.TB, k *Kernel, r orb.Ring) bool {
	t.Helper()
	g, err := k.enter(orb.MultiPolygon{{r}})
	if err != nil {
		t.Fatal(err)
	}
	return g.IsValid()
}

// star goes once around a place far from the origin, as plans lie.
func star(random *rand.Rand, n int, rough float64) orb.Ring {
	r := make(orb.Ring, 0, n+1)
	for i := range n {
		angle := 2 * math.Pi * (float64(i) + 0.8*random.Float64()) / float64(n)
		radius := 100 * (1 - rough*random.Float64())
		r = append(r, orb.Point{37500000 + radius*math.Cos(angle), 4500000 + radius*math.Sin(angle)})
	}
	return append(r, r[0])
}

// comb has long teeth, whose sides lie side by side.
func comb(random *rand.Rand, teeth int) orb.Ring {
	r := orb.Ring{{0, 0}}
	for i := range teeth {
		x := float64(2 * i)
		r = append(r, orb.Point{x + 0.5, 100 + random.Float64()}, orb.Point{x + 1, 100 + random.Float64()}, orb.Point{x + 1.5, random.Float64()})
	}
	return append(r, orb.Point{float64(2 * teeth), -1}, orb.Point{0, 0})
}

// scattered joins whole coordinates in any order.
func scattered(random *rand.Rand, n int, size float64) orb.Ring {
	var r orb.Ring
	for range n {
		r = append(r, orb.Point{math.Floor(random.Float64() * size), math.Floor(random.Float64() * size)})
	}
	return append(r, r[0])
}

func onGridOf(r orb.Ring, step float64) orb.Ring {
	for i := range r {
		r[i] = orb.Point{math.Round(r[i][0]/step) * step, math.Round(r[i][1]/step) * step}
	}
	return r
}

// touching moves a corner by next to nothing off a side elsewhere.
func touching(random *rand.Rand, r orb.Ring) orb.Ring {
	r = onEdge(random, r)
	i := 1 + random.IntN(len(r)-2)
	r[i] = orb.Point{math.Nextafter(r[i][0], r[0][0]), math.Nextafter(r[i][1], r[0][1])}
	return r
}

// onEdge moves a corner onto a side elsewhere, as nearly as floats can.
func onEdge(random *rand.Rand, r orb.Ring) orb.Ring {
	i, j, f := 1+random.IntN(len(r)-2), random.IntN(len(r)-1), random.Float64()
	r[i] = orb.Point{r[j][0] + f*(r[j+1][0]-r[j][0]), r[j][1] + f*(r[j+1][1]-r[j][1])}
	return r
}

// repeated puts a corner on another.
func repeated(random *rand.Rand, r orb.Ring) orb.Ring {
	r[1+random.IntN(len(r)-2)] = r[1+random.IntN(len(r)-2)]
	return r
}
