package ledger

import (
	"landcheck/geo"
	"landcheck/rules/domain"
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
	Role         domain.Role
	Keeps, Loses plan.Feature
	Area         float64
	Geometry     orb.MultiPolygon
}

// BaseIssue is something wrong with base data that changed land lies on or
// beside. It is never the plan's: rules do not fail by it.
type BaseIssue struct {
	plan.Issue                // Check is "base-data"; Role, File, Record of the first feature, Record 0 for a layer
	With       []plan.Feature // the others that it is about, without their shapes
	Records    int            // how many records it is about
	Area       float64        // changed land that it puts in doubt, m²
	Geometry   orb.MultiPolygon
}

// Strip is a piece of land with its average width 2A/P in metres, m².
type Strip struct {
	Area, Width float64
	Sliver      bool
	Geometry    orb.Polygon
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
	Doubts       []plan.Doubt // the first few of them
	// Decreed: base.yaml states Area (designated:); Summed is what the layer adds up to.
	Decreed bool
	Summed  float64
}

// Claim is a trait that a change states of land that the base knows otherwise.
type Claim struct {
	Change   *plan.Change
	Face     int          // index in Faces
	Field    domain.Field // Ridge, Refinement, Grade, Slope
	From, To string       // as the base and as the change have it
	Taken    bool         // counted; else 未采用
}

// Ledger 台账 is the plan cut into faces, and the totals that faces do not give.
type Ledger struct {
	Plan             *plan.Plan
	Alone            domain.Role // of the one layer that was read by itself (OfLayer), which has no faces; "" for a plan
	Faces            []Face
	Changed          float64                        // area of changed land, m²
	Present          map[domain.Role]bool           // base layers that were there
	Absent           map[domain.Role]bool           // what base.yaml says the county does not have: rules that need it are not applicable
	Unsure           map[domain.Role][]string       // base layers that were not read though their names come near the role's: rules that need it are not checked
	Lacks            map[domain.Role][]domain.Field // what parcel layers that are there have no column for
	Designated       map[string]Designation         // by township code
	ProjectPBF       float64                        // net PBF in the project area before, m²
	ProjectArea      float64                        // m²
	ProjectCropland  float64                        // net cropland in the project area before, m²
	UrbanArea        float64                        // of the whole urban boundary, m²; measured only for a plan that changes it
	LandUse          []ClassArea                    // by code
	Townships        map[string]string              // code → name, of all townships
	Villages         map[string]string              // code → name, of villages met
	ProjectTownships []Unit                         // that the project area meets beyond slivers
	ProjectVillages  []Unit
	// Outside is the project area outside the plan's county, m²: outside the
	// union of its townships with holes filled. It sums those of OutsidePieces
	// that are no slivers.
	Outside float64
	// Unseen is what of Outside no other county's townships cover either: no base
	// data tell of that land, m².
	Unseen        float64
	OutsidePieces []Strip
	After         *AfterState  // of a plan that states the whole land use after it; nil for others
	Overlaps      []Overlap    // within layers of the plan
	Claims        []Claim      // by face, then field
	Issues        []plan.Issue // of the plan
	// BaseIssues are what is wrong with base data under changed land or beside
	// it (rule base-data); Doubted is the changed land that they put in doubt, m².
	BaseIssues []BaseIssue
	Doubted    float64
	// Bare lists, for land_use and townships, the faces that neither covers and
	// that are the plan's to answer for (rule data-cover): not in a hole of the
	// layer, in a gap of it, or within a metre of its edge.
	Bare     map[domain.Role][]int
	Notices  []geo.Notice // of the plan, then of the base data
	Blocks   *Blocks      // nil unless asked for
	Features []Measured   // every change feature, in plan order
	CRS      geo.CRS
	Sliver   SliverLimits
}

// SliverLimits says what is a sliver (rulebook parameters).
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
