package ledger

import (
	"math"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// TestClaims is one field of 1 ha, the base's word for it, the plan's, and what
// must hold of it afterwards.
func TestClaims(t *testing.T) {
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	field := rect(0, 0, 100, 100)
	whole := s.MultiPolygon(field)
	number := func(v float64) plan.Number { return plan.Number{Value: v, Known: true} }
	surveyed := func(c plan.Change) plan.Change {
		c.SurveyMethod, c.Surveyed, c.SurveyDate = "RTK", number(9999), "20250601"
		return c
	}
	change := func(role domain.Role, traits plan.Traits) plan.Change {
		c := changeAt(role, 1, field, "")
		c.Traits = traits
		return c
	}
	without := func(c plan.Change, what string) plan.Change {
		switch what {
		case "method":
			c.SurveyMethod = "XSCS"
		case "area":
			c.Surveyed = plan.Number{}
		case "date":
			c.SurveyDate = ""
		case "agreement":
			c.Surveyed = number(5000)
		}
		return c
	}
	river := plan.Traits{Class: "0103", Ridge: number(0.1), Slope: 3, Grade: 11, Refinement: "HDGD"}
	forest := plan.Traits{Class: "0301"}
	ridged := change(domain.LandUseChange, plan.Traits{Class: "0102", Ridge: number(0)})
	for name, c := range map[string]struct {
		use, pbf  plan.Traits
		net       float64 // declared, of a field that is PBF
		changes   []plan.Change
		cropland  float64 // net after, share of the whole
		pbfNet    float64
		unstable  bool
		slope     int
		claims    []Claim
		wasUseful float64 // net cropland before, share
	}{
		"another class cleanses nothing": {use: river, changes: []plan.Change{change(domain.LandUseChange, plan.Traits{Class: "0102"})},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9},
		"another code is not taken": {use: river, changes: []plan.Change{change(domain.LandUseChange, plan.Traits{Class: "0102", Refinement: "LQGD"})},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Refinement, From: "HDGD", To: "LQGD"}}},
		"nor does it make stable land unstable": {use: plan.Traits{Class: "0103"}, changes: []plan.Change{change(domain.PBFIn, plan.Traits{Refinement: "HDGD"})},
			cropland: 1, pbfNet: 1, wasUseful: 1, claims: []Claim{{Field: domain.Refinement, From: "", To: "HDGD"}}},
		"a coefficient without survey": {use: river, changes: []plan.Change{ridged},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"a coefficient of 0 where the base has none": {use: plan.Traits{Class: "0103"}, changes: []plan.Change{ridged},
			cropland: 1, wasUseful: 1, claims: []Claim{{Field: domain.Ridge, From: "", To: "0"}}},
		"a slope and a grade where the base knows none": {use: plan.Traits{Class: "0103"}, changes: []plan.Change{change(domain.PBFIn, plan.Traits{Slope: 4, Grade: 9})},
			cropland: 1, pbfNet: 1, slope: 4, wasUseful: 1},
		"surveyed": {use: river, changes: []plan.Change{surveyed(ridged)},
			cropland: 1, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0", Taken: true}}},
		"surveyed, no method": {use: river, changes: []plan.Change{without(surveyed(ridged), "method")},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"surveyed, no area": {use: river, changes: []plan.Change{without(surveyed(ridged), "area")},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"surveyed, no date": {use: river, changes: []plan.Change{without(surveyed(ridged), "date")},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"surveyed, other land": {use: river, changes: []plan.Change{without(surveyed(ridged), "agreement")},
			cropland: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"the survey of another record": {use: river, changes: []plan.Change{change(domain.PBFIn, plan.Traits{Ridge: number(0)}), surveyed(change(domain.LandUseChange, plan.Traits{Class: "0102"}))},
			cropland: 0.9, pbfNet: 0.9, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"new cropland brings its own": {use: forest, changes: []plan.Change{change(domain.LandUseChange, plan.Traits{Class: "0103", Ridge: number(0.2), Slope: 2, Refinement: "SHGD"})},
			cropland: 0.8, unstable: true, slope: 2},
		"of two records the one that brings in": {use: forest, changes: []plan.Change{change(domain.PBFIn, plan.Traits{Ridge: number(0.3), Slope: 1}), change(domain.LandUseChange, plan.Traits{Class: "0103", Ridge: number(0.2), Slope: 2})},
			cropland: 0.7, pbfNet: 0.7, slope: 1},
		"slopes count and are listed": {use: river, changes: []plan.Change{change(domain.PBFIn, plan.Traits{Slope: 1, Grade: 12})},
			cropland: 0.9, pbfNet: 0.9, unstable: true, slope: 1, wasUseful: 0.9,
			claims: []Claim{{Field: domain.Slope, From: "3", To: "1", Taken: true}, {Field: domain.Grade, From: "11", To: "12", Taken: true}}},
		"PBF that stays keeps what was declared": {use: river, pbf: plan.Traits{Class: "0103", Ridge: number(0.05)}, net: 8000, changes: []plan.Change{ridged},
			cropland: 0.9, pbfNet: 0.8, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.05", To: "0"}}},
		"out and in again keeps it too": {use: river, pbf: plan.Traits{Class: "0103"}, net: 8000, changes: []plan.Change{change(domain.PBFOut, plan.Traits{}), change(domain.PBFIn, plan.Traits{Ridge: number(0)})},
			cropland: 0.9, pbfNet: 0.8, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0"}}},
		"unless surveyed": {use: river, pbf: plan.Traits{Class: "0103"}, net: 8000, changes: []plan.Change{surveyed(ridged)},
			cropland: 1, pbfNet: 1, unstable: true, slope: 3, wasUseful: 0.9, claims: []Claim{{Field: domain.Ridge, From: "0.1", To: "0", Taken: true}}},
		"of two coefficients the pbf_in's alone is looked at": {use: river, changes: []plan.Change{change(domain.PBFIn, plan.Traits{Ridge: number(0.1)}), change(domain.LandUseChange, plan.Traits{Class: "0103", Ridge: number(0)})},
			cropland: 0.9, pbfNet: 0.9, unstable: true, slope: 3, wasUseful: 0.9},
		"PBF that is no cropland tells of its traits as well": {use: plan.Traits{Class: "0201", Grade: 9, Slope: 3}, pbf: plan.Traits{Class: "0201"}, net: 8000, changes: []plan.Change{change(domain.LandUseChange, plan.Traits{Class: "0201", Grade: 7})},
			pbfNet: 0.8, slope: 3, claims: []Claim{{Field: domain.Grade, From: "9", To: "7", Taken: true}}},
		"the PBF's own traits": {use: river, pbf: plan.Traits{Class: "0103", Slope: 2, Refinement: "PDGD"}, net: 8000, changes: []plan.Change{change(domain.LandUseChange, plan.Traits{Class: "0102"})},
			cropland: 0.9, pbfNet: 0.8, slope: 2, wasUseful: 0.9},
	} {
		t.Run(name, func(t *testing.T) {
			base := memoryBase{domain.LandUse: {parcelAt(domain.LandUse, 1, field, "", "")}}
			base[domain.LandUse][0].Traits = c.use
			if c.pbf.Class != "" {
				base[domain.PBF] = []plan.Parcel{parcelAt(domain.PBF, 1, field, "", "150123101")}
				base[domain.PBF][0].Traits, base[domain.PBF][0].Net = c.pbf, number(c.net*whole/10000)
			}
			l := build(t, &plan.Plan{CRS: zone37, Project: []plan.Feature{{Geometry: field}}, Changes: c.changes}, base, 1)
			if len(l.Faces) != 1 {
				t.Fatalf("%d faces", len(l.Faces))
			}
			f := &l.Faces[0]
			near := func(what string, got, want float64) {
				if math.Abs(got-want*whole) > 1e-6 {
					t.Errorf("%s: %v m², want %v", what, got, want*whole)
				}
			}
			near("cropland before", f.Before.CroplandNet, c.wasUseful)
			near("cropland after", f.After.CroplandNet, c.cropland)
			near("PBF after", f.After.PBFNet, c.pbfNet)
			if f.After.Unstable != c.unstable || f.After.Slope != c.slope {
				t.Errorf("after: unstable %v, slope %d", f.After.Unstable, f.After.Slope)
			}
			if len(l.Claims) != len(c.claims) {
				t.Fatalf("claims %+v", l.Claims)
			}
			for i, got := range l.Claims {
				got.Change = nil
				if got != c.claims[i] {
					t.Errorf("claim %+v, want %+v", got, c.claims[i])
				}
			}
		})
	}
}
