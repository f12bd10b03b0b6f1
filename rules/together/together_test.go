package together_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
	"landcheck/rules/together"

	"github.com/paulmach/orb"
)

// zone is a 3° system by its EPSG code.
func zone(t testing.TB, epsg int) geo.CRS {
	t.Helper()
	c, err := geo.FromEPSG(epsg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// drawn is a plan before it is read: shapes in metres of zone 37.
type drawn struct {
	name    string
	area    orb.MultiPolygon
	changes []plan.Change
	epsg    int // of the plan; 0 is 4525
}

func (d *drawn) add(role domain.Role, shape orb.MultiPolygon) {
	id := fmt.Sprintf("%s-%d", d.name, len(d.changes)+1)
	d.changes = append(d.changes, plan.Change{Exists: true, Feature: plan.Feature{Role: role, ID: id, Record: len(d.changes) + 1, File: "X.shp", Geometry: shape}})
}

// read gives the plan as a check would, in its own zone.
func (d *drawn) read(t testing.TB) *together.Plan {
	t.Helper()
	home, crs := zone(t, 4525), zone(t, 4525)
	if d.epsg != 0 {
		crs = zone(t, d.epsg)
	}
	way, err := geo.NewTransform(home, crs)
	if err != nil {
		t.Fatal(err)
	}
	to := func(mp orb.MultiPolygon) orb.MultiPolygon {
		out, err := way.MultiPolygon(mp)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	p := &plan.Plan{Code: d.name, CRS: crs, Project: []plan.Feature{{Role: domain.ProjectArea, ID: "A", Record: 1, Geometry: to(d.area)}}}
	for _, c := range d.changes {
		c.Geometry = to(c.Geometry)
		p.Changes = append(p.Changes, c)
	}
	l := &ledger.Ledger{Plan: p, CRS: crs, Sliver: ledger.SliverLimits{Area: 1, Width: 0.05}}
	return together.PlanOf(d.name, l, &result.Report{Plan: result.PlanInfo{Code: d.name, Digest: "sha256:" + d.name}})
}

func check(t testing.TB, all []*drawn) *result.Together {
	t.Helper()
	var plans []*together.Plan
	for _, d := range all {
		plans = append(plans, d.read(t))
	}
	out, err := together.Check(t.Context(), plans, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// box is a rectangle in metres from the county's corner.
func box(x0, y0, x1, y1 float64) orb.MultiPolygon {
	return kit.Box(x0/kit.Cell, y0/kit.Cell, x1/kit.Cell, y1/kit.Cell)
}

// pairKey is a rule and two plans, by name in order.
type pairKey [3]string

// areasOf are what the findings about land come to, by rule and pair.
func areasOf(out *result.Together) map[pairKey]float64 {
	sums := map[pairKey]float64{}
	for _, r := range out.Rules {
		for _, f := range r.Findings {
			if len(f.Features) == 2 && f.Geometry != nil {
				names := slices.Clone(f.Packages)
				slices.Sort(names)
				sums[pairKey{r.ID, names[0], names[1]}] += f.Area
			}
		}
	}
	return sums
}

// judged is the same by GEOS, pair by pair, layer by layer, on the plane of zone
// 37; areas by kit, which shares nothing with the engine.
func judged(t *testing.T, all []*drawn) map[pairKey]float64 {
	t.Helper()
	k := geo.NewKernel()
	must := func(mp orb.MultiPolygon, err error) orb.MultiPolygon {
		if err != nil {
			t.Fatal(err)
		}
		return mp
	}
	union := func(parts ...orb.MultiPolygon) orb.MultiPolygon { return must(k.Union(parts, 0.0001)) }
	both := func(a, b orb.MultiPolygon) orb.MultiPolygon { return must(k.Intersection(a, b, 0.0001)) }
	minus := func(a, b orb.MultiPolygon) orb.MultiPolygon { return must(k.Difference(a, b, 0.0001)) }
	of := func(d *drawn, role domain.Role) orb.MultiPolygon {
		var parts []orb.MultiPolygon
		for _, c := range d.changes {
			if role == "" || c.Role == role {
				parts = append(parts, c.Geometry)
			}
		}
		return union(parts...)
	}
	sums := map[pairKey]float64{}
	for i, a := range all {
		for _, b := range all[i+1:] {
			crossed := union(both(of(a, domain.PBFIn), of(b, domain.PBFOut)), both(of(a, domain.PBFOut), of(b, domain.PBFIn)))
			out := minus(both(of(a, domain.PBFOut), of(b, domain.PBFOut)), crossed)
			in := minus(minus(both(of(a, domain.PBFIn), of(b, domain.PBFIn)), crossed), out)
			rest := minus(minus(minus(both(of(a, ""), of(b, "")), crossed), out), in)
			names := []string{a.name, b.name}
			slices.Sort(names)
			for rule, land := range map[string]orb.MultiPolygon{
				"together-area": both(a.area, b.area), "together-in-out": crossed, "together-out": out, "together-in": in, "together-change": rest,
			} {
				for _, p := range land {
					if area := kit.Area(orb.MultiPolygon{p}); area >= 1 && 2*area/around(p) >= 0.05 {
						sums[pairKey{rule, names[0], names[1]}] += area
					}
				}
			}
		}
	}
	return sums
}

func around(p orb.Polygon) float64 {
	sum := 0.0
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			sum += math.Hypot(r[i][0]-r[i-1][0], r[i][1]-r[i-1][1])
		}
	}
	return sum
}

// districts are plans side by side that share borders to the last digit, or by
// rounding to a centimetre miss and overlap each other, some in another zone.
func districts(random *rand.Rand, n int) []*drawn {
	var all []*drawn
	roles := []domain.Role{domain.PBFOut, domain.PBFIn, domain.LandUseChange}
	for i := range n {
		x, y := float64(i%4)*400, float64(i/4)*400
		d := &drawn{name: fmt.Sprintf("P%02d", i), area: box(x, y, x+400+0.03*float64(random.IntN(2)), y+400)}
		if random.IntN(3) == 0 {
			d.epsg = 4526
		}
		for c := range 4 {
			for r := range 4 {
				if random.IntN(2) == 0 {
					continue
				}
				x, y := x+float64(c)*100, y+float64(r)*100
				field := box(x, y, x+100+0.01*float64(random.IntN(3)), y+100)
				role := roles[random.IntN(3)]
				d.add(role, field)
				if role == domain.PBFIn && random.IntN(2) == 0 { // made for it
					d.add(domain.LandUseChange, field)
				}
			}
		}
		all = append(all, d)
	}
	return all
}

// TestNeighbours: honest neighbours that share borders do nothing to each other,
// whatever their zones.
func TestNeighbours(t *testing.T) {
	for seed := range uint64(20) {
		out := check(t, districts(rand.New(rand.NewPCG(seed, 1)), 12))
		for _, r := range out.Rules {
			if len(r.Findings) > 0 {
				t.Fatalf("seed %d: %s: %+v", seed, r.ID, r.Findings[0])
			}
		}
	}
}

// TestPlanted: conflicts planted at random are found, with their areas, and none
// else; GEOS is the judge, pair by pair.
func TestPlanted(t *testing.T) {
	found := map[string]int{}
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 2))
		all := districts(random, 8)
		roles := []domain.Role{domain.PBFOut, domain.PBFIn, domain.LandUseChange}
		for range 6 {
			d := all[random.IntN(len(all))]
			x, y := float64(random.IntN(1500)), float64(random.IntN(700))
			w, h := float64(2+random.IntN(150)), float64(2+random.IntN(150))
			d.add(roles[random.IntN(3)], box(x, y, x+w, y+h))
		}
		if random.IntN(2) == 0 {
			d := all[random.IntN(len(all))]
			x, y := float64(random.IntN(1500)), float64(random.IntN(700))
			d.area = append(d.area.Clone(), box(x+2000, y, x+2100, y+90)...) // beyond all
			d.area[0] = box(x, y, x+333, y+222)[0]
		}
		got, want := areasOf(check(t, all)), judged(t, all)
		for key, area := range want {
			found[key[0]]++
			if diff := math.Abs(got[key] - area); diff > 0.05+1e-6*area {
				t.Errorf("seed %d: %v: %.3f m², GEOS has %.3f", seed, key, got[key], area)
			}
		}
		for key, area := range got {
			if want[key] == 0 {
				t.Errorf("seed %d: %v: %.3f m² that GEOS does not have", seed, key, area)
			}
		}
	}
	for _, rule := range []string{"together-area", "together-in-out", "together-out", "together-in", "together-change"} {
		if found[rule] < 5 {
			t.Errorf("%s was tried %d times", rule, found[rule])
		}
	}
}
