package ledger

import (
	"context"
	"slices"
	"testing"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
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
		for _, f := range base[domain.LandUse] {
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
		for _, f := range base[domain.PBF] {
			pbf += s.MultiPolygon(inProject(f.Geometry))
		}
		agree(t, "PBF of the project area", l.ProjectPBF, pbf)
		was := before["0103"]
		for _, f := range l.Faces { // PBF says the class of land that the land use lacks
			if f.InProject && f.Before.Cropland && !slices.ContainsFunc(f.Refs, func(r Ref) bool { return r.Role == domain.LandUse }) {
				was += f.Area
			}
		}
		agree(t, "cropland before", l.Blocks.CroplandBefore, was)
		for _, f := range l.Faces {
			if f.InProject && f.After.Cropland {
				kept += f.Area
			}
		}
		agree(t, "cropland after", l.Blocks.CroplandAfter, kept)
		var towns []orb.MultiPolygon
		for _, f := range base[domain.Townships] {
			towns = append(towns, f.Geometry)
		}
		left, err := k.Difference(project, union(towns), 0)
		if err != nil {
			t.Fatal(err)
		}
		all := 0.0
		for _, piece := range l.OutsidePieces {
			all += piece.Area
		}
		agree(t, "outside the county, strips too", all, s.MultiPolygon(left))
	})
}

// TestOutsideIsTheUnionsComplement: townships that overlap each other do not
// make up for land that none has, holes between them are the base's, and strips
// count by their width alone.
func TestOutsideIsTheUnionsComplement(t *testing.T) {
	k := geo.NewKernel()
	rapid.Check(t, func(t *rapid.T) {
		var parcels []plan.Parcel
		var towns []orb.MultiPolygon
		for i := range rapid.IntRange(1, 7).Draw(t, "towns") {
			x, y := float64(rapid.IntRange(0, 8).Draw(t, "x"))*40, float64(rapid.IntRange(0, 8).Draw(t, "y"))*40
			shape := rect(x, y, x+float64(rapid.IntRange(1, 6).Draw(t, "w"))*40-0.02*float64(i%2), y+float64(rapid.IntRange(1, 6).Draw(t, "h"))*40)
			county := rapid.SampledFrom([]string{"150123", "150123", "150123", "150124"}).Draw(t, "county")
			parcels = append(parcels, parcelAt(domain.Townships, i+1, shape, "", county+"10"+string(rune('1'+i))))
			if county == "150123" {
				towns = append(towns, shape)
			}
		}
		var project []orb.MultiPolygon
		p := &plan.Plan{CRS: zone37, County: "150123"}
		for range rapid.IntRange(1, 2).Draw(t, "areas") {
			x, y := rapid.Float64Range(0, 300).Draw(t, "px"), float64(rapid.IntRange(0, 300).Draw(t, "py"))
			project = append(project, overlay.Rounded(rect(x, y, x+90, y+130)))
			p.Project = append(p.Project, plan.Feature{Geometry: project[len(project)-1]})
		}
		l, err := Build(context.Background(), p, memoryBase{domain.Townships: parcels}, Options{Sliver: SliverLimits{1, 0.05}, Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		area, err := k.Union(project, 0.0001)
		if err != nil {
			t.Fatal(err)
		}
		county := orb.MultiPolygon{}
		if len(towns) > 0 {
			if county, err = k.Union(towns, 0.0001); err != nil {
				t.Fatal(err)
			}
		}
		filled := orb.MultiPolygon{}
		for _, part := range county {
			filled = append(filled, orb.Polygon{part[0]})
		}
		if len(filled) > 0 {
			if filled, err = k.Union([]orb.MultiPolygon{filled}, 0.0001); err != nil {
				t.Fatal(err)
			}
		}
		left, err := k.Difference(area, filled, 0.0001)
		if err != nil {
			t.Fatal(err)
		}
		s, err := geo.NewSurveyor(zone37, orb.Point{east, north})
		if err != nil {
			t.Fatal(err)
		}
		want := 0.0
		for _, piece := range left {
			a := s.Polygon(piece)
			if sliver, _ := l.Sliver.Is(a, piece); !sliver {
				want += a
			}
		}
		agree(t, "outside the county", l.Outside, want)
	})
}
