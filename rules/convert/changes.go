package convert

import (
	"context"
	"slices"

	"landcheck/geo"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// toChanges writes the national pilot's layers as changes.
func (c *converter) toChanges(ctx context.Context) error {
	changes := c.plan.Changes
	if c.ledger != nil {
		changes = c.ledger.Plan.Changes
		made, err := c.reclassified(ctx)
		if err != nil {
			return err
		}
		changes = slices.Concat(changes, made)
	}
	for _, l := range []struct {
		role  domain.Role
		dated string
		class bool
	}{{domain.PBFOut, "DCRQ", false}, {domain.PBFIn, "YSRQ", false}, {domain.LandUseChange, "YSRQ", true}} {
		columns := []column[*plan.Change]{identified(), declared("MJ")}
		if l.class {
			columns = append(columns,
				column[*plan.Change]{text("BGHDLBM", 5), func(c *plan.Change) string { return code(c.Traits) }},
				column[*plan.Change]{text("BGHDLMC", 60), func(c *plan.Change) string { return className(code(c.Traits)) }})
		}
		columns = slices.Concat(columns, stated(l.dated), traits())
		if rows := ofRole(changes, l.role); len(rows) > 0 {
			c.add(table(l.role.Names()[0], c.plan.CRS, columns, rows, drawn))
		}
	}
	return nil
}

func ofRole(changes []plan.Change, roles ...domain.Role) []*plan.Change {
	var rows []*plan.Change
	for i := range changes {
		if slices.Contains(roles, changes[i].Role) {
			rows = append(rows, &changes[i])
		}
	}
	return rows
}

// reclassified are the land-use changes that changes of PBF make by the class after
// that they state.
func (c *converter) reclassified(ctx context.Context) ([]plan.Change, error) {
	var order []*plan.Change
	parts := map[*plan.Change][]orb.Polygon{}
	areas := map[*plan.Change]float64{}
	for i := range c.ledger.Faces {
		f := &c.ledger.Faces[i]
		if !f.Use.Exists || !f.Use.Reclassifies {
			continue
		}
		if parts[f.Use] == nil {
			order = append(order, f.Use)
		}
		parts[f.Use] = append(parts[f.Use], f.Geometry)
		areas[f.Use] += f.Area
	}
	whole := map[*plan.Change]float64{}
	for _, m := range c.ledger.Features {
		whole[m.Change] = m.Ellipsoid
	}
	var made []plan.Change
	for _, from := range order {
		change := *from
		change.Role, change.Reclassifies = domain.LandUseChange, false
		var err error
		if change.Geometry, err = overlay.Dissolve(ctx, parts[from]); err != nil {
			return nil, err
		}
		if all := whole[from]; all > 0 {
			change.Declared.Value *= areas[from] / all
			change.Surveyed.Value *= areas[from] / all
		}
		made = append(made, change)
	}
	return made, nil
}

// boundaries writes the changes of the urban boundary and of the red line, which
// both forms have alike.
func (c *converter) boundaries() {
	for _, l := range []struct{ layer, added, removed domain.Role }{
		{domain.UrbanChange, domain.UrbanAdded, domain.UrbanRemoved},
		{domain.RedChange, domain.RedAdded, domain.RedRemoved},
	} {
		rows := ofRole(c.plan.Changes, l.added, l.removed)
		if len(rows) == 0 {
			continue
		}
		kind := column[*plan.Change]{text("TZLX", 1), func(c *plan.Change) string {
			if c.Role == l.added {
				return "1"
			}
			return "2"
		}}
		columns := slices.Concat([]column[*plan.Change]{identified(), kind, declared("MJ")}, stated("YSRQ"))
		c.add(table(l.layer.Names()[0], c.plan.CRS, columns, rows, func(c *plan.Change) geo.Feature { return drawn(c) }))
	}
}
