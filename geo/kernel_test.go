package geo_test

import (
	"math"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"landcheck/geo"
)

var bowTie = orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}

// planar is the area on the plane by the textbook sum, exact enough near the
// origin.
func planar(mp orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range mp {
		for i, r := range p {
			var a float64
			for j := range r {
				k := (j + 1) % len(r)
				a += r[j][0]*r[k][1] - r[k][0]*r[j][1]
			}
			if a = math.Abs(a) / 2; i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

// checkResult holds a result to what the kernel promises of all of them.
func checkResult(t interface {
	Helper()
	Fatalf(string, ...any)
}, k *geo.Kernel, mp orb.MultiPolygon) {
	t.Helper()
	if f, flawed := k.Validate(mp); flawed {
		t.Fatalf("the result is invalid: %v", f)
	}
	for _, p := range mp {
		for i, r := range p {
			want := orb.CCW
			if i > 0 {
				want = orb.CW
			}
			if r[0] != r[len(r)-1] || r.Orientation() != want {
				t.Fatalf("ring %d of %v is open or runs the wrong way", i, p)
			}
		}
	}
}

func TestKernelValidate(t *testing.T) {
	k := geo.NewKernel()
	for _, tc := range []struct {
		name, want string
		mp         orb.MultiPolygon
		place      orb.Point
	}{
		{"bow-tie", "crosses itself", bowTie, orb.Point{5, 5}},
		{"hole outside", "outside its outer ring", orb.MultiPolygon{{square(0, 0, 5, 5), square(9, 9, 1, 1)}}, orb.Point{9, 10}},
		{"nested holes", "inside another hole", orb.MultiPolygon{{square(0, 0, 9, 9), square(1, 1, 6, 6), square(2, 2, 2, 2)}}, orb.Point{2, 4}},
		{"nested parts", "inside another part", orb.MultiPolygon{{square(0, 0, 9, 9)}, {square(1, 1, 1, 1)}}, orb.Point{1, 2}},
		{"overlap", "crosses itself", orb.MultiPolygon{{square(0, 0, 9, 9)}, {square(5, 5, 9, 9)}}, orb.Point{5, 9}},
		{"ring twice", "", orb.MultiPolygon{{square(0, 0, 9, 9)}, {square(0, 0, 9, 9)}}, orb.Point{}},
		{"NaN", "no number", orb.MultiPolygon{{{{0, 0}, {math.NaN(), 1}, {1, 1}, {0, 0}}}}, orb.Point{}},
		{"two points", "too few points", orb.MultiPolygon{{{{1, 2}, {3, 4}, {1, 2}}}}, orb.Point{1, 2}},
		{"a flat ring", "too few points", orb.MultiPolygon{{{{0, 0}, {1, 1}, {1, 1}, {0, 0}}}}, orb.Point{0, 0}},
		{"an empty part", "too few points", orb.MultiPolygon{{{}}}, orb.Point{}},
		{"eight digits", "crosses itself", orb.MultiPolygon{{{{37540000.125, 4562900.25}, {37540010.125, 4562910.25}, {37540010.125, 4562900.25}, {37540000.125, 4562910.25}, {37540000.125, 4562900.25}}}}, orb.Point{37540005.125, 4562905.25}},
	} {
		f, flawed := k.Validate(tc.mp)
		if !flawed || !strings.Contains(f.Reason.EN, tc.want) || f.Reason.ZH == "" {
			t.Errorf("%s: %v, %v", tc.name, f, flawed)
		}
		if d := f.Location; (tc.place != orb.Point{}) && d != tc.place {
			t.Errorf("%s: at %v, want %v", tc.name, d, tc.place)
		}
	}
	for _, mp := range []orb.MultiPolygon{nil, {{square(0, 0, 9, 9), square(1, 1, 2, 2)}}, {{square(0, 0, 9, 9)[:4]}}, {{square(0, 0, 1, 1)}, {square(1, 1, 1, 1)}}} {
		if f, flawed := k.Validate(mp); flawed {
			t.Errorf("%v: %v", mp, f)
		}
	}
}

func TestKernelRepair(t *testing.T) {
	k := geo.NewKernel()
	for _, tc := range []struct {
		name  string
		mp    orb.MultiPolygon
		area  float64
		parts int
	}{
		{"bow-tie", bowTie, 50, 2},
		{"hole outside", orb.MultiPolygon{{square(0, 0, 5, 5), square(9, 9, 1, 1)}}, 26, 2},
		{"nested holes", orb.MultiPolygon{{square(0, 0, 9, 9), square(1, 1, 6, 6), square(2, 2, 2, 2)}}, 81 - 36, 1},
		{"overlap", orb.MultiPolygon{{square(0, 0, 9, 9)}, {square(5, 5, 9, 9)}}, 162 - 16, 1},
		{"ring twice", orb.MultiPolygon{{square(0, 0, 9, 9)}, {square(0, 0, 9, 9)}}, 81, 1},
		{"a spike", orb.MultiPolygon{{{{0, 0}, {4, 0}, {9, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}}, 16, 1},
		{"all collapsed", orb.MultiPolygon{{{{0, 0}, {5, 5}, {9, 9}, {0, 0}}}}, 0, 0},
		{"two points", orb.MultiPolygon{{{{0, 0}, {5, 5}}}, {square(0, 0, 2, 2)}}, 4, 1},
		{"already valid", orb.MultiPolygon{{square(0, 0, 9, 9), square(1, 1, 2, 2)}}, 77, 1},
		{"nothing", nil, 0, 0},
	} {
		before := tc.mp.Clone()
		got, err := k.Repair(tc.mp)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if math.Abs(planar(got)-tc.area) > 1e-9 || len(got) != tc.parts {
			t.Errorf("%s: %d parts of %v, want %d of %v", tc.name, len(got), planar(got), tc.parts, tc.area)
		}
		if !before.Equal(tc.mp) {
			t.Errorf("%s: the input changed", tc.name)
		}
		checkResult(t, k, got)
	}
}

func TestKernelFailsWithAReason(t *testing.T) {
	k := geo.NewKernel()
	good := orb.MultiPolygon{{square(0, 0, 7, 5)}}
	bad := orb.MultiPolygon{{{{0, 0}, {math.NaN(), 1}, {1, 1}, {0, 0}}}}
	for name, op := range map[string]func() error{
		"intersection": func() error { _, err := k.Intersection(good, bad, 0); return err },
		"difference":   func() error { _, err := k.Difference(bad, good, 1e-4); return err },
		"union":        func() error { _, err := k.Union([]orb.MultiPolygon{good, bad}, 1e-4); return err },
		"repair":       func() error { _, err := k.Repair(bad); return err },
		"bow-tie":      func() error { _, err := k.Intersection(bowTie, good, 1e-4); return err },
	} {
		err := op()
		t.Logf("%s: %v", name, err)
		if name != "bow-tie" && err == nil { // GEOS may or may not make sense of a bow-tie
			t.Errorf("%s of a NaN succeeded", name)
		}
	}
	if got, err := k.Intersection(good, orb.MultiPolygon{{square(1, 1, 2, 2)}}, 0); err != nil || planar(got) != 4 {
		t.Errorf("the kernel is of no use after failures: %v, %v", got, err)
	}
}

func TestKernelKeepsTheArealPart(t *testing.T) {
	k := geo.NewKernel()
	a := orb.MultiPolygon{{square(0, 0, 4, 4)}}
	touching := orb.MultiPolygon{{{{4, 0}, {8, 0}, {8, 4}, {3, 4}, {3, 3}, {4, 3}, {4, 0}}}} // shares an edge and overlaps by 1 m²
	got, err := k.Intersection(a, touching, 0)
	if err != nil || len(got) != 1 || planar(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
	for _, b := range []orb.MultiPolygon{{{square(4, 0, 4, 4)}}, {{square(4, 4, 4, 4)}}, {{square(9, 9, 1, 1)}}, nil} {
		if got, err := k.Intersection(a, b, 1e-4); err != nil || len(got) != 0 {
			t.Errorf("with %v: %v, %v", b, got, err)
		}
	}
	if got, err := k.Union(nil, 0); err != nil || len(got) != 0 {
		t.Errorf("the union of nothing: %v, %v", got, err)
	}
}

func TestKernelDistance(t *testing.T) {
	k := geo.NewKernel()
	a := orb.MultiPolygon{{square(0, 0, 4, 4)}}
	for _, tc := range []struct {
		b    orb.MultiPolygon
		want float64
	}{
		{orb.MultiPolygon{{square(7, 8, 1, 1)}}, 5},
		{orb.MultiPolygon{{square(4, 0, 1, 1)}}, 0},
		{orb.MultiPolygon{{square(1, 1, 1, 1)}}, 0}, // inside, edges apart
		{orb.MultiPolygon{{square(-9, -9, 99, 99), square(-2, -2, 8, 8)}}, 2},
		{orb.MultiPolygon{{square(90, 0, 1, 1)}, {square(16, 0, 1, 1)}}, 12},
		{nil, math.Inf(1)},
	} {
		if d, err := k.Distance(a, tc.b); err != nil || d != tc.want {
			t.Errorf("to %v: %v, %v; want %v", tc.b, d, err, tc.want)
		}
		if d, err := k.Distance(tc.b, a); err != nil || d != tc.want {
			t.Errorf("from %v: %v, %v; want %v", tc.b, d, err, tc.want)
		}
	}
}

// starGen makes valid shapes near the origin on a 0.01 grid.
func starGen() *rapid.Generator[orb.MultiPolygon] {
	return rapid.Custom(func(t *rapid.T) orb.MultiPolygon {
		x, y := rapid.Float64Range(-50, 50).Draw(t, "x"), rapid.Float64Range(-50, 50).Draw(t, "y")
		n := rapid.IntRange(3, 16).Draw(t, "n")
		grid := func(v float64) float64 { return math.Round(v*100) / 100 }
		var r, hole orb.Ring
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			d := rapid.Float64Range(20, 60).Draw(t, "d")
			r = append(r, orb.Point{grid(x + d*cos), grid(y + d*sin)})
			hole = append(hole, orb.Point{grid(x + d*cos/3), grid(y + d*sin/3)})
		}
		p := orb.Polygon{append(r, r[0])}
		if rapid.Bool().Draw(t, "hole") {
			p = append(p, append(hole, hole[0]))
		}
		return orb.MultiPolygon{p}
	})
}

func TestKernelAreaIdentities(t *testing.T) {
	k := geo.NewKernel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := starGen().Draw(t, "a"), starGen().Draw(t, "b")
		grid := rapid.SampledFrom([]float64{0, 1e-4}).Draw(t, "grid")
		do := func(mp orb.MultiPolygon, err error) orb.MultiPolygon {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			checkResult(t, k, mp)
			return mp
		}
		both := do(k.Intersection(a, b, grid))
		onlyA, onlyB := do(k.Difference(a, b, grid)), do(k.Difference(b, a, grid))
		either := do(k.Union([]orb.MultiPolygon{a, b}, grid))
		tol := 1e-9 + grid*1000 // half a grid step along the perimeter
		near(t, "a", planar(both)+planar(onlyA), planar(a), tol)
		near(t, "b", planar(both)+planar(onlyB), planar(b), tol)
		near(t, "union", planar(both)+planar(onlyA)+planar(onlyB), planar(either), tol)
		near(t, "of the parts", planar(do(k.Union([]orb.MultiPolygon{onlyA, both, onlyB}, grid))), planar(either), tol)
		d, err := k.Distance(a, b)
		if err != nil || (len(both) > 0 && d != 0) {
			t.Fatalf("distance %v, %v where the shapes overlap", d, err)
		}
		p := orb.Point{rapid.Float64Range(-60, 60).Draw(t, "px"), rapid.Float64Range(-60, 60).Draw(t, "py")}
		inA, inB := geo.Locate(p, a), geo.Locate(p, b)
		if inA != geo.OnBoundary && inB != geo.OnBoundary && grid == 0 {
			if in := geo.Locate(p, both); in != geo.OnBoundary && (in == geo.Inside) != (inA == geo.Inside && inB == geo.Inside) {
				t.Fatalf("%v is %v in both, %v and %v alone", p, in, inA, inB)
			}
		}
	})
}

// The grid rounds noise away: two neighbours that overlap by 0.2 mm do not on
// a grid of 1 mm.
func TestKernelGrid(t *testing.T) {
	k := geo.NewKernel()
	a := orb.MultiPolygon{{square(0, 0, 100.0002, 100)}}
	b := orb.MultiPolygon{{square(100, 0, 100, 100)}}
	loose, err := k.Intersection(a, b, 0)
	if err != nil || math.Abs(planar(loose)-0.02) > 1e-6 {
		t.Errorf("floating: %v, %v", planar(loose), err)
	}
	if tight, err := k.Intersection(a, b, 0.001); err != nil || len(tight) != 0 {
		t.Errorf("on a grid of 1 mm: %v, %v", tight, err)
	}
}

// Without collections of its own a kernel would hold all it was ever given,
// here some 700 MB: the Go heap hardly grows, so the collector does not come.
func TestKernelMemoryIsBounded(t *testing.T) {
	before, ok := residentMB()
	if !ok {
		t.Skip("no /proc/self/statm here")
	}
	k := geo.NewKernel()
	circle := func(x float64) orb.MultiPolygon {
		const n = 20000
		r := make(orb.Ring, n+1)
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
			r[i] = orb.Point{x + 100*cos, 100 * sin}
		}
		r[n] = r[0]
		return orb.MultiPolygon{{r}}
	}
	a, b := circle(0), circle(500) // apart: no result to grow the Go heap
	var peak float64
	for i := range 700 {
		if _, err := k.Intersection(a, b, 0); err != nil {
			t.Fatal(err)
		}
		if i%20 == 0 {
			now, _ := residentMB()
			peak = max(peak, now-before)
		}
	}
	t.Logf("700 pairs of 20 000 vertices: %.0f MB at most", peak)
	if peak > 250 {
		t.Errorf("%.0f MB", peak)
	}
}

func residentMB() (float64, bool) {
	data, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(data))
	if err != nil || runtime.GOOS != "linux" || len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.Atoi(fields[1])
	return float64(pages*os.Getpagesize()) / (1 << 20), err == nil
}

func TestGEOSVersion(t *testing.T) {
	if v := geo.GEOSVersion(); !regexp.MustCompile(`^3\.[0-9]+\.[0-9]+`).MatchString(v) || strings.Contains(v, "CAPI") {
		t.Error(v)
	}
}
