package rules

import (
	"maps"
	"slices"
	"strings"

	"landcheck/rules/ledger"
	"landcheck/rules/plan"
)

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
		return c.l.ProjectPBF + c.gained(after, true, pbfNet), true
	case parts[1] == "cropland":
		return c.l.ProjectCropland + c.gained(after, true, croplandNet), true
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

func pbfNet(s *ledger.State) float64 { return s.PBFNet }

func croplandNet(s *ledger.State) float64 { return s.CroplandNet }

// gained is what the plan adds to a net area, in the project area or in all.
func (c *court) gained(asked, project bool, net func(*ledger.State) float64) float64 {
	if !asked {
		return 0
	}
	var sum total
	for i := range c.l.Faces {
		if f := &c.l.Faces[i]; f.InProject || !project {
			sum.add(net(&f.After) - net(&f.Before))
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
	return sum.sum() + c.gained(after, false, pbfNet), true
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
