package check

import (
	"fmt"
	"strings"
	"testing"

	"landcheck/rules/plan"
)

// TestCountPrior: each earlier project counts once by its code, as it is
// registered; the plan's own never does, and a second run changes nothing.
func TestCountPrior(t *testing.T) {
	moved := func(project string, out float64) plan.Prior {
		return plan.Prior{Project: project, Township: "150123101", PBFOut: out}
	}
	for _, c := range []struct {
		name         string
		plan, ledger []plan.Prior
		want, told   string
	}{
		{"the plan's alone", []plan.Prior{moved("X", 1)}, nil, "X=1", ""},
		{"the ledger's alone", nil, []plan.Prior{moved("Y", 2), moved("X", 1)}, "X=1* Y=2*", ""},
		{"both, of two projects", []plan.Prior{moved("X", 1)}, []plan.Prior{moved("Y", 2)}, "X=1 Y=2*", ""},
		{"both, the same", []plan.Prior{moved("X", 1)}, []plan.Prior{moved("X", 1)}, "X=1*", "counts once, as registered"},
		{"both, other figures", []plan.Prior{moved("X", 1)}, []plan.Prior{moved("X", 2)}, "X=2*", "2.00 m² taken out by the ledger, the 1.00 m² under prior"},
		{"an earlier version of its own", nil, []plan.Prior{moved("OWN", 5), moved("X", 1)}, "X=1*", ""},
		{"its own by itself", []plan.Prior{moved(" OWN", 5)}, nil, "", "the plan's own project"},
		{"without a code", []plan.Prior{moved("", 3)}, []plan.Prior{moved("X", 1)}, "=3 X=1*", ""},
	} {
		p := &plan.Plan{Code: "OWN", Prior: c.plan}
		var told []string
		for range 2 {
			for _, n := range countPrior(p, c.ledger) {
				told = append(told, n.Message.EN)
			}
			var got []string
			for _, r := range p.Prior {
				got = append(got, fmt.Sprintf("%s=%v%s", r.Project, r.PBFOut, map[bool]string{true: "*"}[r.Registered]))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, want %s", c.name, got, c.want)
			}
		}
		if len(told) > 1 || (len(told) == 1) != (c.told != "") || len(told) == 1 && !strings.Contains(told[0], c.told) {
			t.Errorf("%s: told %q", c.name, told)
		}
	}
}
