package plan

// Role is what a layer is for, whatever its file is called.
type Role string

// Roles of plan layers.
const (
	ProjectArea   Role = "project_area"
	PBFOut        Role = "pbf_out"
	PBFIn         Role = "pbf_in"
	LandUseChange Role = "land_use_change"
	UrbanAdded    Role = "urban_boundary_added"   // urban_boundary_change, TZLX 1
	UrbanRemoved  Role = "urban_boundary_removed" // urban_boundary_change, TZLX 2
	RedAdded      Role = "red_line_added"         // red_line_change, TZLX 1
	RedRemoved    Role = "red_line_removed"       // red_line_change, TZLX 2
)

// Roles of base layers.
const (
	Townships       Role = "townships"
	Villages        Role = "villages"
	LandUse         Role = "land_use"
	PBF             Role = "pbf"
	RedLine         Role = "red_line"
	UrbanBoundary   Role = "urban_boundary"
	BasicGrassland  Role = "basic_grassland"
	Heritage        Role = "heritage"
	Shelterbelt     Role = "shelterbelt"
	PBFReserve      Role = "pbf_reserve"
	WaterManagement Role = "water_management"
)

// ChangeRoles are the roles whose features change land, in the order in which
// reports list them.
func ChangeRoles() []Role {
	return []Role{PBFOut, PBFIn, LandUseChange, UrbanAdded, UrbanRemoved, RedAdded, RedRemoved}
}

// BaseRoles are the roles of base layers, core ones first.
func BaseRoles() []Role {
	return []Role{Townships, LandUse, PBF, RedLine, UrbanBoundary,
		Villages, BasicGrassland, Heritage, Shelterbelt, PBFReserve, WaterManagement}
}

// Core reports whether a base role is one that a verdict cannot do without.
func (r Role) Core() bool {
	switch r {
	case Townships, LandUse, PBF, RedLine, UrbanBoundary:
		return true
	}
	return false
}

// Roles of plan layers that hold two kinds of change, told apart by a field of
// each feature (HRHCLXDM, TZLX). They name layers; a feature never has one.
const (
	PBFChange   Role = "pbf_change"
	UrbanChange Role = "urban_boundary_change"
	RedChange   Role = "red_line_change"
)

// PlanRoles are the roles that a layer of a plan package may have.
func PlanRoles() []Role {
	return []Role{ProjectArea, PBFOut, PBFIn, PBFChange, LandUseChange,
		UrbanChange, UrbanAdded, UrbanRemoved, RedChange, RedAdded, RedRemoved}
}
