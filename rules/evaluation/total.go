package evaluation

import (
	"maps"
	"slices"
	"strings"

	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"
)

// total is a denominator in m²; false when the figure is missing. all are the
// faces whose townships count for the pooled designated area.
func (c *ruleEvaluation) total(o rulebook.Over, s result.Scope, all []int) (float64, bool, error) {
	switch o.Name {
	case "designated":
		if s.Kind == "township" {
			d, ok := c.l.Designated[s.Code]
			return d.Area, ok, nil
		}
		var t total
		codes, by := c.byTownship(all)
		for _, code := range codes {
			if slivers, _ := c.slivers(by[code]); len(slivers) == len(by[code]) {
				continue // reached by slivers only
			}
			t.add(c.l.Designated[code].Area)
		}
		return t.sum(), true, nil
	case "project_pbf":
		return c.l.ProjectPBF, true, nil
	case "project_area":
		return c.l.ProjectArea, true, nil
	case "urban_area":
		return c.l.UrbanArea, true, nil
	case "project_cropland":
		return c.l.ProjectCropland, true, nil
	}
	if o.Sum == nil {
		x, ok := c.wholeArea(o.Name)
		return x, ok, nil
	}
	_, x, err := c.sum(*o.Sum)
	return x, true, err
}

// wholeArea is a total in m²; why it is not known has been noted where not ok.
func (c *ruleEvaluation) wholeArea(name string) (area float64, ok bool) {
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
		class, known := domain.Lookup(row.Code)
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
func (c *ruleEvaluation) gained(asked, project bool, net func(*ledger.State) float64) float64 {
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
func (c *ruleEvaluation) countyPBF(after bool) (float64, bool) {
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

func inGroup(class domain.Class, group string) bool {
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
