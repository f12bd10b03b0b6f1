package ledger

import (
	"landcheck/geo/portable"

	"github.com/paulmach/orb"
)

// manyAround is from how many shapes about one on it is looked which of them
// lie beside its corridor: of thousands of terraces that run aslant, whose boxes all
// overlap, nearly all.
const manyAround = 32

// corridor is the strip between two lines along the longest edge of a shape, in
// which the shape lies.
type corridor struct {
	from      orb.Point
	nx, ny    float64 // across it, of length 1; 0, 0 where there is no edge
	low, high float64 // m from the edge
}

// corridorSlack is more than rounding moves a distance, m.
const corridorSlack = 1e-6

func corridorOf(f *indexedShape) corridor {
	var l corridor
	longest := 0.0
	for e := range edges(f.outline) {
		dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
		if d := portable.Hypot(dx, dy); d > longest {
			longest, l = d, corridor{from: e[0], nx: -dy / d, ny: dx / d}
		}
	}
	if longest == 0 {
		return l
	}
	for _, p := range f.outline {
		for _, r := range p {
			for _, v := range r {
				l.low, l.high = min(l.low, l.across(v)), max(l.high, l.across(v))
			}
		}
	}
	return l
}

func (l *corridor) across(v orb.Point) float64 {
	return float64((v[0]-l.from[0])*l.nx) + float64((v[1]-l.from[1])*l.ny)
}

// clear tells that no place of a shape comes as near as gap metres; false in
// doubt.
func (l *corridor) clear(f *indexedShape, gap float64) bool {
	low, high := l.low-gap-corridorSlack, l.high+gap+corridorSlack
	over, under := true, true
	for _, p := range f.outline {
		for _, r := range p {
			for _, v := range r {
				d := l.across(v)
				if over, under = over && d > high, under && d < low; !over && !under {
					return false
				}
			}
		}
	}
	return true
}
