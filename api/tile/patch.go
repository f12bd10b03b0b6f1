package tile

import (
	"cmp"
	"slices"
)

// patch is a polygon on the lattice: some of the rings.
type patch struct {
	box      box
	from, to int32
	root     int32 // of those that may meet, by their boxes: one of them, or the way there
	near     bool  // there is another
}

// easy takes away the polygons that need nothing: one ring that does not meet
// itself, away from all others. What is left is hard.
func (c *cutter) easy() (shape [][][]point) {
	c.mark()
	hard, patches := c.taken[:0], c.patches[:0]
	for _, p := range c.patches {
		if p.to > p.from+1 || p.near || !c.arranger.simple(c.rings[p.from]) {
			from := int32(len(hard))
			hard = append(hard, c.rings[p.from:p.to]...)
			patches = append(patches, patch{from: from, to: int32(len(hard)), root: p.root})
			continue
		}
		r := c.rings[p.from]
		if turn(r) < 0 { // rounding may turn a sliver over
			reverse(r)
		}
		shape = append(shape, [][]point{r})
	}
	c.rings, c.taken, c.patches = hard, c.rings, patches
	return shape
}

// mark finds the polygons that may meet others, and names those that may by one
// of them.
func (c *cutter) mark() {
	slices.SortFunc(c.patches, func(p, q patch) int {
		return cmp.Or(cmp.Compare(p.box.Min.X, q.box.Min.X), cmp.Compare(p.from, q.from))
	})
	for i := range c.patches {
		c.patches[i].root = int32(i)
	}
	for i := range c.patches {
		p := &c.patches[i]
		for j := i + 1; j < len(c.patches) && c.patches[j].box.Min.X <= p.box.Max.X; j++ {
			if q := &c.patches[j]; p.box.Min.Y <= q.box.Max.Y && q.box.Min.Y <= p.box.Max.Y {
				p.near, q.near = true, true
				c.patches[c.root(int32(j))].root = c.root(int32(i))
			}
		}
	}
	for i := range c.patches {
		c.patches[i].root = c.root(int32(i))
	}
	slices.SortFunc(c.patches, func(p, q patch) int {
		return cmp.Or(cmp.Compare(p.root, q.root), cmp.Compare(p.from, q.from))
	})
}

// root of those that a polygon may meet, by way of others; the way is halved.
func (c *cutter) root(i int32) int32 {
	for c.patches[i].root != i {
		c.patches[i].root = c.patches[c.patches[i].root].root
		i = c.patches[i].root
	}
	return i
}

// grouped makes valid polygons of the hard ones, each with those alone that it
// may meet. It gives up, with false, where too much meets in all of them.
func (c *cutter) grouped() (shape [][][]point, ok bool) {
	work := maxWork
	for from := 0; from < len(c.patches); {
		first := c.patches[from]
		c.group = c.group[:0]
		for ; from < len(c.patches) && c.patches[from].root == first.root; from++ {
			c.group = append(c.group, c.rings[c.patches[from].from:c.patches[from].to]...)
		}
		more, ok := c.arranger.polygons(c.group, &work)
		if !ok {
			return nil, false
		}
		shape = append(shape, more...)
	}
	return shape, true
}
