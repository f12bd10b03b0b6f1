package sample

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Bulk sizes a package for benchmarks.
type Bulk struct {
	Changes int // about so many
	// Project is about how many parcels the project area holds: half of them
	// round the county town, half along the red line. 0 is the whole county.
	Project int
}

// WriteBulk writes a package with changes all over its project area: PBF out,
// PBF in and changes of land class in turn. It has no description and its verdict
// means nothing.
func (c *County) WriteBulk(ctx context.Context, path string, b Bulk) error {
	d := newDraft(c, fmt.Sprintf("%s-2026-%d", c.code, b.Changes), fmt.Sprintf("%d 处变更", b.Changes))
	area := []rect{c.whole()}
	if b.Project > 0 {
		area = c.bulkArea(b.Project)
	}
	d.project = nil
	for _, r := range area {
		d.project = append(d.project, c.shape(r)...)
	}
	var ordinary []int
	for k := range c.parcels {
		p := &c.parcels[k]
		if p.corridor == fields && (area[0].holds(p.rect) || len(area) > 1 && area[1].holds(p.rect)) {
			ordinary = append(ordinary, k)
		}
	}
	for n := range b.Changes {
		k := ordinary[n*len(ordinary)/b.Changes]
		p := &c.parcels[k]
		switch {
		case d.taken[k]:
		case p.pbf && n%12 == 0:
			d.takeOut(k)
			d.turn(k, "0702", "NMZZ")
		case p.pbf && n%3 == 0:
			d.turn(k, "0201", "")
		case p.pbf:
			d.takeOut(k)
		case p.cropland():
			d.bringIn(k)
		case p.class == "0404":
			d.turn(k, "0102", "")
		default:
			d.turn(k, "0305", "")
		}
	}
	return c.writePlan(ctx, path, d)
}

// bulkArea is a square round the county town and one in the red line, apart
// from each other in every county that is large enough to measure.
func (c *County) bulkArea(parcels int) []rect {
	half := int(math.Sqrt(float64(parcels)*cellsPerParcel/2) / 2)
	square := func(at orb.Point) rect {
		i, j := c.cell(at)
		return rect{span{i - half, i + half}.clip(c.whole().x), span{j - half, j + half}.clip(c.whole().y)}
	}
	hills := orb.Point{c.urban.centre[0], c.origin[1] + 0.93*c.y.length()}
	return []rect{square(c.urban.centre), square(hills)}
}

// cell is the column and row of the mesh near a point.
func (c *County) cell(p orb.Point) (column, row int) {
	for column < len(c.x.lanes)-1 && c.origin[0]+c.x.at[column+1] < p[0] {
		column++
	}
	for row < len(c.y.lanes)-1 && c.origin[1]+c.y.at[row+1] < p[1] {
		row++
	}
	return column, row
}
