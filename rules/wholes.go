package rules

import (
	"maps"
	"slices"
	"strings"

	"landcheck/geo"
	"landcheck/rules/plan"

	"go.yaml.in/yaml/v3"
)

// A sum over faces counts changed land only. What a whole area holds has a
// name of its own:
//
//	project.G.before  project.G.after   of the project area
//	county.pbf.before county.pbf.after  designated in the county, and what the plan makes of it
//
// with G one of area, cropland, construction, grassland, forest, wetland,
// ecological, agricultural, unused and pbf. Cropland and PBF are net areas, the
// rest gross (spec of the ledger, 2.2). They stand in of and over of a ratio, in
// of of a balance, a surplus and a comparison of areas, and in show; in place of
// of they take no where.
const (
	projectPrefix = "project."
	countyPrefix  = "county."
)

// wholeGroups are what whole-area totals are of.
func wholeGroups() []string {
	return []string{"area", "cropland", "construction", "grassland", "forest", "wetland", "ecological", "agricultural", "unused", "pbf"}
}

// wholeNames are the totals that a book may name.
func wholeNames() []string {
	var out []string
	for _, g := range wholeGroups() {
		out = append(out, projectPrefix+g+".before", projectPrefix+g+".after")
	}
	return append(out, countyPrefix+"pbf.before", countyPrefix+"pbf.after")
}

// namesWhole reports a name that looks like a whole-area total.
func namesWhole(s string) bool {
	return (strings.HasPrefix(s, projectPrefix) || strings.HasPrefix(s, countyPrefix)) && !strings.ContainsAny(s, " ()+-*/")
}

// whole reads such a name; what is no total is refused with what is meant.
func (d decoder) whole(n *yaml.Node, name string) error {
	if slices.Contains(wholeNames(), name) {
		return nil
	}
	at := d.place(n)
	if group, when, ok := strings.Cut(strings.TrimPrefix(name, countyPrefix), "."); ok && strings.HasPrefix(name, countyPrefix) &&
		slices.Contains(wholeGroups(), group) && (when == "before" || when == "after") {
		return at.fault(geo.Textf("没有合计“%s”：检查只读变更地块附近和整治区域的地类图斑，不读全旗县", "there is no total %q: a check reads the land use of the project area and of changed land, not of the whole county", name),
			geo.Textf("可用 %[1]s，或 county.pbf.%[2]s", "Use %[1]s, or county.pbf.%[2]s.", projectPrefix+group+"."+when, when))
	}
	return at.unknown(geo.Text{ZH: "合计", EN: "total"}, name, wholeNames())
}

// wholeRoles are the base layers behind a total.
func wholeRoles(name string) map[plan.Role]bool {
	switch {
	case name == "":
		return nil
	case strings.Contains(name, ".pbf."):
		return map[plan.Role]bool{plan.PBF: true}
	case name == "project.area.before" || name == "project.area.after":
		return nil
	case namesWhole(name):
		return map[plan.Role]bool{plan.LandUse: true}
	}
	return nil
}

// wholeArea is a total in m²; why it is not known has been noted where not ok.
func (c *court) wholeArea(name string) (area float64, ok bool) {
	parts := strings.Split(name, ".")
	if len(parts) != 3 {
		return 0, false
	}
	after := parts[2] == "after"
	switch {
	case parts[0] == "county":
		return c.countyPBF(after)
	case parts[1] == "area":
		return c.l.ProjectArea, true
	case parts[1] == "pbf":
		return c.l.ProjectPBF + c.gained(after, true, "before.pbf_net", "after.pbf_net"), true
	case parts[1] == "cropland":
		return c.l.ProjectCropland + c.gained(after, true, "before.cropland_net", "after.cropland_net"), true
	}
	var sum total
	for _, row := range c.l.LandUse {
		class, known := plan.Lookup(row.Code)
		if !known || !inGroup(class, parts[1]) {
			continue
		}
		if after {
			sum.add(row.After)
		} else {
			sum.add(row.Before)
		}
	}
	return sum.sum(), true
}

// gained is what the plan adds to a net area, in the project area or in all.
func (c *court) gained(asked, project bool, before, after string) float64 {
	if !asked {
		return 0
	}
	was, is := quick(before), quick(after)
	var sum total
	for i := range c.l.Faces {
		if f := &c.l.Faces[i]; f.InProject || !project {
			sum.add(is(f) - was(f))
		}
	}
	return sum.sum()
}

// countyPBF is what is designated in the plan's county.
func (c *court) countyPBF(after bool) (float64, bool) {
	if c.l.Plan.County == "" {
		c.lack("", noCounty())
		return 0, false
	}
	var sum total
	for _, code := range slices.Sorted(maps.Keys(c.l.Designated)) {
		if strings.HasPrefix(code, c.l.Plan.County) {
			sum.add(c.l.Designated[code].Area)
		}
	}
	return sum.sum() + c.gained(after, false, "before.pbf_net", "after.pbf_net"), true
}

func inGroup(class plan.Class, group string) bool {
	switch group {
	case "construction":
		return class.Construction
	case "grassland":
		return class.Grassland
	case "forest":
		return class.Forest
	case "wetland":
		return class.Wetland
	case "ecological":
		return class.Ecological
	case "agricultural":
		return class.Agricultural
	}
	return class.Unused
}
