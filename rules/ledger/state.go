package ledger

import (
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// face gives a cell its states. See README.md, Faces.
func (c *cutter) face(polygon orb.Polygon, area float64, v covers) (Face, []Claim) {
	f := Face{
		Geometry: polygon, Area: area, InProject: v.project,
		Out: plan.NoChange, In: plan.NoChange, Use: plan.NoChange, Urban: plan.NoChange, Line: plan.NoChange,
	}
	f.Sliver, f.Width = c.ledger.Sliver.Is(area, polygon)
	ground := c.ground(&f, v)
	f.Before = before(area, ground, c.surveyor.MultiPolygon)
	f.ridges = ridges{use: traitsOf(ground.use).Ridge, pbf: traitsOf(ground.pbf).Ridge}
	c.enclose(&f)
	over := make([]*plan.Change, 0, len(v.changes))
	for _, k := range v.changes {
		change := &c.ledger.Plan.Changes[k]
		over = append(over, change)
		f.Refs = append(f.Refs, Ref{change.Role, change.ID})
	}
	for _, p := range v.parcels {
		if p != nil {
			f.Refs = append(f.Refs, Ref{p.Role, p.ID})
		}
	}
	return f, f.change(over, c.surveys)
}

// change gives the face the state that changes make of it, over its state
// before; surveys are those with a field survey of their own land.
func (f *Face) change(over []*plan.Change, surveys map[*plan.Change]bool) []Claim {
	after := &f.After
	*after = f.Before
	var removed struct{ urban, line *plan.Change } // taking away wins over adding
	for _, change := range over {
		switch change.Role {
		case domain.PBFOut:
			f.Out = change
		case domain.PBFIn:
			f.In = change
		case domain.LandUseChange:
			f.Use = change
		case domain.UrbanAdded:
			f.Urban, after.Urban = change, true
		case domain.UrbanRemoved:
			removed.urban = change
		case domain.RedAdded:
			f.Line, after.RedLine = change, true
		case domain.RedRemoved:
			removed.line = change
		}
	}
	after.PBF = f.Before.PBF && !f.Out.Exists || f.In.Exists
	if removed.urban != nil {
		f.Urban, after.Urban = removed.urban, false
	}
	if removed.line != nil {
		f.Line, after.RedLine = removed.line, false
	}
	f.reclassify()
	if f.Use.Exists {
		after.setClass(f.Use.Traits.Class)
	}
	return f.claims(surveys)
}

// reclassify has a change of PBF that says the class after change it, where no
// land-use change covers the face.
func (f *Face) reclassify() {
	for _, c := range []*plan.Change{f.In, f.Out} {
		if f.Use.Exists || !c.Reclassifies {
			continue
		}
		if domain.ClassCode(c.Traits.Class) != f.Before.Class {
			f.Use = c
		}
		return
	}
}

// ground is the base parcels under a face that give it its traits.
type ground struct {
	use, pbf *parcel // nil where none
	inside   map[domain.Role]bool
}

// ground reads the base parcels of a face and its administrative units.
func (c *cutter) ground(f *Face, v covers) ground {
	g := ground{inside: map[domain.Role]bool{}}
	for k, p := range v.parcels {
		if p == nil {
			continue
		}
		switch role := c.layers[k].role; role {
		case domain.Townships:
			f.Township, f.County = prefix(p.Code, 9), prefix(p.Code, 6)
		case domain.Villages:
			f.Village = prefix(p.Code, 12)
		case domain.LandUse:
			g.use = p
		case domain.PBF:
			g.pbf = p
		default:
			g.inside[role] = true
		}
	}
	for _, p := range []*parcel{g.use, g.pbf} {
		if p != nil && f.Township != "" && prefix(p.Unit, 9) == f.Township {
			p.home.Store(true)
		}
	}
	if f.Village == "" && g.use != nil {
		f.Village = prefix(g.use.Unit, 12)
	}
	return g
}

// prefix is the first n digits of a code, "" when it is shorter.
func prefix(code string, n int) string {
	if len(code) < n {
		return ""
	}
	return code[:n]
}

// before is the state as the base data has it. The land-use parcel gives the
// class; for land that is PBF the PBF feature's own traits come first.
func before(area float64, g ground, measure func(orb.MultiPolygon) float64) State {
	s := State{PBF: g.pbf != nil, RedLine: g.inside[domain.RedLine], Urban: g.inside[domain.UrbanBoundary]}
	for _, f := range flags {
		*f.In(&s) = g.inside[f.Role]
	}
	use, pbf := traitsOf(g.use), traitsOf(g.pbf)
	s.setClass(first(use.Class, pbf.Class))
	s.Slope = first(pbf.Slope, use.Slope)
	s.Grade = first(pbf.Grade, use.Grade)
	s.setRefinement(first(pbf.Refinement, use.Refinement))
	if s.Cropland {
		s.CroplandNet = area * (1 - use.Ridge.Value)
	}
	if g.pbf == nil {
		return s
	}
	s.PBFNet = area * (1 - first(pbf.Ridge, use.Ridge).Value)
	if g.pbf.Net.Known {
		// A declared area that the shape cannot have, being in another unit or
		// of another record, is no share of anything: see doubtfulNet.
		if whole := g.pbf.whole(measure); whole > 0 && plan.PlausibleNet(g.pbf.Net.Value, whole) {
			s.PBFNet = g.pbf.Net.Value * area / whole
		}
	}
	return s
}

func traitsOf(p *parcel) plan.Traits {
	if p == nil {
		return plan.Traits{}
	}
	return p.Traits
}

// first is the first value that is not the zero value.
func first[T comparable](values ...T) T {
	var zero T
	for _, v := range values {
		if v != zero {
			return v
		}
	}
	return zero
}

func (s *State) setRefinement(code string) {
	s.Refinement, s.Unstable = code, domain.Unstable(code)
}

// setClass sets the class and the groups that it belongs to. An unknown code
// belongs to none.
func (s *State) setClass(code string) {
	class, ok := domain.Lookup(code)
	s.Class, s.Known = domain.ClassCode(code), ok
	s.Cropland, s.Construction = class.Cropland, class.Construction
	s.Forest, s.Grassland, s.Wetland = class.Forest, class.Grassland, class.Wetland
	s.Ecological, s.Agricultural, s.Unused = class.Ecological, class.Agricultural, class.Unused
}
