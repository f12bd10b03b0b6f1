package ledger

import (
	"context"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// TestTotalsOfTheProjectArea holds what is summed over the project area, which
// takes several short cuts, against GEOS: project areas in several places, with
// holes, across and beside the fields and the changes.
func TestTotalsOfTheProjectArea(t *testing.T) {
	k := geo.NewKernel()
	s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p, base := world(t)
		if rapid.Bool().Draw(t, "more") {
			x, y := rapid.Float64Range(-50, 250).Draw(t, "x"), rapid.Float64Range(-50, 250).Draw(t, "y")
			square := rect(x, y, x+110, y+130)
			if rapid.Bool().Draw(t, "hole") {
				square[0] = append(square[0], rect(x+20, y+20, x+90, y+100)[0][0])
			}
			if rapid.Bool().Draw(t, "far") {
				square = append(square, rect(1000, 1000, 1100, 1100)...)
			}
			p.Project = append(p.Project, plan.Feature{Geometry: square})
		}
		spec := BlockSpec{Gap: 12, Barriers: []string{"0702"}}
		l, err := Build(context.Background(), p, base, Options{Sliver: SliverLimits{1, 0.05}, Jobs: rapid.IntRange(1, 3).Draw(t, "jobs"), Blocks: &spec})
		if err != nil {
			t.Fatal(err)
		}
		union := func(features []orb.MultiPolygon) orb.MultiPolygon {
			u, err := k.Union(features, 0)
			if err != nil {
				t.Fatal(err)
			}
			return u
		}
		var parts, changes []orb.MultiPolygon
		for _, f := range p.Project {
			parts = append(parts, f.Geometry)
		}
		for _, c := range p.Changes {
			changes = append(changes, c.Geometry)
		}
		project, changed := union(parts), union(changes)
		inProject := func(mp orb.MultiPolygon) orb.MultiPolygon {
			x, err := k.Intersection(mp, project, 0)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		before := map[string]float64{}
		kept := 0.0
		for _, f := range base[plan.LandUse] {
			inside := inProject(f.Geometry)
			before[f.Traits.Class] += s.MultiPolygon(inside)
			rest, err := k.Difference(inside, changed, 0)
			if err != nil {
				t.Fatal(err)
			}
			if f.Traits.Class == "0103" {
				kept += s.MultiPolygon(rest)
			}
		}
		for class, want := range before {
			got := 0.0
			if i := slices.IndexFunc(l.LandUse, func(a ClassArea) bool { return a.Code == class }); i >= 0 {
				got = l.LandUse[i].Before
			}
			agree(t, "class "+class, got, want)
		}
		pbf := 0.0
		for _, f := range base[plan.PBF] {
			pbf += s.MultiPolygon(inProject(f.Geometry))
		}
		agree(t, "PBF of the project area", l.ProjectPBF, pbf)
		agree(t, "cropland before", l.Blocks.CroplandBefore, before["0103"])
		for _, f := range l.Faces {
			if f.InProject && f.After.Cropland {
				kept += f.Area
			}
		}
		agree(t, "cropland after", l.Blocks.CroplandAfter, kept)
		outside := s.MultiPolygon(project)
		for _, f := range base[plan.Townships] {
			outside -= s.MultiPolygon(inProject(f.Geometry))
		}
		if len(p.Project) == 1 { // its area is the sum of its features'
			agree(t, "outside the county", l.Outside, max(outside, 0))
		}
	})
}
