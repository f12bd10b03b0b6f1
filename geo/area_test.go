package geo_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

func surveyor(t testing.TB, epsg int, near orb.Point) *geo.Surveyor {
	t.Helper()
	c, err := geo.FromEPSG(epsg)
	if err != nil {
		t.Fatal(err)
	}
	s, err := geo.NewSurveyor(c, near)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// square is clockwise from its north-west corner, as land data is written.
func square(x, y, width, height float64) orb.Ring {
	return orb.Ring{{x, y + height}, {x + width, y + height}, {x + width, y}, {x, y}, {x, y + height}}
}

// The figures come with the standard's working software, not from this code.
func TestAreaOfficialValues(t *testing.T) {
	for _, tc := range []struct {
		name      string
		epsg      int
		ring      orb.Ring
		planar    float64
		want, tol float64
	}{
		{"100 m", 4525, square(37540000, 4562900, 100, 100), 10000, 9999.605, 0.01},
		{"1 km", 4525, square(37540000, 4562900, 1000, 1000), 1e6, 999959.643, 0.01},
		{"1.5° off", 4525, square(37625600, 4562900, 1000, 1000), 1e6, 999608.870, 0.01},
		{"20 km", 4525, square(37605600, 4552900, 20000, 20000), 4e8, 399868185.207, 5e-9 * 4e8},
		{"0.1 m strip", 4525, square(37540000, 4562900, 100, 0.1), 10, 9.9996, 0.0001},
		{"triangle", 4529, orb.Ring{{41560000, 4800000}, {41561234.5678, 4804000.1234}, {41564000.4321, 4801500.5}, {41560000, 4800000}}, 7074876.53, 7074213.0, 0.2},
	} {
		s := surveyor(t, tc.epsg, tc.ring[0])
		if got := s.Ring(tc.ring); math.Abs(-got-tc.want) > tc.tol {
			t.Errorf("%s: %.4f, want %.4f (negative, being clockwise)", tc.name, got, tc.want)
		}
		if got := s.Planar(orb.MultiPolygon{{tc.ring}}); math.Abs(got-tc.planar) > 0.005 {
			t.Errorf("%s: planar %.4f, want %.2f", tc.name, got, tc.planar)
		}
	}
}

// Areas by two other roads over PROJ's inverse: testdata/karney.py.
func TestAreaAgreesWithKarney(t *testing.T) {
	data, err := os.ReadFile("testdata/karney.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Meridian, Easting, Area, Karney float64
		Ring                            orb.Ring
	}
	if err := json.Unmarshal(data, &cases); err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	var worst, bias float64
	for i, tc := range cases {
		c := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: tc.Meridian, FalseEasting: tc.Easting}
		s, err := geo.NewSurveyor(c, tc.Ring[0])
		if err != nil {
			t.Fatal(err)
		}
		got := s.Ring(tc.Ring)
		if math.Abs(got-tc.Area) > 1e-10*tc.Area+1e-6 {
			t.Errorf("case %d (%v, %d points): %.7f, by integration %.7f", i, c, len(tc.Ring), got, tc.Area)
		}
		if math.Abs(got-tc.Karney) > 1e-8*tc.Area+0.04 { // its noise: see karney.py
			t.Errorf("case %d (%v, %d points): %.7f, geodesic %.7f", i, c, len(tc.Ring), got, tc.Karney)
		}
		worst = max(worst, math.Abs(got-tc.Area))
		bias += got - tc.Karney
	}
	if bias = math.Abs(bias) / float64(len(cases)); bias > 0.005 {
		t.Errorf("on average %.4f m² from the geodesic areas", bias)
	}
	t.Logf("worst difference %.2g m², mean difference from geodesics %.2g m²", worst, bias)
}

// ringGen makes star-shaped rings, counter-clockwise and closed, near 120 km
// off a meridian at most.
func ringGen(maxSize float64) *rapid.Generator[orb.Ring] {
	return rapid.Custom(func(t *rapid.T) orb.Ring {
		x := 37500000 + rapid.Float64Range(-120e3, 120e3).Draw(t, "x")
		y := rapid.Float64Range(4.1e6, 5.9e6).Draw(t, "y")
		n := rapid.IntRange(3, 24).Draw(t, "n")
		r := make(orb.Ring, 0, n+1)
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			d := rapid.Float64Range(0.2, 1).Draw(t, "d") * maxSize
			r = append(r, orb.Point{x + d*cos, y + d*sin})
		}
		return append(r, r[0])
	})
}

func TestAreaProperties(t *testing.T) {
	s := surveyor(t, 4525, orb.Point{37500000, 4562900})
	rapid.Check(t, func(t *rapid.T) {
		r := ringGen(2000).Draw(t, "ring")
		n := len(r) - 1
		area := s.Ring(r)
		if area <= 0 {
			t.Fatalf("a counter-clockwise ring measures %v", area)
		}
		if p := s.Planar(orb.MultiPolygon{{r}}); math.Abs(p/area-1) > 0.0005 {
			t.Fatalf("planar %v and ellipsoidal %v are too far apart", p, area)
		}

		back := slices.Clone(r)
		slices.Reverse(back)
		near(t, "reversed", -s.Ring(back), area, 1e-6)
		near(t, "unclosed", s.Ring(r[:n]), area, 0)

		k := rapid.IntRange(1, n).Draw(t, "k")
		turned := append(slices.Clone(r[k:n]), r[:k+1]...)
		near(t, "other start", s.Ring(turned), area, 1e-6)

		other, err := geo.NewSurveyor(s.CRS(), orb.Point{37500000 + rapid.Float64Range(-2e5, 2e5).Draw(t, "L0"), 4e6})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "other reference meridian", other.Ring(r), area, 1e-5)

		var edges float64
		for i := range n {
			e, f := s.Edge(r[i], r[i+1]), s.Edge(r[i+1], r[i])
			if math.Float64bits(e) != math.Float64bits(-f) {
				t.Fatalf("edge %v back is %v", e, f)
			}
			edges += e
		}
		near(t, "sum of edges", edges, area, 1e-6)

		hole := square(r[0][0], r[0][1], 10, 10) // inside or not: only its area counts
		for _, p := range []orb.Polygon{{r, hole}, {back, hole}} {
			near(t, "hole", s.Polygon(p), area-math.Abs(s.Ring(hole)), 1e-6)
		}
		near(t, "parts", s.MultiPolygon(orb.MultiPolygon{{r}, {hole}}), area+math.Abs(s.Ring(hole)), 1e-6)
	})
}

func near(t *rapid.T, what string, got, want, tol float64) {
	t.Helper()
	if math.Abs(got-want) > tol {
		t.Fatalf("%s: %.9f, want %.9f", what, got, want)
	}
}

// In degrees the area of a box between two parallels has a closed form.
func TestAreaInDegrees(t *testing.T) {
	s := surveyor(t, 4490, orb.Point{111, 41})
	for _, tc := range []orb.Bound{
		{Min: orb.Point{111, 41}, Max: orb.Point{111.01, 41.01}},
		{Min: orb.Point{119.5, 49.9}, Max: orb.Point{119.503, 49.9001}},
		{Min: orb.Point{97.2, 37.4}, Max: orb.Point{97.7, 37.9}},
	} {
		got := s.Polygon(tc.ToPolygon())
		want := (tc.Max[0] - tc.Min[0]) * math.Pi / 180 * (authalic(tc.Max[1]) - authalic(tc.Min[1]))
		if math.Abs(got-want) > 1e-8*want+1e-4 {
			t.Errorf("%v: %.4f, want %.4f", tc, got, want)
		}
	}
}

// authalic is the area per radian of longitude from the equator to a latitude.
func authalic(deg float64) float64 {
	const a, f = 6378137.0, 1 / 298.257222101
	e2 := f * (2 - f)
	e := math.Sqrt(e2)
	s := math.Sin(deg * math.Pi / 180)
	return a * a * (1 - e2) / 2 * (s/(1-e2*s*s) + math.Atanh(e*s)/e)
}

func TestSurveyorOddInput(t *testing.T) {
	_, err := geo.NewSurveyor(geo.CRS{}, orb.Point{})
	wantInputError(t, err, "coordinate system is unknown")
	s := surveyor(t, 4525, orb.Point{math.NaN(), math.Inf(1)})
	if got := -s.Ring(square(37540000, 4562900, 100, 100)); math.Abs(got-9999.605) > 0.01 {
		t.Errorf("with a reference point that is none: %v", got)
	}
	for _, r := range []orb.Ring{nil, {{37540000, 4562900}}, {{37540000, 4562900}, {37540001, 4562900}}} {
		if s.Ring(r) != 0 || s.Planar(orb.MultiPolygon{{r}}) != 0 {
			t.Errorf("%v has an area", r)
		}
	}
	if s.MultiPolygon(nil) != 0 || s.Polygon(nil) != 0 {
		t.Error("nothing has an area")
	}
	s.Ring(square(-1e300, -1e300, 2e300, 2e300)) // must come back soon
}

func TestRoundArea(t *testing.T) {
	for in, want := range map[float64]float64{0.005: 0.01, -0.005: -0.01, 9999.604933: 9999.60, 9999.605364: 9999.61, 0.0049: 0, 999959.645: 999959.65} {
		if got := geo.RoundArea(in); got != want {
			t.Errorf("RoundArea(%v) = %v, want %v", in, got, want)
		}
		if got := geo.Centi(in); got != int64(math.Round(want*100)) {
			t.Errorf("Centi(%v) = %v", in, got)
		}
	}
	if math.Signbit(geo.RoundArea(-0.001)) || geo.Centi(math.NaN()) != 0 || geo.Centi(1e300) < 1<<59 || geo.Centi(-1e300) > -(1<<59) {
		t.Error("-0 or NaN")
	}
}

// ns per edge: a ring of short edges (one vertex each) and one of 700 m edges
// (eleven pieces each).
func BenchmarkArea(b *testing.B) {
	s := surveyor(b, 4525, orb.Point{37500000, 4562900})
	for _, bench := range []struct {
		name   string
		radius float64
	}{{"short edges", 500}, {"edges of 700 m", 22000}} {
		b.Run(bench.name, func(b *testing.B) {
			var r orb.Ring
			for i := range 200 {
				sin, cos := math.Sincos(2 * math.Pi * float64(i) / 200)
				r = append(r, orb.Point{37540000 + bench.radius*cos, 4562900 + bench.radius*sin})
			}
			r = append(r, r[0])
			b.ReportAllocs()
			for b.Loop() {
				s.Ring(r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/200, "ns/edge")
		})
	}
}
