package ledger

import (
	"cmp"
	"maps"
	"slices"

	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// withoutRedrawn leaves out what differs only because outlines were drawn anew
// (README.md, The land use after the plan): slivers of one class before and one
// after that lie beside base land of the class after, as they do where a border
// was drawn again; and slivers whatever they lie beside, below the ceiling.
func (c *comparison) withoutRedrawn(found []difference) ([]difference, error) {
	var rest []difference
	moved := c.movedBorders(found)
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
	noise, pieces := NewComponents(c.stopped, shapes, c.ledger.Sliver).Noise(all)
	if err := c.stopped(); err != nil {
		return nil, err
	}
	left := 0.0
	for _, i := range noise {
		left += rest[i].Area
	}
	if left > max(ceilingArea, ceilingShare*(whole-left)) {
		return rest, nil
	}
	c.state.Redrawn.Pieces += pieces
	c.state.Redrawn.Area += left
	var kept []difference
	for i := range rest {
		if _, out := slices.BinarySearch(noise, i); !out {
			kept = append(kept, rest[i])
		}
	}
	return kept, nil
}

// movedBorders tells which of the differences are borders of the base that were
// drawn again, and counts them.
func (c *comparison) movedBorders(found []difference) map[int]bool {
	type pair struct{ from, to string }
	shapes, of := make([]Shape, len(found)), map[pair][]int{}
	for i := range found {
		d := &found[i]
		shapes[i] = d.Shape
		key := pair{d.class, c.classAfter(d)}
		of[key] = append(of[key], i)
	}
	components := NewComponents(c.stopped, shapes, c.ledger.Sliver)
	moved := map[int]bool{}
	for _, key := range slices.SortedFunc(maps.Keys(of), func(a, b pair) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) }) {
		noise, _ := components.Noise(of[key])
		var beside []int
		for _, i := range noise {
			if c.besideItsClass(&found[i]) {
				beside = append(beside, i)
			}
		}
		_, pieces := components.Noise(beside)
		c.state.Redrawn.Pieces += pieces
		for _, i := range beside {
			moved[i] = true
			c.state.Redrawn.Area += found[i].Area
		}
	}
	return moved
}

func (c *comparison) classAfter(d *difference) string {
	return domain.ClassCode(c.ledger.Plan.After[d.after].Traits.Class)
}

// besideItsClass tells whether base land of the class after touches a piece.
func (c *comparison) besideItsClass(d *difference) bool {
	to, own := c.classAfter(d), indexShape(orb.MultiPolygon{d.Polygon})
	near := own.box.Pad(touching)
	return slices.ContainsFunc(d.near, func(j int) bool {
		p := &c.base[j]
		if domain.ClassCode(p.Traits.Class) != to || !near.Intersects(p.Geometry.Bound()) {
			return false
		}
		touches := false
		bridges(own, indexShape(p.Geometry), touching, looksAt(c.stopped), func([2]orb.Point, float64) bool {
			touches = true
			return false
		})
		return touches
	})
}
