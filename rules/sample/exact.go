package sample

import (
	"math"

	"github.com/paulmach/orb"
)

// capped is what must leave PBF for a township to stand at exactly 5 %: whole
// parcels and a square out of one more. The declared areas of the township's
// other parcels are set so that the share is exact in 0.01 m², which no
// choice of parcels alone would give.
type capped struct {
	parcels []int
	host    int // the parcel that the square is cut from
	corner  orb.Point
	side    float64 // m
	wider   float64 // side of a square with 0.25 m² more
}

// capShare is the share of the cap, as one in so many.
const capShare = 20

// capTownship settles what stands at the cap in the first township.
func (c *County) capTownship() {
	var all, free []int
	var designated int64
	areas := map[int]int64{}
	for k := range c.parcels {
		p := &c.parcels[k]
		if !p.pbf || c.township(p.village) != 0 {
			continue
		}
		areas[k] = c.hundredths(c.shape(p.rect))
		designated += areas[k] - p.ridgeArea(areas[k])
		all = append(all, k)
		box := c.bound(p.rect)
		if p.slope == 1 && c.urban.misses(box) && c.heritage.misses(box) && c.projectRect().holds(p.rect) {
			free = append(free, k)
		}
	}
	x := &c.atCap
	var out int64
	for _, k := range free {
		p := &c.parcels[k]
		switch {
		case x.corner == orb.Point{} && p.x.len() >= 2 && p.y.len() >= 2:
			x.host = k
			middle := c.centre(p.rect)
			x.corner = millimetres(math.Round(middle[0])-10, math.Round(middle[1])-10)
			x.side = c.squareOf(k, areas[k], 20, 0)
			x.wider = c.squareOf(k, areas[k], x.side, 25)
			out += c.squareShare(k, areas[k], x.side)
		case (out+areas[k])*capShare <= designated:
			x.parcels = append(x.parcels, k)
			out += areas[k]
		}
	}
	c.spread(all, areas, out*capShare-designated)
}

// spread changes the declared areas of those PBF parcels that stay by so many
// 0.01 m² in all.
func (c *County) spread(all []int, areas map[int]int64, change int64) {
	fixed := map[int]bool{c.atCap.host: true}
	for _, k := range c.atCap.parcels {
		fixed[k] = true
	}
	var stay []int
	for _, k := range all {
		if !fixed[k] {
			stay = append(stay, k)
		}
	}
	var left int64
	net := func(k int) int64 { return areas[k] - c.parcels[k].ridgeArea(areas[k]) }
	for _, k := range stay {
		left += net(k)
	}
	c.pbfArea = make(map[int]int64, len(stay))
	for _, k := range stay { // in proportion, the last taking what rounding left
		share := change * net(k) / left
		c.pbfArea[k] = net(k) + share
		change -= share
		left -= net(k)
	}
}

// square of the cap, out of its host parcel.
func (x *capped) square(side float64) orb.MultiPolygon {
	a := x.corner
	r := func(v float64) float64 { return math.Round(v*1e4) / 1e4 }
	b := orb.Point{r(a[0] + side), r(a[1] + side)}
	return orb.MultiPolygon{{{a, {b[0], a[1]}, b, {a[0], b[1]}, a}}}
}

// squareShare is the declared PBF area that a square of the host parcel takes
// along, in 0.01 m²; the host has no ridges.
func (c *County) squareShare(k int, area int64, side float64) int64 {
	return int64(math.Round(c.exactShare(k, area, side)))
}

func (c *County) exactShare(k int, area int64, side float64) float64 {
	whole := c.surveyor.MultiPolygon(c.shape(c.parcels[k].rect))
	return float64(area) * c.surveyor.MultiPolygon(c.atCap.square(side)) / whole
}

// squareOf finds the side, from the given one up, of a square that takes a
// whole number of 0.01 m², so many more than the given one does.
func (c *County) squareOf(k int, area int64, side float64, more float64) float64 {
	want := -1.0
	if more > 0 {
		want = math.Round(c.exactShare(k, area, side)) + more
	}
	best, miss := side, math.Inf(1)
	for step := range 400 {
		s := side + float64(step)/1e4
		share := c.exactShare(k, area, s)
		target := want
		if want < 0 {
			target = math.Round(share)
		}
		if d := math.Abs(share - target); d < miss {
			best, miss = s, d
		}
	}
	return best
}

// projectRect is the project area of the plans: the second column of villages,
// from the river to the hills.
func (c *County) projectRect() rect {
	return rect{c.columns[1], span{0, len(c.y.lanes)}}
}
