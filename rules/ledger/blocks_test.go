package ledger

import (
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestBlocksAgainstGEOS measures blocks of cropland before and after a plan by
// GEOS alone: fields cut to the project area, what touches united, pieces within
// 12 m of each other counted as one. Fields lie across the project area's
// outline, come in several parts, and changes reach out of it.
func TestBlocksAgainstGEOS(t *testing.T) {
	const gap = 12
	k := geo.NewKernel()
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		op := func(name string, a, b orb.MultiPolygon) orb.MultiPolygon {
			if len(a) == 0 || len(b) == 0 {
				if name == "minus" {
					return a
				}
				return nil
			}
			cut := k.Intersection
			if name == "minus" {
				cut = k.Difference
			}
			got, err := cut(a, b, 0)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		base := memoryBase{}
		var fields []orb.MultiPolygon // those of cropland
		for i := range rapid.IntRange(1, 9).Draw(t, "fields") {
			x, y := float64(i%3)*60, float64(i/3)*60
			w, h := rapid.Float64Range(20, 58).Draw(t, "w"), rapid.Float64Range(20, 58).Draw(t, "h")
			shape := overlay.Rounded(rect(x, y, x+w, y+h))
			if rapid.IntRange(0, 3).Draw(t, "parts") == 0 {
				shape = append(shape, rect(300+x, y, 300+x+w, y+h)...)
			}
			class := rapid.SampledFrom([]string{"0103", "0103", "0102", "0401"}).Draw(t, "class")
			base[domain.LandUse] = append(base[domain.LandUse], parcelAt(domain.LandUse, i+1, shape, class, ""))
			if class != "0401" {
				fields = append(fields, shape)
			}
		}
		px, py := rapid.Float64Range(-10, 80).Draw(t, "px"), rapid.Float64Range(-10, 80).Draw(t, "py")
		pw, ph := rapid.Float64Range(40, 400).Draw(t, "pw"), rapid.Float64Range(40, 200).Draw(t, "ph")
		project := overlay.Rounded(rect(px, py, px+pw, py+ph))
		if rapid.Bool().Draw(t, "notch") {
			project = op("minus", project, overlay.Rounded(rect(px+pw/3, py+ph/4, px+pw/2, py+ph+10)))
		}
		p := &plan.Plan{CRS: zone37, Project: []plan.Feature{{Geometry: project}}}
		type change struct {
			shape    orb.MultiPolygon
			cropland bool
		}
		var changes []change
		var taken orb.MultiPolygon
		for i := range rapid.IntRange(0, 3).Draw(t, "changes") {
			x, y := rapid.Float64Range(0, 160).Draw(t, "x"), rapid.Float64Range(0, 160).Draw(t, "y")
			shape := rect(x, y, x+rapid.Float64Range(5, 80).Draw(t, "cw"), y+rapid.Float64Range(5, 80).Draw(t, "ch"))
			shape = op("minus", overlay.Rounded(shape), taken)
			if len(shape) == 0 {
				continue
			}
			class := rapid.SampledFrom([]string{"0103", "0301"}).Draw(t, "to")
			p.Changes = append(p.Changes, changeAt(domain.LandUseChange, i+1, shape, class))
			changes = append(changes, change{shape, class == "0103"})
			if taken, err = k.Union([]orb.MultiPolygon{taken, shape}, 0); err != nil {
				t.Fatal(err)
			}
		}
		l, err := Build(t.Context(), p, base, Options{Sliver: SliverLimits{1, 0.05}, Jobs: 2, Blocks: &BlockSpec{Gap: gap}})
		if err != nil {
			t.Fatal(err)
		}
		var before, after []orb.MultiPolygon
		for _, f := range fields {
			in := op("and", f, project)
			before, after = append(before, in), append(after, op("minus", in, taken))
		}
		for _, c := range changes {
			if c.cropland {
				after = append(after, op("and", c.shape, project))
			}
		}
		doubtful := false
		mean := func(all []orb.MultiPolygon) (float64, int) {
			united, err := k.Union(all, 0.0001)
			if err != nil {
				t.Fatal(err)
			}
			group := make([]int, len(united))
			for i := range group {
				group[i] = i
			}
			for i := range united {
				for j := range i {
					d, err := k.Distance(united[i:i+1], united[j:j+1])
					if err != nil {
						t.Fatal(err)
					}
					doubtful = doubtful || math.Abs(d-gap) < 0.01 || d > 0 && d < 0.01
					if from, to := group[i], group[j]; d <= gap && from != to {
						for k := range group {
							if group[k] == from {
								group[k] = to
							}
						}
					}
				}
			}
			sizes, sum, squares := map[int]float64{}, 0.0, 0.0
			for i := range united {
				sizes[group[i]] += s.Polygon(united[i])
			}
			for _, a := range sizes {
				sum, squares = sum+a, squares+a*a
			}
			if sum == 0 {
				return 0, 0
			}
			return squares / sum, len(sizes)
		}
		wantBefore, nBefore := mean(before)
		wantAfter, nAfter := mean(after)
		if doubtful {
			return
		}
		b := l.Blocks
		if math.Abs(b.Before-wantBefore) > 0.5 || math.Abs(b.After-wantAfter) > 0.5 || b.CountBefore != nBefore || b.CountAfter != nAfter {
			t.Fatalf("mean block %v (%d) → %v (%d), GEOS has %v (%d) → %v (%d)",
				b.Before, b.CountBefore, b.After, b.CountAfter, wantBefore, nBefore, wantAfter, nAfter)
		}
	})
}
