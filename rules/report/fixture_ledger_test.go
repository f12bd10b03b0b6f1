package report

import (
	"fmt"
	"math"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// box is a rectangle in the working system of the fixture, metres from a
// corner of the sample county.
func box(x, y, w, h float64) orb.Polygon {
	x, y = x+37567000, y+4470000
	return orb.Polygon{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}}
}

// blob is a smooth outline of n corners.
func blob(x, y, r float64, n int) orb.Polygon {
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		d := r * (1 + 0.12*math.Sin(3*a) + 0.06*math.Cos(7*a))
		ring = append(ring, orb.Point{x + 37567000 + d*math.Cos(a), y + 4470000 + d*math.Sin(a)})
	}
	return orb.Polygon{append(ring, ring[0])}
}

func changeOf(role domain.Role, id, class string, year int, p orb.Polygon) plan.Change {
	return plan.Change{Exists: true, Year: year, Feature: plan.Feature{Role: role, ID: id, File: "plan/x.shp", Record: 1,
		Geometry: orb.MultiPolygon{p}, Traits: plan.Traits{Class: class}}}
}

// sampleLedger is a small plan with one face of each kind; its numbers are made
// up, not computed.
func sampleLedger() *ledger.Ledger {
	p := &plan.Plan{
		Project: []plan.Feature{{Role: domain.ProjectArea, ID: "1", Geometry: orb.MultiPolygon{blob(2600, 1800, 1700, 60)}}},
		Changes: []plan.Change{
			changeOf(domain.PBFOut, "DC-01", "", 2025, box(1500, 1500, 420, 160)),
			changeOf(domain.PBFOut, "DC-02", "", 2025, box(2000, 1300, 150, 260)),
			changeOf(domain.PBFIn, "DR-07", "0102", 2026, box(3100, 2200, 520, 330)),
			changeOf(domain.LandUseChange, "BG-1", "0102", 2026, box(2900, 2000, 900, 700)),
			changeOf(domain.LandUseChange, "BG-2", "0702", 2025, box(1500, 1500, 420, 160)),
			changeOf(domain.LandUseChange, "BG-3", "0301", 0, box(2300, 700, 380, 300)),
			changeOf(domain.LandUseChange, hostile, "0404", 0, box(2700, 800, 2, 2)),
			changeOf(domain.UrbanAdded, "U1", "", 0, box(1150, 1900, 200, 300)),
		},
	}
	l := &ledger.Ledger{Plan: p, Changed: 700000, CRS: geo.CRS{Kind: geo.GaussKruger, CentralMeridian: 111, FalseEasting: 37500000},
		Townships: map[string]string{"150123102": "示例镇"}, Villages: map[string]string{"150123102201": hostile}}
	face := func(area float64, g orb.Polygon, out, in, use *plan.Change) {
		f := ledger.Face{ID: len(l.Faces) + 1, Geometry: g, Area: area, Width: 12.5, Township: "150123102", Village: "150123102201", County: "150123",
			InProject: true, Out: out, In: in, Use: use, Urban: plan.NoChange, Line: plan.NoChange,
			Before: ledger.State{Class: "0103", Known: true, Cropland: true, Agricultural: true, PBF: true, Slope: 2, Grade: 9, PBFNet: area * 0.9, CroplandNet: area * 0.9},
			After:  ledger.State{Class: "0702", Known: true, Construction: true},
			Refs:   []ledger.Ref{{Role: domain.PBFOut, ID: "DC-01"}, {Role: domain.LandUse, ID: hostile}}}
		l.Faces = append(l.Faces, f)
	}
	c := p.Changes
	face(67200.123456, c[0].Geometry[0], &c[0], plan.NoChange, &c[4])
	face(39000, c[1].Geometry[0], &c[1], plan.NoChange, plan.NoChange)
	face(171600, c[2].Geometry[0], plan.NoChange, &c[2], &c[3])
	face(0.5, c[6].Geometry[0], plan.NoChange, plan.NoChange, &c[6])
	l.Faces[3].Sliver = true
	return l
}

// sampleOutlines are base layers for the map.
func sampleOutlines() []DrawLayer {
	return []DrawLayer{
		{Role: "townships", Title: domain.Role("townships").Title(), Features: []DrawFeature{
			{ID: "150123101", Label: "城关镇", Geometry: orb.MultiPolygon{box(-2000, -3000, 4600, 9000)}},
			{ID: "150123102", Label: "示例镇 " + hostile, Geometry: orb.MultiPolygon{box(2600, -3000, 6000, 9000)}},
		}},
		{Role: "urban_boundary", Title: domain.Role("urban_boundary").Title(), Features: []DrawFeature{{ID: "C1", Geometry: orb.MultiPolygon{box(700, 1700, 450, 800)}}}},
		{Role: "red_line", Title: domain.Role("red_line").Title(), Features: []DrawFeature{{ID: "R1", Geometry: orb.MultiPolygon{blob(2500, -200, 1150, 400)}}}},
	}
}

// manyChanges is a plan of n parcels of 24 corners, to weigh the page.
func manyChanges(n int) *ledger.Ledger {
	l := sampleLedger()
	side := int(math.Ceil(math.Sqrt(float64(n))))
	for i := range n {
		l.Plan.Changes = append(l.Plan.Changes, changeOf(domain.LandUseChange, fmt.Sprint(i), []string{"0102", "0301", "0404", "0702"}[i%4], 2025,
			blob(float64(i%side)*120, float64(i/side)*120, 52, 24)))
	}
	return l
}
