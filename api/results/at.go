package results

import (
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// PlanLand is a feature of a plan as people look it up: a change, or a piece of
// the project area. Geometry and Box are in degrees, Area is ellipsoidal m².
type PlanLand struct {
	Role   domain.Role
	Change *plan.Change // nil of the project area
	ID     string
	Record int
	Edge   bool // the point that was asked for lies on its outline
	Area   float64
	Shape  orb.MultiPolygon
	Box    orb.Bound
}

// Spot is what came of a check at one point.
type Spot struct {
	Land     []PlanLand // of the project area first
	Faces    []Face
	Findings []Found // worst first, in brief
}

// At is what a plan does at a point in degrees, and what was found there. Shapes
// are asked in the plan's own system: nothing is simplified.
func (r Reader) At(p orb.Point) (*Spot, error) {
	l, err := r.Ledger()
	if err != nil {
		return nil, err
	}
	found, err := r.Found()
	if err != nil {
		return nil, err
	}
	s := &Spot{}
	own, err := pointIn(l.Plan.CRS, p)
	if err != nil {
		return nil, err
	}
	if s.Land, err = landOf(l.Plan, func(_ domain.Role, f *plan.Feature) (edge, ok bool) { return on(own, f.Geometry) }); err != nil {
		return nil, err
	}
	if s.Faces, err = facesAt(l, p); err != nil {
		return nil, err
	}
	for i := range found {
		g := found[i].Geometry
		if g == nil || len(found[i].BBox) == 4 && !boxOf(found[i].BBox).Contains(p) {
			continue
		}
		if _, ok := on(p, g.Polygons); ok {
			s.Findings = append(s.Findings, found[i].Brief())
		}
	}
	return s, nil
}

// Named are the features of a plan that have a role and an id.
func (r Reader) Named(role domain.Role, id string) ([]PlanLand, error) {
	l, err := r.Ledger()
	if err != nil {
		return nil, err
	}
	return landOf(l.Plan, func(own domain.Role, f *plan.Feature) (edge, ok bool) { return false, own == role && f.ID == id })
}

func pointIn(system geo.CRS, p orb.Point) (orb.Point, error) {
	way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, system)
	if err != nil {
		return p, err
	}
	return way.Point(p)
}

// on tells whether a point lies in a shape, and whether on its outline.
func on(p orb.Point, mp orb.MultiPolygon) (edge, ok bool) {
	if !geo.Bound(mp).Contains(p) {
		return false, false
	}
	side := geo.Locate(p, mp)
	return side == geo.OnBoundary, side != geo.Outside
}

func boxOf(b []float64) orb.Bound {
	const beside = 2e-9 // degrees: boxes are rounded
	return orb.Bound{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}.Pad(beside)
}

// landOf are the features of a plan that are wanted.
func landOf(p *plan.Plan, wanted func(role domain.Role, f *plan.Feature) (edge, ok bool)) ([]PlanLand, error) {
	degrees, err := geo.NewTransform(p.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return nil, err
	}
	var all []PlanLand
	add := func(role domain.Role, f *plan.Feature, c *plan.Change) error {
		edge, ok := wanted(role, f)
		if !ok {
			return nil
		}
		surveyor, err := geo.NewSurveyor(p.CRS, geo.Bound(f.Geometry).Center())
		if err != nil {
			return err
		}
		shape, err := degrees.MultiPolygon(f.Geometry)
		if err != nil {
			return err
		}
		all = append(all, PlanLand{Role: role, Change: c, ID: f.ID, Record: f.Record, Edge: edge, Area: surveyor.MultiPolygon(f.Geometry), Shape: shape, Box: geo.Bound(shape)})
		return nil
	}
	for i := range p.Project {
		if err := add(domain.ProjectArea, &p.Project[i], nil); err != nil {
			return nil, err
		}
	}
	for i := range p.Changes {
		c := &p.Changes[i]
		if err := add(c.Role, &c.Feature, c); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func facesAt(l *ledger.Ledger, p orb.Point) ([]Face, error) {
	own, err := pointIn(l.CRS, p)
	if err != nil {
		return nil, err
	}
	degrees, err := geo.NewTransform(l.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return nil, err
	}
	var all []Face
	for i := range l.Faces {
		if _, ok := on(own, orb.MultiPolygon{l.Faces[i].Geometry}); !ok {
			continue
		}
		mp, err := degrees.MultiPolygon(orb.MultiPolygon{l.Faces[i].Geometry})
		if err != nil {
			return nil, err
		}
		all = append(all, viewFace(&l.Faces[i], mp[0]))
	}
	return all, nil
}
