package plan

import (
	"testing"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// TestBaseCopies: two layers of a role are joined, one and its copy are not.
func TestBaseCopies(t *testing.T) {
	table := &geo.Table{Name: "YJJBNTTB"}
	infos := []LayerInfo{{Role: domain.PBF, Digest: "a", Features: 3}, {Role: domain.PBF, Digest: "b", Features: 3}, {Role: domain.LandUse, Digest: "a", Features: 3}}
	all := []*baseLayer{{layer: fileOf("one.shp", table)}, {layer: fileOf("two.shp", table)}, {layer: fileOf("three.shp", table)}}
	if err := copied(all, infos); err != nil {
		t.Errorf("different layers: %v", err)
	}
	infos[1].Digest = "a"
	if f, ok := geo.AsInputError(copied(all, infos)); !ok || f.File != "two.shp" {
		t.Errorf("a copy passes for a second part: %v", f)
	}
	infos[0].Role, infos[1].Role = domain.RedLine, domain.RedLine
	if err := copied(all, infos); err != nil {
		t.Errorf("of boundaries nothing is added up: %v", err)
	}
	infos[0].Role, infos[1].Role = domain.PBF, domain.PBF
	infos[0].Features, infos[1].Features = 0, 0
	if err := copied(all, infos); err != nil {
		t.Errorf("empty layers count nothing: %v", err)
	}
}

// TestSameLand: the same parcels in another format are a copy, a second part of
// the layer and a single equal shape are none.
func TestSameLand(t *testing.T) {
	square := func(x float64) geo.Feature {
		return geo.Feature{Geometry: orb.MultiPolygon{{{{x, 0}, {x + 10, 0}, {x + 10, 10}, {x, 10}, {x, 0}}}}}
	}
	layer := func(file string, xs ...float64) geo.Layer {
		table := &geo.Table{Name: "YJJBNTTB"}
		for i, x := range xs {
			f := square(x)
			f.Record = i + 1
			table.Rows = append(table.Rows, f)
		}
		return fileOf(file, table)
	}
	whole := layer("a.shp", 0, 20)
	if !sameLand(whole, layer("a.gpkg", 0, 20.0004)) {
		t.Error("a copy in another format passes for a second part")
	}
	if sameLand(whole, layer("b.shp", 40, 60)) || sameLand(layer("c.shp", 0), layer("d.shp", 0)) {
		t.Error("a second part, or one equal shape, is taken for a copy")
	}
}
