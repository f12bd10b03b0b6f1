package plan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// TestBaseLayersSaid: columns and classes under a role, a layer's own name, or with
// a file.
func TestBaseLayersSaid(t *testing.T) {
	for _, x := range []struct {
		name, said string
		classes    string // of the two parcels
		wrong      string
	}{
		{"nothing said", "", "0103 ?", "DLBM"},
		{"under the role", "layers: {land_use: {classes: planning, fields: {class: GH}}}", "0702 1004", ""},
		{"under the layer's Chinese name", "layers: {地类图斑: {classes: planning, fields: {class: GH}}}", "0702 1004", ""},
		{"the layer wins over the role", "layers: {land_use: {classes: survey}, 地类图斑: {classes: planning, fields: {class: GH}}}", "0702 1004", ""},
		{"with its file", "layers: {land_use: {file: 地类图斑.shp, classes: planning, fields: {class: GH}}}", "0702 1004", ""},
		{"as survey codes", "layers: {land_use: {classes: survey, fields: {class: GH}}}", "0703 1207", ""},
		{"a column that is not there", "layers: {地类图斑: {fields: {class: GX}}}", "", "GX"},
		{"a layer that is not there", "layers: {生态保护红线: {fields: {id: X}}}", "", "STBHHX"},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := writeLayers(t, tableOf("地类图斑", "BSM GH", rowOf(square(0, 0, 100), "1", "0703"), rowOf(square(200, 0, 100), "2", "1207")))
			if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(x.said), 0o600); err != nil {
				t.Fatal(err)
			}
			b, err := OpenBase(t.Context(), []string{dir}, BaseOptions{})
			if x.wrong != "" {
				if _, ok := geo.AsInputError(err); !ok || !strings.Contains(err.Error(), x.wrong) {
					t.Fatalf("%v, want %s", err, x.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			near, err := b.Near(t.Context(), domain.LandUse, zone37, nil)
			if err != nil || len(near) != 2 {
				t.Fatal(near, err)
			}
			if got := near[0].Traits.Class + " " + near[1].Traits.Class; got != x.classes {
				t.Errorf("classes %s, want %s", got, x.classes)
			}
		})
	}
}
