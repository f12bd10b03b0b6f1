package ledger

import (
	"context"
	"landcheck/geo/overlay"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// changesOf makes a land-use change of what differs of each feature, by record.
// A feature of which a part changes states its areas for the whole of it: the
// change has its share of them.
func (c *comparison) changesOf(ctx context.Context, kept []difference) ([]plan.Change, error) {
	of := make([][]difference, len(c.ledger.Plan.After))
	for _, d := range kept {
		of[d.after] = append(of[d.after], d)
	}
	var changes []plan.Change
	for i, parts := range of {
		if len(parts) == 0 {
			continue
		}
		change := c.ledger.Plan.After[i]
		change.Role = domain.LandUseChange
		if len(parts) < c.cells[i] {
			if err := c.cutDown(ctx, &change, parts, c.areas[i]); err != nil {
				return nil, err
			}
		}
		changes = append(changes, change)
	}
	return changes, nil
}

// cutDown leaves of a change the parts that differ, of a feature of so many m².
func (c *comparison) cutDown(ctx context.Context, change *plan.Change, parts []difference, whole float64) (err error) {
	polygons, area := make([]orb.Polygon, len(parts)), 0.0
	for i, d := range parts {
		polygons[i] = d.Polygon
		area += d.Area
	}
	if change.Geometry, err = overlay.Dissolve(ctx, polygons); err != nil {
		return named(err, func(int) *plan.Feature { return &change.Feature })
	}
	if whole > 0 {
		change.Declared.Value *= area / whole
		change.Surveyed.Value *= area / whole
	}
	return nil
}

// findGaps finds the land of the project area of which the layer says nothing.
func (c *comparison) findGaps(ctx context.Context) error {
	p := c.ledger.Plan
	cells := make([][]overlay.Cell, len(c.project))
	err := c.shareCuts(ctx, len(c.project), c.vertices(), func(ar *overlay.Arranger, k int) (err error) {
		shapes := []*overlay.Shape{c.project[k]}
		var near []int
		c.index.Search(c.project[k].Bound(), func(j int) bool {
			near = append(near, j)
			return true
		})
		for _, j := range near {
			shapes = append(shapes, c.after[j])
		}
		cells[k], err = ar.CellsWithin(ctx, shapes, func(cover []int32) bool { return len(cover) == 1 && cover[0] == 0 })
		return named(err, func(input int) *plan.Feature {
			if input == 0 {
				return &p.Project[k]
			}
			return &p.After[near[input-1]].Feature
		})
	}, func(k int) *plan.Feature { return &p.Project[k] })
	if err != nil {
		return err
	}
	var shapes []Shape
	var all []int
	for _, cells := range cells {
		for _, cell := range cells {
			all = append(all, len(shapes))
			shapes = append(shapes, Shape{cell.Polygon, c.surveyor.Polygon(cell.Polygon)})
		}
	}
	slivers, pieces := NewComponents(ending(ctx), shapes, c.ledger.Sliver).Slivers(all)
	sliver := map[int]bool{}
	for _, i := range slivers {
		sliver[i] = true
		c.state.Gaps.Area += shapes[i].Area
	}
	c.state.Gaps.Pieces = pieces
	for i, s := range shapes {
		if !sliver[i] {
			_, width := c.ledger.Sliver.Is(s.Area, s.Polygon)
			c.state.Uncovered = append(c.state.Uncovered, Strip{Area: s.Area, Width: width, Geometry: s.Polygon})
		}
	}
	return stopped(ctx)
}
