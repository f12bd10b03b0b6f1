package evaluation_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/evaluation"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"

	"github.com/paulmach/orb"
)

// land is base data without files.
type land map[domain.Role][]plan.Parcel

func (b land) Has(role domain.Role) bool { return len(b[role]) > 0 }

func (b land) HasField(domain.Role, domain.Field) bool { return true }

func (b land) Issues() []plan.Issue { return nil }

func (b land) Notices() []geo.Notice { return nil }

func (b land) Near(_ context.Context, role domain.Role, _ geo.CRS, boxes []orb.Bound) ([]plan.Parcel, error) {
	var near []plan.Parcel
	for _, p := range b[role] {
		if boxes == nil || slices.ContainsFunc(boxes, p.Geometry.Bound().Intersects) {
			near = append(near, p)
		}
	}
	return near, nil
}

func (b land) Survey(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, _ func(*plan.Parcel) bool) ([]*plan.Parcel, error) {
	var near []*plan.Parcel
	all, err := b.Near(ctx, role, work, boxes)
	for i := range all {
		near = append(near, &all[i])
	}
	return near, err
}

func (land) Manifest() *plan.BaseManifest { return &plan.BaseManifest{} }

func (land) Unsure() map[domain.Role][]string { return nil }

func (land) SetAreas(domain.Role, geo.CRS, []plan.Measured) {}

func (b land) Designated(context.Context, geo.CRS) (plan.Designated, error) {
	return plan.Designated{Townships: map[string]plan.Designation{"150123101": {Area: 1_000_000, Features: 1}}}, nil
}

func (b land) Units(context.Context, domain.Role) (map[string]string, error) {
	return map[string]string{}, nil
}

// box is a rectangle in metres from a corner of zone 37.
func box(x0, y0, x1, y1 float64) orb.MultiPolygon {
	const e, n = 37540000, 4562900
	return orb.MultiPolygon{{{{e + x0, n + y0}, {e + x1, n + y0}, {e + x1, n + y1}, {e + x0, n + y1}, {e + x0, n + y0}}}}
}

// county is a square of 2 × 2 km in two townships, a neighbour county east of it:
//
//	1000-2000 │ 0102 │ 0702 │ 0301, red line │
//	   0-1000 │ 0103, PBF   │ 0401           │ 0102 (150124)
//	          0   …  1000  1500            2000
func county() land {
	b := land{}
	add := func(role domain.Role, class, unit string, mp orb.MultiPolygon) {
		n := len(b[role]) + 1
		p := plan.Parcel{Feature: plan.Feature{Role: role, File: string(role), Record: n, ID: fmt.Sprint(role, n), Geometry: mp, Traits: plan.Traits{Class: class, Slope: 2, Grade: 10}}, Unit: unit, Code: unit}
		if role == domain.PBF {
			p.Net = plan.Number{Value: 1_000_000, Known: true}
		}
		b[role] = append(b[role], p)
	}
	add(domain.Townships, "", "150123101", box(0, 0, 2000, 1000))
	add(domain.Townships, "", "150123102", box(0, 1000, 2000, 2000))
	add(domain.Townships, "", "150124101", box(2000, 0, 3000, 1000))
	add(domain.LandUse, "0103", "150123101201", box(0, 0, 1000, 1000))
	add(domain.LandUse, "0401", "150123101202", box(1000, 0, 2000, 1000))
	add(domain.LandUse, "0102", "150123102201", box(0, 1000, 1000, 2000))
	add(domain.LandUse, "0702", "150123102201", box(1000, 1000, 1500, 2000))
	add(domain.LandUse, "0301", "150123102201", box(1500, 1000, 2000, 2000))
	add(domain.LandUse, "0102", "150124101201", box(2000, 0, 3000, 1000))
	add(domain.PBF, "0103", "150123101201", box(0, 0, 1000, 1000))
	add(domain.RedLine, "", "", box(1500, 1000, 2000, 2000))
	add(domain.UrbanBoundary, "", "", box(0, 900, 100, 1000))
	return b
}

// step is one thing that a trial plan does.
type step func(p *plan.Plan)

func change(role domain.Role, class string, mp orb.MultiPolygon, more ...func(*plan.Change)) step {
	return func(p *plan.Plan) {
		n := len(p.Changes) + 1
		c := plan.Change{Exists: true, Feature: plan.Feature{Role: role, File: string(role), Record: n, ID: fmt.Sprint("c", n), Geometry: mp, Traits: plan.Traits{Class: class}}, Year: 2026}
		for _, m := range more {
			m(&c)
		}
		p.Changes = append(p.Changes, c)
	}
}

func out(mp orb.MultiPolygon, more ...func(*plan.Change)) step {
	return change(domain.PBFOut, "", mp, more...)
}

func in(mp orb.MultiPolygon, more ...func(*plan.Change)) step {
	return change(domain.PBFIn, "", mp, more...)
}

func use(class string, mp orb.MultiPolygon, more ...func(*plan.Change)) step {
	return change(domain.LandUseChange, class, mp, more...)
}

func on(date string) func(*plan.Change) { return func(c *plan.Change) { c.Date = date } }

func surveyed(method string) func(*plan.Change) {
	return func(c *plan.Change) { c.SurveyMethod = method }
}

func declares(m2 float64) func(*plan.Change) {
	return func(c *plan.Change) { c.Declared = plan.Number{Value: m2, Known: true} }
}

func project(mp orb.MultiPolygon) step { return func(p *plan.Plan) { p.Project[0].Geometry = mp } }

func papers(kind string, names ...string) step {
	return func(p *plan.Plan) {
		for _, n := range names {
			d := plan.Document{Kind: kind, File: n, Present: true}
			if slices.Contains(domain.VillageKinds(), kind) {
				d.Village = n
			} else {
				d.From = n
			}
			p.Documents = append(p.Documents, d)
		}
	}
}

// TestRulesAtTheirLimits is, for each rule, a plan that just passes and one
// that just fails, through the whole ledger.
func TestRulesAtTheirLimits(t *testing.T) {
	book, err := rulebook.Load("nmg-2025")
	if err != nil {
		t.Fatal(err)
	}
	opinions := []string{"发展改革", "财政", "自然资源", "住建", "水利", "农牧", "文旅", "林草"}
	villages := []string{"150123101201", "150123101202", "150123102201"}
	for _, c := range []struct {
		rule       string
		pass, fail []step
		want       domain.Status // of the failing plan; Fail when empty
	}{
		{"pbf-township-cap", []step{out(box(0, 0, 49.999, 1000))}, []step{out(box(0, 0, 50.001, 1000))}, ""},
		{"pbf-area-kept", []step{out(box(200, 0, 300, 100)), in(box(0, 1000, 100, 1100.02))}, []step{out(box(200, 0, 300, 100)), in(box(0, 1000, 100, 1099.99))}, ""},
		{"pbf-compensation-in-project", []step{project(box(0, 0, 2000, 1100.02)), out(box(200, 0, 300, 100)), in(box(0, 1000, 100, 1200))},
			[]step{project(box(0, 0, 2000, 1099.99)), out(box(200, 0, 300, 100)), in(box(0, 1000, 100, 1200))}, ""},
		{"pbf-compensation-in-county", []step{in(box(0, 1000, 100, 1100))}, []step{in(box(2000, 0, 2010, 10))}, ""},
		{"pbf-urban-kept", []step{out(box(99.97, 900, 200, 1000))}, []step{out(box(99, 900, 200, 1000))}, ""}, // 3 cm is a sliver
		{"pbf-compensate-first", []step{out(box(200, 0, 300, 100), on("20260601")), in(box(0, 1000, 110, 1100), on("20260601"))},
			[]step{out(box(200, 0, 300, 100), on("20260601")), in(box(0, 1000, 110, 1100), on("20260602"))}, ""},
		{"pbf-out-is-pbf", []step{out(box(900, 0, 1000.03, 100))}, []step{out(box(900, 0, 1001, 100))}, ""},
		{"pbf-in-is-new", []step{in(box(0, 999.97, 100, 1100))}, []step{in(box(0, 999, 100, 1100))}, ""},
		{"pbf-in-is-cropland", []step{in(box(900, 1000, 1000.03, 1100))}, []step{in(box(900, 1000, 1001, 1100))}, ""},
		{"pbf-undeclared-loss", []step{out(box(0, 0, 100, 100)), use("0301", box(0, 0, 100.03, 100)), use("0102", box(300, 0, 400, 100))}, []step{out(box(0, 0, 100, 100)), use("0301", box(0, 0, 101, 100))}, ""},
		{"cropland-area-kept", []step{use("0301", box(0, 0, 100, 100)), use("0103", box(1000, 0, 1100, 100.01))},
			[]step{use("0301", box(0, 0, 100, 100)), use("0103", box(1000, 0, 1100, 99.99))}, ""},
		{"construction-not-grown", []step{use("0103", box(1000, 1000, 1100, 1100.01)), use("0702", box(1000, 0, 1100, 100))},
			[]step{use("0103", box(1000, 1000, 1100, 1099.99)), use("0702", box(1000, 0, 1100, 100))}, ""},
		{"demolition-covers-building", []step{use("0103", box(1000, 1000, 1100, 1100.01)), use("0702", box(1000, 0, 1100, 100))},
			[]step{use("0103", box(1000, 1000, 1100, 1099.99)), use("0702", box(1000, 0, 1100, 100))}, ""},
		{"red-line-not-occupied", []step{use("0103", box(1400, 1000, 1500.03, 1100)), use("0401", box(1600, 1100, 1700, 1200))}, []step{use("0103", box(1400, 1000, 1501, 1100))}, ""},
		{"new-cropland-surveyed", []step{use("0103", box(1000, 0, 1100, 100), surveyed("RTK"))}, []step{use("0103", box(1000, 0, 1100, 100), surveyed("TSZY"))}, domain.Warn}, // at the proposal
		{"village-consent", []step{papers("village-consent", villages...), papers("plan-consent", villages...), papers("villager-support", villages...)},
			[]step{papers("village-consent", villages...), papers("plan-consent", villages[1:]...), papers("villager-support", villages...)}, ""},
		{"department-opinions", []step{papers("opinion", opinions...), papers("league-review", "")}, []step{papers("opinion", opinions[1:]...), papers("league-review", "")}, ""},
		{"one-county", []step{project(box(0, 0, 2000.049, 2000))}, []step{project(box(0, 0, 2000.051, 2000))}, ""},
		{"data-overlap", []step{use("0301", box(0, 0, 100.03, 100)), use("0301", box(100, 0, 200, 100))}, []step{use("0301", box(0, 0, 101, 100)), use("0301", box(100, 0, 200, 100))}, ""},
		{"data-cover", []step{use("0103", box(1000, 1900, 1100, 2000.99))}, []step{use("0103", box(1000, 1900, 1100, 2001.05))}, ""},
		{"data-declared-area", []step{use("0301", box(0, 0, 100, 100), declares(10009))}, []step{use("0301", box(0, 0, 100, 100), declares(10011))}, domain.Warn},
		{"data-slivers", []step{use("0301", box(0, 0, 4, 2.51))}, []step{use("0301", box(0, 0, 4, 2.49))}, domain.Warn},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := judged(t, book, c.rule, c.pass); got.Status != domain.Pass {
				t.Errorf("the plan that just passes: %s %+v %+v", got.Status, got.Note, got.Measures)
			}
			want := c.want
			if want == "" {
				want = domain.Fail
			}
			if got := judged(t, book, c.rule, c.fail); got.Status != want {
				t.Errorf("the plan that just fails: %s %+v %+v", got.Status, got.Note, got.Measures)
			}
		})
	}
}

func judged(t *testing.T, book *rulebook.Rulebook, id string, steps []step) result.RuleResult {
	t.Helper()
	crs, err := geo.FromEPSG(4525)
	if err != nil {
		t.Fatal(err)
	}
	p := &plan.Plan{County: "150123", Year: 2026, Stage: domain.Proposal, CRS: crs, Native: crs,
		Project: []plan.Feature{{Role: domain.ProjectArea, File: "ZZQY.shp", Record: 1, Geometry: box(0, 0, 2000, 2000)}}}
	for _, s := range steps {
		s(p)
	}
	l, err := ledger.Build(t.Context(), p, county(), ledger.Options{Sliver: ledger.SliverLimits{Area: 1, Width: 0.05}, Blocks: book.BlockSpec()})
	if err != nil {
		t.Fatal(err)
	}
	r, err := evaluation.Evaluate(t.Context(), book, l, evaluation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range r.Rules {
		if rule.ID == id {
			return rule
		}
	}
	t.Fatalf("no rule %s", id)
	return result.RuleResult{}
}
