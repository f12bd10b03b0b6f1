package sample

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// comfortableShare is how many times what leaves comes in.
const comfortableShare = 1.03

// takeFirst moves the first of some parcels out of PBF, if there is one.
func (d *draft) takeFirst(parcels []int) {
	if len(parcels) > 0 {
		d.takeOut(parcels[0])
	}
}

// scatterBoth moves the same share of both townships of the project.
func (d *draft) scatterBoth(share int64) {
	d.scatter(0, share)
	d.scatter(d.county.towns, share)
}

// compensateOutside takes part of the compensation from a neighbour village.
func compensateOutside(c *County, d *draft) {
	d.scatterBoth(goodShare)
	d.compensate(0.7)
	var outside []int
	for k := range c.parcels {
		if p := &c.parcels[k]; p.use == reserve && p.village == c.village(2, 1) {
			outside = append(outside, k)
		}
	}
	d.compensateFrom(outside, comfortableShare)
}

// occupyRedLine opens a mine inside the red line, and draws a rural road along
// the line a hand's breadth too far.
func occupyRedLine(c *County, d *draft) {
	d.scatterBoth(goodShare)
	d.compensate(comfortableShare)
	inside := d.find(func(p *parcel) bool {
		class := parcel{class: p.class}
		return p.corridor == fields && p.use == open && !class.cropland() && p.cells() <= 8 && c.red.holds(c.bound(p.rect))
	})
	if len(inside) > 0 {
		d.turn(inside[0], "0602", "CKYD")
	}
	d.use = append(d.use, change{
		id: fmt.Sprintf("BG%03d", len(d.use)+1), shape: d.roadAlong(&c.red, 0.03), village: c.villageCode(c.village(1, c.side-1)),
		class: "1006", year: "2026", date: d.inDate, purpose: "NCGL", subProject: "ZXM04",
	})
}

// roadAlong is a strip 6 m wide below the lower line of a band, reaching so
// many metres into it, in the middle of the project area. It follows the
// line's own vertices: between them the two would drift apart.
func (d *draft) roadAlong(b *band, into float64) orb.MultiPolygon {
	const width, length = 6, 240.0
	west, east := d.project.Bound().Min[0], d.project.Bound().Max[0]
	middle := float64((west + east) / 2)
	line := b.shape()[0][0][:b.vertices/2]
	var over, under orb.Ring
	for _, p := range line {
		if math.Abs(p[0]-middle) < length/2 {
			over = append(over, millimetres(p[0], p[1]+into))
			under = append(under, millimetres(p[0], p[1]-width))
		}
	}
	return orb.MultiPolygon{{append(appendReversed(under, over), under[0])}}
}

// construction is what the plan's changes free and build, 0.01 m².
func (d *draft) construction() (lost, gained int64) {
	for _, x := range d.use {
		a := d.county.hundredths(x.shape)
		switch x.class {
		case "0102", "0301":
			lost += a
		case "0601", "0602", "0702", "0809":
			gained += a
		}
	}
	return lost, gained
}

// makePackageMistakes makes the mistakes that packages come with.
func makePackageMistakes(c *County, d *draft) {
	d.scatterBoth(goodShare)
	d.compensate(comfortableShare)
	open := func(class string) func(p *parcel) bool {
		return func(p *parcel) bool {
			return p.class == class && p.corridor == fields && p.cells() >= 4 && !c.red.meets(c.bound(p.rect))
		}
	}
	grass := d.find(open("0401"))
	if len(grass) < 3 {
		return
	}
	d.turn(grass[0], "0199", "")
	// A square with two corners taken in the wrong order.
	m := c.centre(c.parcels[grass[1]].rect)
	d.turn(grass[1], "0305", "")
	tie := &d.use[len(d.use)-1]
	a, b := millimetres(m[0]-20, m[1]-20), millimetres(m[0]+20, m[1]+20)
	e, f := millimetres(m[0]+20, m[1]-20), millimetres(m[0]-20, m[1]+20)
	tie.shape = orb.MultiPolygon{{{a, b, e, f, a}}}
	knot := millimetres(m[0], m[1])
	tie.declared = metres(c.hundredths(orb.MultiPolygon{{{a, knot, f, a}}, {{knot, e, b, knot}}}))
	// Two overlapping changes in one parcel.
	m = c.centre(c.parcels[grass[2]].rect)
	for shift := range 2 {
		d.turn(grass[2], "0305", "")
		x, y := m[0]-25+float64(10*float64(shift)), m[1]-15
		d.use[len(d.use)-1].shape = orb.MultiPolygon{{{
			millimetres(x, y), millimetres(x+30, y), millimetres(x+30, y+30), millimetres(x, y+30), millimetres(x, y),
		}}}
	}
	x := &d.use[0]
	x.declared = fmt.Sprintf("%.2f", float64(c.hundredths(x.shape))/100/(10_000.0/15))
}
