package sample

// parcel is one piece of land, small enough to hold a million.
type parcel struct {
	rect
	village    int
	number     int // in its village, from 1
	use        use
	corridor   corridor
	class      string // DLBM
	slope      int    // 1..5
	ridge      int    // KCXS in 1/10000; cropland only
	grade      int    // 1..15; cropland only
	refinement string // TBXHDM
	pbf        bool
}

func (p *parcel) cropland() bool { return p.class == "0101" || p.class == "0102" || p.class == "0103" }

// longest is how many cells a lane runs before a new parcel begins.
const longest = 36

// appendVillage cuts a village into parcels: lanes whole, the land between
// them block by block.
func (c *County) appendVillage(out []parcel, v int) []parcel {
	r, first := c.villageRect(v), len(out)
	for j := r.y.from; j < r.y.to; j++ {
		if c.y.lanes[j] != fields {
			for i := r.x.from; i < r.x.to; i += longest {
				out = append(out, parcel{rect: rect{span{i, min(i+longest, r.x.to)}, span{j, j + 1}}, corridor: c.y.lanes[j]})
			}
		}
	}
	rows, columns := c.y.runs(r.y.from, r.y.to), c.x.runs(r.x.from, r.x.to)
	for i := r.x.from; i < r.x.to; i++ {
		if c.x.lanes[i] != fields {
			for _, row := range rows {
				out = append(out, parcel{rect: rect{span{i, i + 1}, row}, corridor: c.x.lanes[i]})
			}
		}
	}
	for b, row := range rows {
		for a, column := range columns {
			block := rect{column, row}
			out = c.split(out, block, c.zonesIn(v, a, b, block))
		}
	}
	for k := first; k < len(out); k++ {
		out[k].village, out[k].number = v, k-first+1
		c.settle(&out[k])
	}
	return out
}

// split halves a block until its pieces are the size of parcels. A zone's
// border is always cut along.
func (c *County) split(out []parcel, r rect, zones []zone) []parcel {
	inside := open
	for _, z := range zones {
		if z.holds(r) {
			inside = z.use
		} else if z.meets(r) {
			a, b := cutAlong(r, z.rect)
			return c.split(c.split(out, a, zones), b, zones)
		}
	}
	if r.cells() <= c.largest(inside, r) {
		return append(out, parcel{rect: r, use: inside})
	}
	a, b := r, r
	share := 0.35 + float64(0.3*c.noise.unit(r.x.from, r.y.from, 11+r.cells()))
	if r.x.len() > r.y.len() || r.x.len() == r.y.len() && share < 0.5 {
		at := r.x.from + min(max(1, int(float64(share*float64(r.x.len()))+0.5)), r.x.len()-1)
		a.x.to, b.x.from = at, at
	} else {
		at := r.y.from + min(max(1, int(float64(share*float64(r.y.len()))+0.5)), r.y.len()-1)
		a.y.to, b.y.from = at, at
	}
	return c.split(c.split(out, a, zones), b, zones)
}

// cutAlong cuts a block in two along one border of a zone that runs through it.
func cutAlong(r, zone rect) (a, b rect) {
	a, b = r, r
	for _, at := range [...]int{zone.x.from, zone.x.to} {
		if r.x.from < at && at < r.x.to {
			a.x.to, b.x.from = at, at
			return a, b
		}
	}
	for _, at := range [...]int{zone.y.from, zone.y.to} {
		if r.y.from < at && at < r.y.to {
			a.y.to, b.y.from = at, at
			return a, b
		}
	}
	return a, b
}

// largest is the number of cells that a parcel here may have.
func (c *County) largest(u use, r rect) int {
	throw := int(c.noise.hash(r.x.from, r.y.to, 12) % 6)
	switch u {
	case countySeat, settlement, hollowVillage:
		return 2 - throw%2
	case mine, clearing, meadow:
		return r.cells()
	case reserve:
		return 6 + throw
	}
	if c.height(r) > 0.82 {
		return 6 + 2*throw
	}
	return 3 + throw
}

// height of a place, 0 in the southern plain to 1 in the northern hills.
func (c *County) height(r rect) float64 {
	p := c.centre(r)
	x, y := p[0]-c.origin[0], p[1]-c.origin[1]
	return y/c.y.length() + float64(0.05*c.noise.field(x/900, y/900, 13))
}

// settle decides what grows, stands or flows on a parcel.
func (c *County) settle(p *parcel) {
	h := c.height(p.rect)
	p.slope = 1
	for _, limit := range [...]float64{0.50, 0.64, 0.76, 0.86} {
		if h > limit {
			p.slope++
		}
	}
	switch p.corridor {
	case highway:
		p.class = "1003"
	case track:
		p.class = "1006"
	case ditch:
		p.class = "1107"
	case belt:
		p.class = "0301"
	case river:
		p.class = "1101"
	default:
		c.settleField(p, h, c.noise.unit(p.x.from, p.y.from, 14))
	}
	if p.cropland() {
		c.setCropland(p)
	} else {
		p.slope = 0
	}
}

func (c *County) settleField(p *parcel, h, throw float64) {
	switch p.use {
	case countySeat:
		p.class = pick(throw, "0701", "0701", "0701", "05H1", "05H1", "08H1", "08H2", "0601", "0810", "1004")
	case settlement:
		p.class = pick(throw, "0702", "0702", "0702", "0702", "0702", "0702", "08H2", "0809", "05H1", "1201")
	case hollowVillage:
		p.class = pick(throw, "0702", "0702", "0702", "1201")
	case mine:
		p.class = "0602"
	case meadow:
		p.class = "0404"
	case reserve:
		p.class = "0102"
	case clearing:
		p.class, p.slope = "0103", 2
	default:
		switch {
		case h > 0.90:
			p.class = pick(throw, "0301", "0301", "0305", "0307")
		case h > 0.80:
			p.class = pick(throw, "0401", "0401", "0401", "0404", "0305")
		case throw < 0.015:
			p.class = "1104"
		case throw < 0.03:
			p.class = "1202"
		case throw < 0.05:
			p.class = "0201"
		case h > 0.55:
			p.class = "0103"
		default:
			p.class = "0102"
		}
	}
}

// setCropland gives cropland its slope, ridges, grade and standing.
func (c *County) setCropland(p *parcel) {
	p.ridge = [...]int{0, 0, 312, 865, 1421, 1810}[p.slope]
	throw := c.noise.unit(p.x.from, p.y.from, 15)
	switch {
	case p.use == reserve:
		p.grade = 8
	case p.class == "0102":
		p.grade = 9 + int(throw*3)
	default:
		p.grade = 11 + int(throw*3)
	}
	box := c.bound(p.rect)
	if p.use != reserve && c.water.meets(box) {
		p.refinement = "HDGD"
	}
	p.pbf = p.use == open && p.slope <= 3 && p.refinement == "" &&
		!c.red.meets(box) && c.noise.unit(p.x.from, p.y.from, 16) < 0.93
}

func pick(throw float64, from ...string) string { return from[int(throw*float64(len(from)))] }
