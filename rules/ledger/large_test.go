package ledger

import (
	"context"
	"math"
	"testing"

	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// TestLargeIsLegal: thousands of strips side by side and of wedges that meet in
// a corner are no input error, however they run: each keeps its own land.
func TestLargeIsLegal(t *testing.T) {
	ground := memoryBase{domain.LandUse: {parcelAt(domain.LandUse, 1, rect(-9000, -9000, 9000, 9000), "0103", "150123101201")}}
	area := rect(-5000, -5000, 5000, 5000)
	strips := func(n int, turned float64) (all []orb.MultiPolygon) {
		for i := range n {
			d := 1.5 * float64(i-n/2)
			all = append(all, moved(stick(-d*math.Sin(turned), d*math.Cos(turned), 3000, 1, turned)))
		}
		return all
	}
	var wedges []orb.MultiPolygon
	at := func(i, n int) orb.Point {
		a := 2 * math.Pi * float64(i%n) / float64(n)
		return orb.Point{east + 300*math.Cos(a), north + 300*math.Sin(a)}
	}
	for i := range 5000 {
		wedges = append(wedges, orb.MultiPolygon{{{{east, north}, at(i, 5000), at(i+1, 5000), {east, north}}}})
	}
	for name, shapes := range map[string][]orb.MultiPolygon{"strips at 45°": strips(4000, math.Pi/4), "strips at 33°": strips(4000, 0.58), "wedges": wedges} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes []plan.Change
			for i, s := range shapes {
				changes = append(changes, changeAt(domain.LandUseChange, i+1, s, "0103"))
			}
			p := &plan.Plan{CRS: zone37, County: "150123", Changes: changes, Project: []plan.Feature{{Role: domain.ProjectArea, File: "area.shp", Record: 1, Geometry: area}}}
			l, err := Build(context.Background(), p, ground, Options{Sliver: SliverLimits{Area: 1, Width: 0.05}})
			if err != nil {
				t.Fatal(err)
			}
			if len(l.Faces) != len(shapes) {
				t.Errorf("%d faces of %d changes", len(l.Faces), len(shapes))
			}
			want := 0.0
			for _, m := range l.Features {
				want += m.Ellipsoid
			}
			if math.Abs(l.Changed-want) > 1e-3 {
				t.Errorf("%.4f m² changed, the changes have %.4f", l.Changed, want)
			}
		})
	}
}

// moved brings what lies about the middle of stick to the other places of these
// tests.
func moved(mp orb.MultiPolygon) orb.MultiPolygon {
	for _, p := range mp {
		for _, r := range p {
			for i := range r {
				r[i] = orb.Point{r[i][0] - 37540000 + east, r[i][1] - 4562900 + north}
			}
		}
	}
	return mp
}

// stick is a strip of land about a place.
func stick(x, y, length, width, turned float64) orb.MultiPolygon {
	sin, cos := math.Sincos(turned)
	r := orb.Ring{}
	for _, v := range []orb.Point{{-length, -width}, {length, -width}, {length, width}, {-length, width}, {-length, -width}} {
		r = append(r, orb.Point{37540000 + x + (cos*v[0]-sin*v[1])/2, 4562900 + y + (sin*v[0]+cos*v[1])/2})
	}
	r[4] = r[0]
	return orb.MultiPolygon{{r}}
}
