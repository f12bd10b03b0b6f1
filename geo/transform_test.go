package geo_test

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-proj/v11"
	"pgregory.net/rapid"

	"landcheck/geo"
)

func transform(t testing.TB, from, to geo.CRS) *geo.Transform {
	t.Helper()
	tr, err := geo.NewTransform(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func epsg(t testing.TB, code int) geo.CRS {
	t.Helper()
	c, err := geo.FromEPSG(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cs2cs looks the systems up in PROJ's database, where they have a datum and
// the northing first; the program uses neither.
func TestTransformAgreesWithCs2cs(t *testing.T) {
	if _, err := exec.LookPath("cs2cs"); err != nil {
		t.Skip("cs2cs is not installed")
	}
	for _, tc := range []struct {
		from, to int
		p        orb.Point
	}{
		{4525, 4526, orb.Point{37600000, 4562900}},
		{4525, 4546, orb.Point{37600000, 4562900}},
		{4546, 4525, orb.Point{540000.1234, 4562900.5678}},
		{4525, 4490, orb.Point{37600000, 4562900}},
		{4490, 4525, orb.Point{112.1, 41.3}},
		{4497, 4525, orb.Point{19700000, 4800000}},
		{4509, 4529, orb.Point{600000, 5300000}},
	} {
		got, err := transform(t, epsg(t, tc.from), epsg(t, tc.to)).Point(tc.p)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("cs2cs", "-f", "%.12f", fmt.Sprintf("EPSG:%d", tc.from), fmt.Sprintf("EPSG:%d", tc.to))
		cmd.Stdin = strings.NewReader(fmt.Sprintf("%.6f %.6f\n", tc.p[1], tc.p[0])) // northing first
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		var want orb.Point
		if _, err := fmt.Fscan(bytes.NewReader(out), &want[1], &want[0]); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		tol := 1e-6
		if tc.to == 4490 {
			tol = 1e-11
		}
		if math.Abs(got[0]-want[0]) > tol || math.Abs(got[1]-want[1]) > tol {
			t.Errorf("EPSG:%d to %d: %v, cs2cs says %v", tc.from, tc.to, got, want)
		}
	}
}

func TestTransformMultiPolygon(t *testing.T) {
	custom := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 113, FalseEasting: 700000, FalseNorthing: -1000}
	ways := []*geo.Transform{
		transform(t, epsg(t, 4525), epsg(t, 4526)),
		transform(t, epsg(t, 4525), epsg(t, 4546)),
		transform(t, epsg(t, 4525), epsg(t, 4490)),
		transform(t, epsg(t, 4525), custom),
	}
	rapid.Check(t, func(t *rapid.T) {
		there := rapid.SampledFrom(ways).Draw(t, "way")
		r := ringGen(1000).Draw(t, "ring")
		mp := orb.MultiPolygon{{r}, {}, {square(r[1][0], r[1][1], 9, 9), square(r[1][0]+2, r[1][1]+2, 5, 5)}}
		before := mp.Clone()
		out, err := there.MultiPolygon(mp)
		if err != nil {
			t.Fatal(err)
		}
		if !mp.Equal(before) {
			t.Fatal("the input changed")
		}
		back, err := there.Inverse().MultiPolygon(out)
		if err != nil {
			t.Fatal(err)
		}
		box, err := there.Bound(mp.Bound())
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range mp {
			for j, ring := range p {
				if got := out[i][j]; got[0] != got[len(got)-1] {
					t.Fatal("a ring came open")
				}
				for k, v := range ring {
					if b := back[i][j][k]; math.Hypot(b[0]-v[0], b[1]-v[1]) > 1e-6 {
						t.Fatalf("%v comes back as %v", v, b)
					}
					if !box.Contains(out[i][j][k]) {
						t.Fatalf("%v lies outside the box %v", out[i][j][k], box)
					}
				}
			}
		}
		if again := there.Inverse().Inverse(); !reprojectsLike(again, there, r[0]) {
			t.Fatal("the inverse of the inverse is another way")
		}
	})
}

func reprojectsLike(a, b *geo.Transform, p orb.Point) bool {
	q, err := a.Point(p)
	r, err2 := b.Point(p)
	return err == nil && err2 == nil && q == r
}

// Area does not depend on the projection: the two sides of a reprojection
// differ by the curve of edges that were straight, below 70 m nothing.
func TestTransformKeepsArea(t *testing.T) {
	from, to := epsg(t, 4525), epsg(t, 4526)
	there := transform(t, from, to)
	mp := orb.MultiPolygon{{square(37620000, 4562900, 60, 60)}}
	out, err := there.MultiPolygon(mp)
	if err != nil {
		t.Fatal(err)
	}
	a, b := surveyor(t, 4525, mp[0][0][0]).MultiPolygon(mp), surveyor(t, 4526, out[0][0][0]).MultiPolygon(out)
	if math.Abs(a-b) > 1e-4 {
		t.Errorf("%.6f m² became %.6f m²", a, b)
	}
}

// A box of a county: every point within must land within.
func TestTransformBoundHoldsTheInside(t *testing.T) {
	for _, tc := range []struct {
		from, to int
		b        orb.Bound
	}{
		{4525, 4490, bound(37400000, 4500000, 37600000, 4700000)}, // across the meridian
		{4490, 4525, bound(109.5, 40, 112.5, 42)},
		{4525, 4527, bound(37600000, 4500000, 37700000, 4600000)},
		{4525, 4526, bound(37600000, 4500000, 37600000, 4500000)}, // a point
	} {
		tr := transform(t, epsg(t, tc.from), epsg(t, tc.to))
		box, err := tr.Bound(tc.b)
		if err != nil {
			t.Fatal(err)
		}
		const n = 137
		for i := range n + 1 {
			for j := range n + 1 {
				p, err := tr.Point(orb.Point{
					tc.b.Min[0] + (tc.b.Max[0]-tc.b.Min[0])*float64(i)/n,
					tc.b.Min[1] + (tc.b.Max[1]-tc.b.Min[1])*float64(j)/n,
				})
				if err != nil || !box.Contains(p) {
					t.Fatalf("EPSG:%d to %d: %v is not in %v (%v)", tc.from, tc.to, p, box, err)
				}
			}
		}
	}
}

// TestTransformAgreesWithPROJ holds the way to and from degrees against the
// pipeline that PROJ makes of it, whose own last digits are rounded.
func TestTransformAgreesWithPROJ(t *testing.T) {
	degrees := epsg(t, 4490)
	rapid.Check(t, func(t *rapid.T) {
		plane := geo.CRS{Kind: geo.GaussKruger, CentralMeridian: float64(rapid.IntRange(25, 45).Draw(t, "zone") * 3),
			FalseEasting: rapid.SampledFrom([]float64{0, 500000, 37500000}).Draw(t, "false easting"), FalseNorthing: rapid.SampledFrom([]float64{0, -4e6}).Draw(t, "false northing")}
		pj, err := projContext().New(fmt.Sprintf("+proj=pipeline +step +inv +proj=tmerc +lon_0=%v +x_0=%v +y_0=%v +ellps=GRS80 +step +proj=unitconvert +xy_in=rad +xy_out=deg",
			plane.CentralMeridian, int(plane.FalseEasting), int(plane.FalseNorthing)))
		if err != nil {
			t.Fatal(err)
		}
		there, err := geo.NewTransform(plane, degrees)
		if err != nil {
			t.Fatal(err)
		}
		far := rapid.SampledFrom([]float64{150e3, 3e6}).Draw(t, "far")
		for range 100 {
			p := orb.Point{plane.FalseEasting + rapid.Float64Range(-far, far).Draw(t, "easting"), plane.FalseNorthing + rapid.Float64Range(-9e6, 9e6).Draw(t, "northing")}
			want, err := pj.Forward(proj.NewCoord(p[0], p[1], 0, 0))
			if err != nil {
				t.Fatal(err)
			}
			got, err := there.Point(p)
			if err != nil || !withinDegrees(got, want, 1e-13) {
				t.Fatalf("%v in degrees: %v, want %v (%v)", p, got, want, err)
			}
			back, err := pj.Inverse(want)
			if err != nil {
				t.Fatal(err)
			}
			if p, err := there.Inverse().Point(got); err != nil || !within(p, back, 1e-8) {
				t.Fatalf("%v in metres: %v, want %v (%v)", got, p, back, err)
			}
		}
		direct, err := geo.NewTransform(degrees, plane)
		if err != nil {
			t.Fatal(err)
		}
		p := orb.Point{plane.CentralMeridian + rapid.Float64Range(-20, 20).Draw(t, "longitude"), rapid.Float64Range(-80, 80).Draw(t, "latitude")}
		want, err := pj.Inverse(proj.NewCoord(p[0], p[1], 0, 0))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := direct.Point(p); err != nil || !within(got, want, 1e-8) {
			t.Fatalf("%v in metres: %v, want %v (%v)", p, got, want, err)
		}
		runtime.KeepAlive(pj)
	})
}

// TestEverySystem holds all 65 systems, by their codes in PROJ's database, at
// random places and on the edges of their zones.
func TestEverySystem(t *testing.T) {
	degrees := epsg(t, 4490)
	systems := 0
	for code := 4490; code < 4555; code++ {
		pj, err := projContext().NewCRSToCRS("EPSG:4490", fmt.Sprint("EPSG:", code), nil)
		if err == nil {
			pj, err = pj.NormalizeForVisualization() // longitude and easting first
		}
		if err != nil {
			t.Skipf("PROJ has no database here (apt-get install proj-data): %v", err)
		}
		systems++
		system := epsg(t, code)
		there := transform(t, degrees, system)
		half := 1.5
		if code < 4513 {
			half = 3
		}
		rapid.Check(t, func(t *rapid.T) {
			p := orb.Point{system.CentralMeridian, rapid.Float64Range(3, 54).Draw(t, "latitude")}
			if rapid.Bool().Draw(t, "on the edge") {
				p[0] += half * float64(1-2*rapid.IntRange(0, 1).Draw(t, "west"))
			} else {
				p[0] += rapid.Float64Range(-2*half, 2*half).Draw(t, "from the meridian")
			}
			want, err := pj.Forward(proj.NewCoord(p[0], p[1], 0, 0))
			if err != nil {
				t.Fatal(err)
			}
			got, err := there.Point(p)
			if err != nil || !within(got, want, 1e-8) {
				t.Fatalf("EPSG:%d: %v on the plane: %v, want %v (%v)", code, p, got, want, err)
			}
			back, err := there.Inverse().Point(got)
			if err != nil || !withinDegrees(back, proj.NewCoord(p[0], p[1], 0, 0), 2e-13) { // 37 000 000 has digits of 7e-9 m
				t.Fatalf("EPSG:%d: %v comes back as %v (%v)", code, p, back, err)
			}
		})
		runtime.KeepAlive(pj)
	}
	if systems != 65 {
		t.Errorf("%d systems were held", systems)
	}
}

func within(p orb.Point, want proj.Coord, reach float64) bool {
	return math.Abs(p[0]-want.X()) <= reach && math.Abs(p[1]-want.Y()) <= reach
}

// withinDegrees counts degrees of longitude by their length.
func withinDegrees(p orb.Point, want proj.Coord, reach float64) bool {
	return math.Abs(p[0]-want.X())*math.Cos(p[1]*math.Pi/180) <= reach && math.Abs(p[1]-want.Y()) <= reach
}

// projContext is never freed: go-proj might do it before what was made in it.
func projContext() *proj.Context {
	c := proj.NewContext()
	contexts.Lock()
	defer contexts.Unlock()
	contexts.all = append(contexts.all, c)
	return c
}

var contexts struct {
	sync.Mutex
	all []*proj.Context
}

func TestTransformOddInput(t *testing.T) {
	zone37, degrees := epsg(t, 4525), epsg(t, 4490)
	for _, pair := range [][2]geo.CRS{{{}, zone37}, {zone37, {}}} {
		_, err := geo.NewTransform(pair[0], pair[1])
		wantInputError(t, err, "cannot reproject")
	}
	same := transform(t, zone37, zone37)
	mp := orb.MultiPolygon{{square(37540000, 4562900, 10, 10)}}
	if out, err := same.MultiPolygon(mp); err != nil || !same.Identity() || &out[0][0][0] != &mp[0][0][0] {
		t.Error("the identity copies")
	}
	tr := transform(t, zone37, degrees)
	empty := bound(1, 1, -1, -1)
	if b, err := tr.Bound(empty); err != nil || b != empty {
		t.Errorf("an empty box became %v, %v", b, err)
	}
	if out, err := tr.MultiPolygon(nil); err != nil || out != nil {
		t.Errorf("nothing became %v, %v", out, err)
	}
	for _, p := range []orb.Point{{1e300, 1e300}, {math.NaN(), 1}, {math.Inf(1), 1}} {
		if q, err := tr.Point(p); err == nil {
			t.Errorf("%v became %v", p, q)
		} else {
			wantInputError(t, err, "cannot be reprojected")
		}
	}
	_, err := transform(t, degrees, zone37).MultiPolygon(orb.MultiPolygon{{square(37540000, 4562900, 10, 10)}})
	wantInputError(t, err, "cannot be reprojected") // metres that call themselves degrees
}

// A figure of 65 vertices from zone to zone, and to degrees.
func BenchmarkTransform(b *testing.B) {
	for _, to := range []int{4526, 4490} {
		b.Run(fmt.Sprint("EPSG:", to), func(b *testing.B) {
			tr := transform(b, epsg(b, 4525), epsg(b, to))
			r := make(orb.Ring, 65)
			for i := range r {
				sin, cos := math.Sincos(2 * math.Pi * float64(i) / 64)
				r[i] = orb.Point{37600000 + 100*cos, 4562900 + 100*sin}
			}
			mp := orb.MultiPolygon{{r}}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := tr.MultiPolygon(mp); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/65, "ns/vertex")
		})
	}
}

// Making ready; each worker does.
func BenchmarkNewTransform(b *testing.B) {
	for b.Loop() {
		transform(b, epsg(b, 4525), epsg(b, 4490))
	}
}
