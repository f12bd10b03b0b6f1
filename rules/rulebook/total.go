package rulebook

import (
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/condition"

	"go.yaml.in/yaml/v4"
)

// whole reads such a name; what is no total is refused with what is meant.
func (d decoder) whole(n *yaml.Node, name string) error {
	if slices.Contains(condition.TotalNames(), name) {
		return nil
	}
	at := d.place(n)
	if group, when, ok := strings.Cut(strings.TrimPrefix(name, condition.CountyTotal), "."); ok && strings.HasPrefix(name, condition.CountyTotal) &&
		slices.Contains(condition.TotalGroups(), group) && (when == "before" || when == "after") {
		return at.fault(geo.Textf("没有合计“%s”：核查只读变更地块附近和整治区域的地类图斑，不读全旗县", "there is no total %q: a check reads the land use of the project area and of changed land, not of the whole county", name),
			geo.Textf("可用 %[1]s，或 county.pbf.%[2]s", "Use %[1]s, or county.pbf.%[2]s.", condition.ProjectTotal+group+"."+when, when))
	}
	return at.unknown(geo.Text{ZH: "合计", EN: "total"}, name, condition.TotalNames())
}
