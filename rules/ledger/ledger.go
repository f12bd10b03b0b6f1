package ledger

import (
	"landcheck/geo"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// Unit is an administrative unit.
type Unit struct {
	Code string
	Name string
}

// ClassArea is a row of the land-use structure table, gross m² in the project area.
type ClassArea struct {
	Code          string
	Before, After float64
}

// Overlap is land that two features of one layer both claim; the lower record
// number keeps it.
type Overlap struct {
	Role         plan.Role
	Keeps, Loses plan.Feature
	Area         float64
	Geometry     orb.MultiPolygon
}

// Measured is a plan feature with its areas, m².
type Measured struct {
	Change    *plan.Change
	Ellipsoid float64
	Planar    float64
	Perimeter float64 // on the plane, m
}

// Designation is the PBF of one township as designated (划定面积).
type Designation struct {
	Area     float64 // Σ YJJBNTMJ, else JBNTMJ, else computed net area, m²
	Features int
	Computed int // features without a declared area
	// Doubtful counts the features whose declared net area their gross cannot
	// bear, DoubtfulArea sums what they declare, m².
	Doubtful     int
	DoubtfulArea float64
	// Decreed: base.yaml states Area (designated:); Summed is what the layer adds up to.
	Decreed bool
	Summed  float64
}

// Claim is a trait that a change states of land that the base knows otherwise.
type Claim struct {
	Change   *plan.Change
	Face     int        // index in Faces
	Field    plan.Field // Ridge, Refinement, Grade, Slope
	From, To string     // as the base and as the change have it
	Taken    bool       // counted; else 未采用
}

// Ledger 台账 is the plan cut into faces, and the totals that faces do not give.
type Ledger struct {
	Plan             *plan.Plan
	Faces            []Face
	Changed          float64                    // area of changed land, m²
	Present          map[plan.Role]bool         // base layers that were there
	Lacks            map[plan.Role][]plan.Field // what parcel layers that are there have no column for
	Designated       map[string]Designation     // by township code
	ProjectPBF       float64                    // net PBF in the project area before, m²
	ProjectArea      float64                    // m²
	ProjectCropland  float64                    // net cropland in the project area before, m²
	UrbanArea        float64                    // of the whole urban boundary, m²; measured only for a plan that changes it
	LandUse          []ClassArea                // by code
	Townships        map[string]string          // code → name, of all townships
	Villages         map[string]string          // code → name, of villages met
	ProjectTownships []Unit                     // that the project area meets beyond slivers
	ProjectVillages  []Unit
	Outside          float64 // project area outside the plan's county, m²
	Overlaps         []Overlap
	Claims           []Claim      // by face, then field
	Flaws            []plan.Flaw  // of the plan, then of the base parcels under changed land
	Notices          []geo.Notice // of the plan, then of the base data
	Blocks           *Blocks      // nil unless asked for
	Features         []Measured   // every change feature, in plan order
	CRS              geo.CRS
	Sliver           SliverLimits
}

// SliverLimits says what is boundary noise (rulebook parameters).
type SliverLimits struct {
	Area  float64 // m²: smaller is a sliver
	Width float64 // m: thinner on average (2A/P) is a sliver
}

// Blocks is how contiguous the cropland of the project area is: the
// area-weighted mean block size Σa²/Σa in m², and the number of blocks.
type Blocks struct {
	Before, After                 float64
	CountBefore, CountAfter       int
	CroplandBefore, CroplandAfter float64 // gross, m²
}

// BlockSpec says what makes one block of cropland parcels: gaps up to Gap
// metres, unless a parcel of a barrier class lies across.
type BlockSpec struct {
	Gap      float64
	Barriers []string // class codes
	Sloped   int      // slope class from which cropland is sloped, 1 to 5; 0: do not measure its blocks
}
