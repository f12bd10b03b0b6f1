package ledger

import (
	"slices"

	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// State is what a face is, before or after the plan. The expr tags are the
// names that rulebooks use.
type State struct {
	Class           string  `expr:"class"` // DLBM, "" unknown
	Known           bool    `expr:"known"` // the class is in the classification
	Cropland        bool    `expr:"cropland"`
	Construction    bool    `expr:"construction"`
	Forest          bool    `expr:"forest"`
	Grassland       bool    `expr:"grassland"`
	Wetland         bool    `expr:"wetland"`
	Ecological      bool    `expr:"ecological"`
	Agricultural    bool    `expr:"agricultural"`
	Unused          bool    `expr:"unused"`
	Slope           int     `expr:"slope"`      // 1..5, 0 unknown
	Grade           int     `expr:"grade"`      // 1..15, 0 unknown
	Refinement      string  `expr:"refinement"` // TBXHDM
	Unstable        bool    `expr:"unstable"`   // refinement code is one of the six of 不稳定利用耕地
	PBF             bool    `expr:"pbf"`
	RedLine         bool    `expr:"red_line"`
	Urban           bool    `expr:"urban"`
	UrbanEnclosed   bool    `expr:"urban_enclosed"`  // in the urban boundary or one of its holes; before only
	RedLineWindow   bool    `expr:"red_line_window"` // in a hole of the red line; before only
	BasicGrassland  bool    `expr:"basic_grassland"`
	Heritage        bool    `expr:"heritage"`
	Shelterbelt     bool    `expr:"shelterbelt"`
	Reserve         bool    `expr:"pbf_reserve"`
	WaterManagement bool    `expr:"water_management"`
	PBFNet          float64 `expr:"pbf_net"`      // net area as PBF, m²; 0 when not PBF
	CroplandNet     float64 `expr:"cropland_net"` // net area as cropland, m²; 0 when not cropland
}

// flags are the base layers that land lies in or does not (domain.FlagRoles). A
// new one is its field in State and its row here.
var flags = []Flag{
	{domain.BasicGrassland, func(s *State) *bool { return &s.BasicGrassland }},
	{domain.Heritage, func(s *State) *bool { return &s.Heritage }},
	{domain.Shelterbelt, func(s *State) *bool { return &s.Shelterbelt }},
	{domain.PBFReserve, func(s *State) *bool { return &s.Reserve }},
	{domain.WaterManagement, func(s *State) *bool { return &s.WaterManagement }},
}

// Ref names a feature that covers a face.
type Ref struct {
	Role domain.Role
	ID   string
}

// Face is a maximal piece of changed land of one before-state and one
// after-state (README.md, Faces). Areas in m², never rounded.
type Face struct {
	ID        int         `expr:"id"`    // 1-based, in report order
	Geometry  orb.Polygon `expr:"-"`     // working CRS, outer counter-clockwise
	Area      float64     `expr:"area"`  // gross, ellipsoidal
	Width     float64     `expr:"width"` // 2A/P, m
	Sliver    bool        `expr:"sliver"`
	Township  string      `expr:"township"` // 9 digits, "" outside every township
	Village   string      `expr:"village"`  // 12 digits
	County    string      `expr:"county"`   // 6 digits
	InProject bool        `expr:"in_project"`
	// SlopedBlock is the gross area of the block of sloped cropland, as it
	// stands before the plan, that the face is part of (BlockSpec.Sloped), m²;
	// 0 where it is no sloped cropland or blocks were not measured.
	SlopedBlock float64 `expr:"sloped_block"`
	Before      State   `expr:"before"`
	After       State   `expr:"after"`

	// The changes that cover the face; plan.NoChange where none does.
	Out   *plan.Change `expr:"pbf_out"`
	In    *plan.Change `expr:"pbf_in"`
	Use   *plan.Change `expr:"use"`
	Urban *plan.Change `expr:"urban_change"`
	Line  *plan.Change `expr:"red_line_change"`

	Refs []Ref `expr:"-"` // every plan and base feature that covers it, by role

	ridges ridges
}

// ridges are the coefficients KCXS of the base parcels under a face.
type ridges struct{ use, pbf plan.Number }

// Changes are the changes that cover the face, each once.
func (f *Face) Changes() []*plan.Change {
	var all []*plan.Change
	for _, c := range []*plan.Change{f.Out, f.In, f.Use, f.Urban, f.Line} {
		if c != nil && c.Exists && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}
