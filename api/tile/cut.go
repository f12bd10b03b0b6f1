package tile

import (
	"landcheck/geo"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// cutter makes pieces of features for one tile. It belongs to one goroutine.
type cutter struct {
	lattice
	box    orb.Bound // of the tile with its margin, in units
	kernel *geo.Kernel
	edges  []edge // reused from figure to figure, as is what follows
	order  []int64
	live   []int32
}

func newCutter(g Grid, a Address) *cutter {
	return &cutter{lattice: g.lattice(a), kernel: geo.NewKernel(),
		box: orb.Bound{Min: orb.Point{-margin, -margin}, Max: orb.Point{Extent + margin, Extent + margin}}}
}

// piece is what of a figure a tile shows, in whole units; nil for nothing.
// Outer rings run clockwise on the screen, holes the other way (MVT 4.3.3.3).
// Beside it is the same before rounding, bridges and all.
func (c *cutter) piece(mp orb.MultiPolygon) (shape, inside orb.MultiPolygon, err error) {
	for _, p := range c.units(mp) {
		if len(p) == 0 {
			continue
		}
		switch b := geo.Bound(orb.MultiPolygon{p}); {
		case !b.Intersects(c.box):
			continue
		case c.box.Contains(b.Min) && c.box.Contains(b.Max):
		default:
			p = clip.Polygon(c.box, p)
		}
		if len(p) > 0 {
			inside = append(inside, p)
		}
	}
	out := c.snapped(inside)
	if !c.plain(out) {
		if out, err = c.exact(inside); err != nil {
			return nil, nil, err
		}
	}
	return wind(out), inside, nil
}

// snapped puts each ring on the lattice by itself.
func (c *cutter) snapped(mp orb.MultiPolygon) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, p := range mp {
		var q orb.Polygon
		for i, r := range p {
			s := c.snap(r)
			if s == nil && i == 0 {
				break
			}
			if s != nil {
				q = append(q, s)
			}
		}
		if q != nil {
			out = append(out, q)
		}
	}
	return out
}

// exact puts a figure on the lattice as a whole: clipping ring by ring leaves
// bridges along the edge of the box, and rounding may push a vertex across
// another edge. GEOS undoes the first and avoids the second.
func (c *cutter) exact(mp orb.MultiPolygon) (orb.MultiPolygon, error) {
	valid, err := c.kernel.Repair(mp)
	if err != nil {
		return nil, err
	}
	return c.kernel.Union([]orb.MultiPolygon{valid}, c.step)
}

// wind turns rings the way tiles have them.
func wind(mp orb.MultiPolygon) orb.MultiPolygon {
	for _, p := range mp {
		for i, r := range p {
			if (area2(r) > 0) != (i == 0) {
				r.Reverse()
			}
		}
	}
	return mp
}
