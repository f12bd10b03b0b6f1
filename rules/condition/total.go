package condition

import (
	"strings"

	"landcheck/rules/domain"
)

// A sum over faces counts changed land only. What a whole area holds has a
// name of its own:
//
//	project.G.before  project.G.after   of the project area
//	county.pbf.before county.pbf.after  designated in the county, and what the plan makes of it
//
// with G one of area, cropland, construction, grassland, forest, wetland,
// ecological, agricultural, unused and pbf. Cropland and PBF are net areas, the
// rest gross (rules/ledger/README.md). They stand in of and over of a ratio, in
// of of a balance, a surplus and a comparison of areas, and in show; in place of
// of they take no where.
const (
	ProjectTotal = "project." // a total of the project area begins so
	CountyTotal  = "county."  // a total of the plan's county begins so
)

// TotalGroups are what whole-area totals are of.
func TotalGroups() []string {
	return []string{"area", "cropland", "construction", "grassland", "forest", "wetland", "ecological", "agricultural", "unused", "pbf"}
}

// TotalNames are the totals that a book may name.
func TotalNames() []string {
	var out []string
	for _, g := range TotalGroups() {
		out = append(out, ProjectTotal+g+".before", ProjectTotal+g+".after")
	}
	return append(out, CountyTotal+"pbf.before", CountyTotal+"pbf.after")
}

// IsTotal reports a name that looks like a whole-area total, whether there is such a one or not.
func IsTotal(s string) bool {
	return (strings.HasPrefix(s, ProjectTotal) || strings.HasPrefix(s, CountyTotal)) && !strings.ContainsAny(s, " ()+-*/")
}

// totalRoles are the base layers behind a total.
func totalRoles(name string) map[domain.Role]bool {
	switch {
	case name == "":
		return nil
	case strings.Contains(name, ".pbf."):
		return map[domain.Role]bool{domain.PBF: true}
	case name == "project.area.before" || name == "project.area.after":
		return nil
	case IsTotal(name):
		return map[domain.Role]bool{domain.LandUse: true}
	}
	return nil
}

// OfTotal is what the name of a total reads; of any other text, nothing.
func OfTotal(name string) Expression { return Expression{roles: totalRoles(name)} }
