package sample

import (
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

func testCounty(t *testing.T, o Options) *County {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Parcels, villages and townships each cover the county once: every edge of a
// parcel is walked once each way, or lies on the county's border.
func TestLayersTile(t *testing.T) {
	c := testCounty(t, Options{})
	s, err := geo.NewSurveyor(c.crs, c.origin)
	if err != nil {
		t.Fatal(err)
	}
	whole := s.MultiPolygon(c.shape(c.whole()))

	type edge [2]orb.Point
	walked := map[edge]int{}
	var sum float64
	for _, p := range c.parcels {
		ring := c.outline(p.rect)
		a := s.Ring(ring)
		if a <= 0 {
			t.Fatalf("parcel %d of village %d: signed area %v, want counter-clockwise", p.number, p.village, a)
		}
		sum += a
		for k := 1; k < len(ring); k++ {
			walked[edge{ring[k-1], ring[k]}]++
		}
	}
	if math.Abs(sum-whole) > 1e-9*whole {
		t.Errorf("parcels sum to %.4f m², the county has %.4f", sum, whole)
	}
	border := 0
	for e, n := range walked {
		if n != 1 {
			t.Fatalf("edge %v is walked %d times in one direction", e, n)
		}
		if walked[edge{e[1], e[0]}] == 0 {
			border++
		}
	}
	if want := len(c.outline(c.whole())) - 1; border != want {
		t.Errorf("%d edges without a neighbour, want the %d of the county's border", border, want)
	}

	sum = 0
	for v := range c.side * c.side {
		sum += s.MultiPolygon(c.shape(c.villageRect(v)))
	}
	if math.Abs(sum-whole) > 1e-9*whole {
		t.Errorf("villages sum to %.4f m², want %.4f", sum, whole)
	}
	sum = 0
	for n := range c.towns * c.towns {
		sum += s.MultiPolygon(c.shape(c.townshipRect(n)))
	}
	if math.Abs(sum-whole) > 1e-9*whole {
		t.Errorf("townships sum to %.4f m², want %.4f", sum, whole)
	}
}

func TestParcelsAsAsked(t *testing.T) {
	for _, want := range []int{2000, 4000, 20_000, 100_000} {
		c := testCounty(t, Options{Parcels: want})
		vertices := 0
		for _, p := range c.parcels {
			vertices += len(c.outline(p.rect)) - 1
		}
		got, each := len(c.parcels), float64(vertices)/float64(len(c.parcels))
		t.Logf("%d parcels asked, %d made, %.1f vertices each", want, got, each)
		if math.Abs(float64(got)/float64(want)-1) > 0.15 {
			t.Errorf("%d parcels, asked for %d", got, want)
		}
		if math.Abs(each/40-1) > 0.2 {
			t.Errorf("%.1f vertices each, asked for 40", each)
		}
	}
}

// What the scenarios need to be there.
func TestCountyIsWorthChecking(t *testing.T) {
	c := testCounty(t, Options{})
	pbf := make([]int, c.towns*c.towns)
	uses, classes := map[use]int{}, map[string]int{}
	for i := range c.parcels {
		p := &c.parcels[i]
		uses[p.use]++
		classes[p.class]++
		if _, ok := domain.Lookup(p.class); !ok {
			t.Fatalf("class %q is not in the classification", p.class)
		}
		if p.pbf {
			pbf[c.township(p.village)]++
		}
	}
	t.Log(pbf, uses, classes)
	for n, count := range pbf {
		if count < 200 {
			t.Errorf("township %s has %d PBF parcels: 5 %% of it means little", c.townshipCode(n), count)
		}
	}
	for u := open; u <= clearing; u++ {
		if uses[u] == 0 {
			t.Errorf("no parcel of use %d", u)
		}
	}
}
