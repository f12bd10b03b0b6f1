package room

import (
	"math/big"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/rulebook"
)

// Request is what is asked.
type Request struct {
	Base *plan.Base
	// Book has the limit on what leaves a township, and says what a sliver is.
	Book *rulebook.Rulebook
	// Prior is what earlier projects of the county moved, PriorFile where it stands.
	Prior     []plan.Prior
	PriorFile string
	// Codes are the townships, or counties, to be told of, by the beginnings of
	// their codes; none is all.
	Codes []string
	// Area bounds the candidates, in CRS; without features they may lie anywhere.
	Area     []plan.Feature
	AreaCRS  geo.CRS
	Jobs     int                   // processors to use, 0 for all
	Progress func(done, total int) // parcels cut so far; any goroutine, any order; may be nil
}

// Room is what a county has left, and the land for it.
type Room struct {
	Source    string // of the base data: files, postgis
	CRS       geo.CRS
	Limit     *big.Rat   // the most of a township's designated PBF that may leave it; nil: the rulebook sets none
	Townships []Township // by code
	// Out and In are the candidates, the best first.
	Out, In []Candidate
	// LeftOut are pieces too small or too thin to be candidates.
	LeftOut      LeftOut
	Reservations []Reservation
	Notices      []geo.Notice
}

// LeftOut counts pieces, m².
type LeftOut struct {
	Pieces int
	Area   float64
}

// Reservation is something that the candidates were not held against.
type Reservation struct {
	Check   Check
	Role    domain.Role // the layer that is not there, or lacks a column
	Message geo.Text
}

// Check names what a candidate is held against.
type Check string

// The checks that base data may leave undone.
const (
	RedLine         Check = "red_line"
	UrbanBoundary   Check = "urban_boundary"
	WaterManagement Check = "water_management"
	PBFReserve      Check = "pbf_reserve"
	Slope           Check = "slope"
	Refinement      Check = "refinement"
	Grade           Check = "grade"
)

// Checks are all of them.
func Checks() []Check {
	return []Check{RedLine, UrbanBoundary, WaterManagement, PBFReserve, Slope, Refinement, Grade}
}
