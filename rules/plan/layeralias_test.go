package plan

import (
	"testing"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// aliased is a layer under a name that says nothing.
type aliased struct {
	geo.Layer
	alias string
}

func (a aliased) Alias() string { return a.alias }

// A layer and its fields are known by their own names, else by their aliases.
func TestNamesByAlias(t *testing.T) {
	l := geo.NewMemory(&geo.Table{Name: "fc1", Fields: []geo.Field{{Name: "F1", Alias: "DLBM"}, {Name: "F2", Alias: "BSM"}, {Name: "BSM"}}}, "x.gdb!fc1", "", nil)
	for alias, want := range map[string]domain.Role{"地类图斑": domain.LandUse, "fc1": "", "": ""} {
		if role := roleOfLayer(aliased{l, alias}, domain.BaseRoles()); role != want {
			t.Errorf("alias %q: role %q, want %q", alias, role, want)
		}
	}
	if role := roleOfLayer(l, domain.BaseRoles()); role != "" {
		t.Errorf("without an alias: role %q", role)
	}
	for name, want := range map[string]string{"dlbm": "F1", "BSM": "BSM", "F2": "F2", "x": "", "": ""} {
		if c, ok := findColumn(l, name); c.name != want || ok != (want != "") {
			t.Errorf("%q is the column %q", name, c.name)
		}
	}
}
