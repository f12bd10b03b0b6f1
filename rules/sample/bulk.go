package sample

import (
	"context"
	"fmt"
)

// WriteBulk writes a package of about so many changes all over the county, for
// benchmarks: PBF out, PBF in and changes of land class in turn. It tells no
// story and its verdict means nothing.
func (c *County) WriteBulk(ctx context.Context, path string, changes int) error {
	d := newDraft(c, fmt.Sprintf("%s-2026-%d", countyCode, changes), fmt.Sprintf("%d 处变更", changes))
	d.project = c.shape(c.whole())
	var ordinary []int
	for k := range c.parcels {
		if c.parcels[k].lane == fields {
			ordinary = append(ordinary, k)
		}
	}
	for n := range changes {
		k := ordinary[n*len(ordinary)/changes]
		p := &c.parcels[k]
		switch {
		case d.taken[k]:
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
