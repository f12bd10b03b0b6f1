package domain

import (
	"slices"

	"landcheck/geo"
)

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

// Roles of plan layers that hold two kinds of change, told apart by a field of
// each feature (HRHCLXDM, TZLX). They name layers; a feature never has one.
const (
	PBFChange   Role = "pbf_change"
	PBFAdjusted Role = "pbf_adjustment" // the national pilot's, which says the class after too
	UrbanChange Role = "urban_boundary_change"
	RedChange   Role = "red_line_change"
)

// LandUseAfter is the role of the national pilot's layer of the whole land use of
// the project area after the plan. What it changes is its difference from the
// base's land use; those changes are of LandUseChange.
const LandUseAfter Role = "land_use_after"

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

// Layer is a role with all that is known of its layers.
type Layer struct {
	Role  Role
	Title geo.Text
	Holds geo.Text // what its polygons are, one line

	// Names are the layer names that stand for the role, as the data standards
	// and the bureaus write them, the commonest first. Case, leading digits and
	// the marks of a copy do not matter.
	Names  []string
	Fields []FieldInfo

	Base   bool // of the base data, not of a plan
	Core   bool // of the base data, and no verdict can do without it
	Change bool // its features change land
	Flag   bool // of the base data: land lies in it or does not, and the ledger has a flag of the role's name
}

// Layers are the roles of plan layers, then those of base layers, core ones
// first, in the order in which reports and messages list them.
// The lists in them are shared and not to be changed.
func Layers() []Layer { return slices.Clone(table) }

var table = append(planLayers(), baseLayers()...)

var layers = func() map[Role]Layer {
	all := map[Role]Layer{}
	for _, l := range table {
		all[l.Role] = l
	}
	return all
}()

// LayerOf is all that is known of a role's layers; false for a role that there
// is not. The lists in it are shared and not to be changed.
func LayerOf(r Role) (Layer, bool) {
	l, ok := layers[r]
	return l, ok
}

// Title names the role for a person, without the layer's code.
func (r Role) Title() geo.Text {
	if l, ok := layers[r]; ok {
		return l.Title
	}
	return geo.Text{ZH: string(r), EN: string(r)}
}

// TitleWithName is the title with the layer name that the standards give:
// 地类图斑（DLTB）.
func (r Role) TitleWithName() geo.Text {
	l := layers[r]
	if len(l.Names) == 0 {
		return r.Title()
	}
	return geo.Text{ZH: l.Title.ZH + "（" + l.Names[0] + "）", EN: l.Title.EN + " (" + l.Names[0] + ")"}
}

// Names lists the layer names that the role accepts. Not to be changed.
func (r Role) Names() []string { return layers[r].Names }

// Core reports whether a base role is one that a verdict cannot do without.
func (r Role) Core() bool { return layers[r].Core }

// PlanRoles are the roles that a layer of a plan package may have.
func PlanRoles() []Role { return rolesWhere(func(l Layer) bool { return !l.Base }) }

// BaseRoles are the roles of base layers, core ones first.
func BaseRoles() []Role { return rolesWhere(func(l Layer) bool { return l.Base }) }

// CoreRoles are the base roles without which the verdict is incomplete.
func CoreRoles() []Role { return rolesWhere(func(l Layer) bool { return l.Base && l.Core }) }

// FlagRoles are the base roles that land lies in or does not, each a flag of the
// ledger.
func FlagRoles() []Role { return rolesWhere(func(l Layer) bool { return l.Flag }) }

// ChangeRoles are the roles whose features change land, in the order in which
// reports list them.
func ChangeRoles() []Role { return rolesWhere(func(l Layer) bool { return l.Change }) }

func rolesWhere(holds func(Layer) bool) []Role {
	var roles []Role
	for _, l := range table {
		if holds(l) {
			roles = append(roles, l.Role)
		}
	}
	return roles
}
