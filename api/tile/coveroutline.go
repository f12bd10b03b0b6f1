package tile

import (
	"slices"

	"github.com/paulmach/orb"
)

// outlines are the cells that are taken, as polygons in the features' system:
// one for each group of cells that share sides, so that nothing is drawn between
// neighbours.
func (c *Cover) outlines(takes func(share uint8) bool) orb.MultiPolygon {
	group := c.groups(takes)
	rings := map[int32][]orb.Ring{} // of a group, its outer one first
	count := int32(0)
	next := map[[2]int][]step{} // from a corner
	at := func(x, y int) int32 {
		if x < 0 || y < 0 || x >= c.w || y >= c.h {
			return 0
		}
		return group[y*c.w+x]
	}
	for y := range c.h {
		for x := range c.w {
			g := at(x, y)
			if g == 0 {
				continue
			}
			count = max(count, g)
			// Clockwise with y down: the cell lies right of its sides.
			for _, s := range []struct{ nx, ny, fx, fy, tx, ty int }{{x, y - 1, x, y, x + 1, y}, {x + 1, y, x + 1, y, x + 1, y + 1}, {x, y + 1, x + 1, y + 1, x, y + 1}, {x - 1, y, x, y + 1, x, y}} {
				if at(s.nx, s.ny) != g {
					from := [2]int{s.fx, s.fy}
					next[from] = append(next[from], step{to: [2]int{s.tx, s.ty}, group: g})
				}
			}
		}
	}
	for y := range c.h + 1 {
		for x := range c.w + 1 {
			for len(next[[2]int{x, y}]) > 0 {
				g := next[[2]int{x, y}][0].group
				rings[g] = append(rings[g], c.walk(next, [2]int{x, y}))
			}
		}
	}
	var all orb.MultiPolygon
	for g := int32(1); g <= count; g++ { // a group's first corner is on its outer ring
		all = append(all, orb.Polygon(rings[g]))
	}
	return all
}

// step is a side of a cell, from a corner to the next.
type step struct {
	to    [2]int
	group int32
}

// walk follows sides from a corner until it is there again, and takes them away.
// Where two ways lead on it turns right: cells that only share a corner are two.
func (c *Cover) walk(next map[[2]int][]step, from [2]int) orb.Ring {
	var corners [][2]int
	at, came := from, [2]int{}
	group := next[from][0].group
	for len(corners) == 0 || at != from {
		ways := next[at]
		k := slices.IndexFunc(ways, func(s step) bool { return s.group == group })
		for i, s := range ways {
			way := [2]int{s.to[0] - at[0], s.to[1] - at[1]}
			if s.group == group && way == [2]int{-came[1], came[0]} { // right of where it came from, y down
				k = i
			}
		}
		way := [2]int{ways[k].to[0] - at[0], ways[k].to[1] - at[1]}
		if way != came {
			corners = append(corners, at)
		}
		to := ways[k].to
		if ways = slices.Delete(ways, k, k+1); len(ways) == 0 {
			delete(next, at)
		} else {
			next[at] = ways
		}
		at, came = to, way
	}
	side := c.side()
	ring := make(orb.Ring, 0, len(corners)+1)
	for _, p := range corners {
		ring = append(ring, c.grid.unplane(orb.Point{c.grid.Origin[0] + float64(c.x+p[0])*side, c.grid.Origin[1] - float64(c.y+p[1])*side}))
	}
	return append(ring, ring[0])
}

// groups numbers cells that are taken: those that share sides have one number, 0
// is of none.
func (c *Cover) groups(takes func(share uint8) bool) []int32 {
	group := make([]int32, c.w*c.h)
	var n int32
	var stack []int
	for i := range group {
		if group[i] != 0 || !takes(c.share[i]) {
			continue
		}
		n++
		group[i], stack = n, append(stack, i)
		for len(stack) > 0 {
			k := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := k%c.w, k/c.w
			for _, m := range [][2]int{{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}} {
				if m[0] < 0 || m[1] < 0 || m[0] >= c.w || m[1] >= c.h {
					continue
				}
				if j := m[1]*c.w + m[0]; group[j] == 0 && takes(c.share[j]) {
					group[j], stack = n, append(stack, j)
				}
			}
		}
	}
	return group
}
