package plan

import (
	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Around is the plan's box in degrees, a little wider than the plan: another
// county's land may lie right beside it. A plan without shapes has an empty one.
func (p *Plan) Around() (orb.Bound, error) {
	const beside = 100 // m
	box := geo.Bound(nil)
	for i := range p.Project {
		box = box.Union(geo.Bound(p.Project[i].Geometry))
	}
	for i := range p.Changes {
		box = box.Union(geo.Bound(p.Changes[i].Geometry))
	}
	if box.IsEmpty() {
		return box, nil
	}
	degrees, err := geo.NewTransform(p.CRS, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return box, err
	}
	return degrees.Bound(box.Pad(beside))
}
