package basedata

import (
	"fmt"

	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// Box is where a layer lies on a grid; every tile asks for it.
func (o *Open) Box(role domain.Role, g tile.Grid, e plan.Extent) (orb.Bound, error) {
	if known, ok := o.boxes.Load(o.Key(role, g)); ok {
		return known.(orb.Bound), nil
	}
	box, err := BoxIn(g, e)
	if err == nil {
		o.boxes.Store(o.Key(role, g), box)
	}
	return box, err
}

// BoxIn is where a layer lies, in the system of a grid's features.
func BoxIn(g tile.Grid, e plan.Extent) (orb.Bound, error) {
	way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, g.System())
	if err != nil {
		return orb.Bound{}, err
	}
	return way.Bound(e.Bound)
}

// Key names a layer for a grid. Base data that is opened anew may have changed.
func (o *Open) Key(role domain.Role, g tile.Grid) string {
	return fmt.Sprintf("base %d %s %s", o.opened, role, g.Name)
}
