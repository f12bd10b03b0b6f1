package ledger

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// withoutRedrawn leaves out what differs only because outlines were drawn anew
// (README.md, The land use after the plan): slivers of one class before and one
// after that lie along base land of the class after, as they do where a border
// was drawn again; and slivers wherever they lie, below the ceiling.
func (c *comparison) withoutRedrawn(ctx context.Context, found []difference) ([]difference, error) {
	var rest []difference
	moved := c.movedBorders(ctx, found)
	for i := range found {
		if !moved[i] {
			rest = append(rest, found[i])
		}
	}
	shapes := make([]Shape, len(rest))
	all := make([]int, len(rest))
	whole := 0.0
	for i := range rest {
		shapes[i], all[i] = rest[i].Shape, i
		whole += rest[i].Area
	}
	slivers, pieces := NewComponents(ending(ctx), shapes, c.ledger.Sliver).Slivers(all)
	if err := stopped(ctx); err != nil {
		return nil, err
	}
	left := 0.0
	for _, i := range slivers {
		left += rest[i].Area
	}
	if left > max(ceilingArea, ceilingShare*(whole-left)) {
		return rest, nil
	}
	c.state.Redrawn.Pieces += pieces
	c.state.Redrawn.Area += left
	var kept []difference
	for i := range rest {
		if _, out := slices.BinarySearch(slivers, i); !out {
			kept = append(kept, rest[i])
		}
	}
	return kept, nil
}

// movedBorders tells which of the differences are borders of the base that were
// drawn again, and counts them.
func (c *comparison) movedBorders(ctx context.Context, found []difference) map[int]bool {
	type pair struct{ from, to string }
	shapes, of := make([]Shape, len(found)), map[pair][]int{}
	for i := range found {
		d := &found[i]
		shapes[i] = d.Shape
		key := pair{d.class, c.classAfter(d)}
		of[key] = append(of[key], i)
	}
	components := NewComponents(ending(ctx), shapes, c.ledger.Sliver)
	moved := map[int]bool{}
	for _, key := range slices.SortedFunc(maps.Keys(of), func(a, b pair) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }) {
		slivers, _ := components.Slivers(of[key])
		var along []int
		for _, i := range slivers {
			if c.alongItsClass(ctx, &found[i]) {
				along = append(along, i)
			}
		}
		_, pieces := components.Slivers(along)
		c.state.Redrawn.Pieces += pieces
		for _, i := range along {
			moved[i] = true
			c.state.Redrawn.Area += found[i].Area
		}
	}
	return moved
}

func (c *comparison) classAfter(d *difference) string {
	return domain.ClassCode(c.ledger.Plan.After[d.after].Traits.Class)
}

// alongItsClass tells whether a piece lies along base land of the class after: by
// the length that they share it is no deeper than twice a sliver's width, which a
// border drawn again may be off here and there. A tooth that only begins at such a
// border is none of it, and a comb of them could be any land.
func (c *comparison) alongItsClass(ctx context.Context, d *difference) bool {
	to, looks := c.classAfter(d), looksAt(ending(ctx))
	near := d.Polygon.Bound().Pad(touching)
	var land []*indexedShape
	for _, j := range d.near {
		if p := &c.base[j]; domain.ClassCode(p.Traits.Class) == to && near.Intersects(p.Geometry.Bound()) {
			land = append(land, indexShape(p.Geometry))
		}
	}
	shared := 0.0
	for e := range edges(orb.MultiPolygon{d.Polygon}) {
		if looks.ended() {
			return false
		}
		shared += along(e, land)
	}
	return d.Area <= 2*c.ledger.Sliver.Width*shared
}
