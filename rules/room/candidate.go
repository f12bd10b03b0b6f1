package room

import (
	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Candidate is one piece of land that could leave PBF or enter it: of one base
// parcel and one township, in one piece, what may not be moved cut away.
type Candidate struct {
	Rank     int    // from 1, the best first
	ID       string // the parcel's, with -1, -2 … where several candidates have it
	Parcel   Parcel
	Township string // 9 digits
	Village  string // 12 digits, "" unknown

	Geometry orb.Polygon // in Room.CRS, on the grid of 0.1 mm
	Area     float64     // gross, ellipsoidal, m²
	Net      float64     // as PBF: what a plan would count, m²

	Class      string // DLBM
	Slope      int    // class 1 to 5, 0 unknown
	Grade      int    // 1 (best) to 15, 0 unknown
	Refinement string // TBXHDM

	// Patch is the patch of PBF that a scattered candidate is part of.
	Patch Patch

	Reasons   []Reason
	Unchecked []Check // what it was not held against
}

// Parcel is the base feature that a candidate is part of.
type Parcel struct {
	Role   domain.Role // pbf for land out, land_use for land in
	File   string
	Record int
	ID     string
}

// Patch is PBF that lies together: gaps up to PatchGap, not across a PatchBarriers
// class.
type Patch struct {
	Number int     // from 1; 0: the candidate is part of no small patch
	Area   float64 // gross, m²
}

// Kind is why land is a candidate, or what it was found to keep.
type Kind string

// The reasons for land to go out, in the order in which candidates are ranked.
const (
	Scattered Kind = "scattered"       // in a patch of 20 mu at most
	Steep     Kind = "steep"           // slope class 4 or 5, over 15°
	RiverBed  Kind = "river_bed"       // HDGD, HQGD, or within the water management area
	Window    Kind = "red_line_window" // in a hole of the red line
)

// The reasons for land to come in: the first three rank it, the others are what it
// has to keep.
const (
	InReserve      Kind = "pbf_reserve"
	TouchesPBF     Kind = "touches_pbf"
	GoodGrade      Kind = "grade"
	NotPBF         Kind = "cropland_not_pbf"
	Stable         Kind = "stable"
	OutsideRedLine Kind = "outside_red_line"
	OutsideUrban   Kind = "outside_urban"
)

// Kinds are all kinds of reasons.
func Kinds() []Kind {
	return []Kind{Scattered, Steep, RiverBed, Window, InReserve, TouchesPBF, GoodGrade, NotPBF, Stable, OutsideRedLine, OutsideUrban}
}

// Reason is one reason with its figure.
type Reason struct {
	Kind  Kind
	Area  float64 // of the candidate that it holds for, m²
	Value float64 // the figure in Unit; 0 with Unit "" for none
	Unit  string  // mu, slope_class, grade, parcels
	Limit float64 // that Value keeps, in Unit; 0 for none
	Refs  []string
	Text  geo.Text
}

// has finds a reason.
func (c *Candidate) has(kind Kind) (Reason, bool) {
	for _, r := range c.Reasons {
		if r.Kind == kind {
			return r, true
		}
	}
	return Reason{}, false
}
