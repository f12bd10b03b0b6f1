package plan

import "landcheck/rules/domain"

// Role, Field and Stage are the domain's; here they have the names by which
// this package's callers know them.
type (
	Role  = domain.Role
	Field = domain.Field
	Stage = domain.Stage
	Class = domain.Class
)

// Roles of plan layers.
const (
	ProjectArea   = domain.ProjectArea
	PBFOut        = domain.PBFOut
	PBFIn         = domain.PBFIn
	LandUseChange = domain.LandUseChange
	UrbanAdded    = domain.UrbanAdded
	UrbanRemoved  = domain.UrbanRemoved
	RedAdded      = domain.RedAdded
	RedRemoved    = domain.RedRemoved
	PBFChange     = domain.PBFChange
	UrbanChange   = domain.UrbanChange
	RedChange     = domain.RedChange
)

// Roles of base layers.
const (
	Townships       = domain.Townships
	Villages        = domain.Villages
	LandUse         = domain.LandUse
	PBF             = domain.PBF
	RedLine         = domain.RedLine
	UrbanBoundary   = domain.UrbanBoundary
	BasicGrassland  = domain.BasicGrassland
	Heritage        = domain.Heritage
	Shelterbelt     = domain.Shelterbelt
	PBFReserve      = domain.PBFReserve
	WaterManagement = domain.WaterManagement
)

// The fields of plan and base layers.
const (
	ID           = domain.ID
	ClassField   = domain.ClassField
	ClassName    = domain.ClassName
	YearField    = domain.YearField
	DateField    = domain.DateField
	Area         = domain.Area
	SurveyedArea = domain.SurveyedArea
	SurveyMethod = domain.SurveyMethod
	SurveyDate   = domain.SurveyDate
	Grade        = domain.Grade
	Slope        = domain.Slope
	Ridge        = domain.Ridge
	Refinement   = domain.Refinement
	Purpose      = domain.Purpose
	SubProject   = domain.SubProject
	Kind         = domain.Kind
	UnitField    = domain.UnitField
	CodeField    = domain.CodeField
	NameField    = domain.NameField
	NetArea      = domain.NetArea
	GrossArea    = domain.GrossArea
)

// The stages, in the order in which a project passes them.
const (
	Proposal             = domain.Proposal
	Annual               = domain.Annual
	SubprojectAcceptance = domain.SubprojectAcceptance
	Acceptance           = domain.Acceptance
)

// ChangeRoles, BaseRoles and PlanRoles are the domain's.
func ChangeRoles() []Role { return domain.ChangeRoles() }
func BaseRoles() []Role   { return domain.BaseRoles() }
func PlanRoles() []Role   { return domain.PlanRoles() }

// Lookup, Classes and ClassCode are the domain's.
func Lookup(code string) (Class, bool) { return domain.Lookup(code) }
func Classes() []Class                 { return domain.Classes() }
func ClassCode(code string) string     { return domain.ClassCode(code) }
