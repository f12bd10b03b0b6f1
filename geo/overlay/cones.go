package overlay

import (
	"math"

	"landcheck/geo/portable"
)

// cone is the directions from a hub, a corner in which many shapes meet, in which
// a shape lies. Land is convex between two directions less than half a turn apart,
// so shapes of one hub whose cones are apart share no more than that corner.
type cone struct {
	hub          int32   // number of the place + 1; 0 where the shape lies in no cone
	middle, half float64 // radians: about which, and how far to either side
}

const (
	coneShapes = hubEdges
	coneSlack  = 1e-9 // more than rounding turns a direction, radians
)

// findCones finds the hub of each shape that has corners here, and its cone there.
func (c *Corners) findCones() {
	c.cones = make([]cone, len(c.ends))
	var g graph
	g.reserve(len(c.x))
	number := make([]int32, len(c.x))
	var meeting []int32 // place → corners
	for k := range c.x {
		v := g.vertexAt(point{int64(c.x[k]), int64(c.y[k])})
		if number[k] = v; int(v) == len(meeting) {
			meeting = append(meeting, 0)
		}
		meeting[v]++
	}
	for i := range c.ends {
		from, end := c.of(i)
		hub := int32(-1)
		for _, v := range number[from:end] {
			if meeting[v] >= coneShapes && (hub < 0 || meeting[v] > meeting[hub]) {
				hub = v
			}
		}
		if hub >= 0 {
			c.cones[i] = c.coneAbout(g.at[hub], hub, number[from:end], from)
		}
	}
}

// coneAbout is the cone of the shape with the given corners.
func (c *Corners) coneAbout(at point, hub int32, corners []int32, from int32) cone {
	var first, low, high float64
	any := false
	for k, v := range corners {
		if v == hub {
			continue
		}
		way := portable.Atan2(c.y[int(from)+k]-float64(at.y), c.x[int(from)+k]-float64(at.x))
		if !any {
			any, first = true, way
		}
		turn := math.Remainder(way-first, 2*math.Pi)
		low, high = min(low, turn), max(high, turn)
	}
	if !any || high-low > math.Pi-coneSlack {
		return cone{}
	}
	return cone{hub + 1, first + float64((low+high)/2), (high - low) / 2}
}

// ApartAtHub tells that two shapes share no more than a corner in which many meet;
// false in doubt.
func (c *Corners) ApartAtHub(i, j int) bool {
	a, b := &c.cones[i], &c.cones[j]
	if a.hub == 0 || a.hub != b.hub {
		return false
	}
	between := math.Abs(a.middle - b.middle)
	if between > math.Pi {
		between = math.Abs(2*math.Pi - between)
	}
	return between > a.half+b.half+coneSlack
}
