package plan

import (
	"testing"

	"landcheck/geo"
)

// TestBaseCopies: two layers of a role are joined, one and its copy are not.
func TestBaseCopies(t *testing.T) {
	table := &geo.Table{Name: "YJJBNTTB"}
	infos := []LayerInfo{{Role: PBF, Digest: "a", Features: 3}, {Role: PBF, Digest: "b", Features: 3}, {Role: LandUse, Digest: "a", Features: 3}}
	all := []*baseLayer{{layer: fileOf("one.shp", table)}, {layer: fileOf("two.shp", table)}, {layer: fileOf("three.shp", table)}}
	if err := copied(all, infos); err != nil {
		t.Errorf("different layers: %v", err)
	}
	infos[1].Digest = "a"
	if f, ok := geo.AsFault(copied(all, infos)); !ok || f.File != "two.shp" {
		t.Errorf("a copy passes for a second part: %v", f)
	}
	infos[0].Features, infos[1].Features = 0, 0
	if err := copied(all, infos); err != nil {
		t.Errorf("empty layers count nothing: %v", err)
	}
}
