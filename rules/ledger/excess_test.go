package ledger

import (
	"context"
	"errors"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// teeth is a comb with upright teeth, or level ones.
func teeth(n int, level bool) orb.MultiPolygon {
	r := orb.Ring{{0, -10}}
	step := 500 / float64(2*n)
	for i := range n {
		x := 2 * step * float64(i)
		r = append(r, orb.Point{x, 500}, orb.Point{x + step, 500}, orb.Point{x + step, 0}, orb.Point{x + 2*step, 0})
	}
	r = append(r, orb.Point{500, -10}, r[0])
	for i, v := range r {
		if level {
			v = orb.Point{v[1], v[0]}
		}
		r[i] = orb.Point{east + v[0], north + v[1]}
	}
	return orb.MultiPolygon{{r}}
}

// TestTooManyCrossings: land that is drawn wildly is refused with the two
// features that cross, the same on any number of processors.
func TestTooManyCrossings(t *testing.T) {
	combs := []plan.Change{
		changeAt(domain.LandUseChange, 1, rect(600, 600, 700, 700), "0103"),
		changeAt(domain.LandUseChange, 2, teeth(300, false), "0103"),
		changeAt(domain.LandUseChange, 3, teeth(300, true), "0702"),
	}
	var stacked []plan.Change
	for i := range 3000 {
		stacked = append(stacked, changeAt(domain.LandUseChange, i+1, rect(0, 0, 100, 100+float64(i%7)), "0103"))
	}
	ground := memoryBase{domain.LandUse: {parcelAt(domain.LandUse, 1, rect(-100, -100, 1000, 1000), "0103", "150123101201")}}
	red := memoryBase{domain.LandUse: ground[domain.LandUse], domain.RedLine: {parcelAt(domain.RedLine, 7, teeth(400, true), "", "")}}
	for _, c := range []struct {
		name    string
		changes []plan.Change
		base    memoryBase
		says    []string
	}{
		{"combs", combs, ground, []string{"land_use_change.shp", "record 2", "land_use_change2", "record 3 of land_use_change.shp", "land_use_change3", "too many crossings"}},
		{"a comb over a base layer", []plan.Change{changeAt(domain.LandUseChange, 1, teeth(400, false), "0103")}, red,
			[]string{"land_use_change.shp", "record 1", "record 7 of red_line.shp"}},
		{"stacked", stacked, ground, []string{"land_use_change.shp", "record 1", "land_use_change1", "record 2 of land_use_change.shp"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			said := ""
			for _, jobs := range []int{1, 2, 7} {
				p := &plan.Plan{CRS: zone37, County: "150123", Changes: c.changes, Project: []plan.Feature{{Role: domain.ProjectArea, File: "area.shp", Record: 1, Geometry: rect(-50, -50, 800, 800)}}}
				_, err := Build(context.Background(), p, c.base, Options{Sliver: SliverLimits{Area: 1, Width: 0.05}, Jobs: jobs})
				f, ok := geo.AsInputError(err)
				if !ok {
					t.Fatalf("%d jobs: %v", jobs, err)
				}
				for _, part := range c.says {
					if !strings.Contains(f.Text().EN, part) {
						t.Errorf("%q is not in %s", part, f.Text().EN)
					}
				}
				if f.Advice.IsZero() || f.Text().ZH == f.Text().EN || said != "" && said != f.Text().ZH {
					t.Errorf("%d jobs: %s, before %s", jobs, f.Text().ZH, said)
				}
				said = f.Text().ZH
			}
		})
	}
}

// TestAllowance: whatever order pieces are done in, the same one is too many,
// and the costliest up to it is named.
func TestAllowance(t *testing.T) {
	broken := errors.New("broken")
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {1, 0, 3, 2, 4}, {4, 3, 2, 1, 0}} {
		for _, fail := range []int{-1, 1, 4} {
			a := newAllowance(5, 0)
			a.limit = 10
			for _, i := range order {
				if !a.needs(i) {
					continue
				}
				if i == fail {
					a.done(i, 3, broken)
				} else {
					a.done(i, 3+int64(i%2), nil) // 3 4 3 4 3
				}
			}
			named := -1
			err := a.failed(func(i int) error {
				named = i
				return nil
			})
			if fail == 1 && err != broken || fail != 1 && (err != nil || named != 1) {
				t.Errorf("%v, %d fails: %v, %d named", order, fail, err, named)
			}
		}
	}
	a := newAllowance(2, 0)
	a.limit = 6
	a.done(1, 3, nil)
	a.done(0, 3, nil)
	if err := a.failed(func(int) error { return broken }); err != nil {
		t.Error("just as much as there is:", err)
	}
}
