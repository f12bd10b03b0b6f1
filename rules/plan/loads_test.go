package plan

import (
	"os"
	"path/filepath"
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// TestOpenLoads: of each role the last load's layers serve, and what a load said of
// a role is void once another brings it.
func TestOpenLoads(t *testing.T) {
	layer := func(name, id string) *geo.Table {
		return tableOf(name, "BSM XZQDM ZLDWDM DLBM", rowOf(square(0, 0, 100), id, "150123101", "150123101001", "0103"))
	}
	said := func(dir, text string) string {
		if err := os.WriteFile(filepath.Join(dir, "base.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	first := said(writeLayers(t, layer("XZQ", "a"), layer("YJJBNTTB", "a")), "absent: [red_line, heritage]\ndesignated: {150123101: 500}\n")
	second := writeLayers(t, layer("STBHHX", "b"))
	third := said(writeLayers(t, layer("YJJBNTTB", "c")), "designated: {150123102: 700}\n")
	for _, c := range []struct {
		loads      [][]string
		pbf        string
		redLine    bool
		designated map[string]float64
	}{
		{[][]string{{first}}, "a", false, map[string]float64{"150123101": 500}},
		{[][]string{{first}, {second}}, "a", true, map[string]float64{"150123101": 500}},
		{[][]string{{first}, {second}, {third}}, "c", true, map[string]float64{"150123102": 700}},
	} {
		b, err := OpenLoads(t.Context(), c.loads, BaseOptions{})
		if err != nil {
			t.Fatal(err)
		}
		pbf, err := b.Near(t.Context(), domain.PBF, zone37, nil)
		if err != nil || len(pbf) != 1 || pbf[0].ID != c.pbf {
			t.Errorf("%d loads: %v, %v", len(c.loads), pbf, err)
		}
		m := b.Manifest()
		if m.Absent[domain.RedLine] == c.redLine || b.Has(domain.RedLine) != c.redLine || !m.Absent[domain.Heritage] || len(m.Designated) != len(c.designated) {
			t.Errorf("%d loads: %+v", len(c.loads), m)
		}
		for code, area := range c.designated {
			if m.Designated[code] != area {
				t.Errorf("%d loads: %v", len(c.loads), m.Designated)
			}
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := OpenLoads(t.Context(), [][]string{{first}, {filepath.Join(first, "nothing")}}, BaseOptions{}); err == nil {
		t.Error("a load that is not there opens")
	}
	a, err := OpenLoads(t.Context(), [][]string{{first}}, BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := OpenLoads(t.Context(), [][]string{{second}}, BaseOptions{})
	if err != nil {
		t.Fatal(err)
	}
	both, err := Join([]*Base{a, b})
	if err != nil || !both.Has(domain.RedLine) || !both.Has(domain.PBF) {
		t.Errorf("%v, %v", both.Present(), err)
	}
	if err := both.Close(); err != nil {
		t.Error(err)
	}
}
