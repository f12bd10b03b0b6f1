package sample

import (
	"cmp"
	"slices"

	"landcheck/geo/portable"
)

// goodShare is how much of a township's PBF the good plan moves, in 1/1000.
const goodShare = 30

// commonDraft is what the plans have in common: hollow villages and odd meadows
// become fields, two fields are built over, and what lay in the red line is
// given back to the hills. Which PBF moves is left to each plan.
func commonDraft(c *County, code, name string) *draft {
	d := newDraft(c, code, name)
	for _, k := range d.find(func(p *parcel) bool { return p.use == hollowVillage }) {
		d.turn(k, "0102", "")
		if c.urban.misses(c.bound(c.parcels[k].rect)) {
			d.bringIn(k)
		}
	}
	meadows := map[int]int{}
	for _, k := range d.find(func(p *parcel) bool { return p.use == meadow }) {
		if v := c.parcels[k].village; meadows[v] < 2 {
			meadows[v]++
			d.turn(k, "0102", "")
		}
	}
	for _, k := range d.find(func(p *parcel) bool { return p.use == mine }) {
		d.turn(k, "0301", "")
	}
	for _, k := range d.find(func(p *parcel) bool { return p.use == clearing }) {
		d.turn(k, "0305", "")
	}
	for v, build := range []struct{ class, purpose string }{{"0702", "NMZZ"}, {"0809", "NCFZ"}} {
		k := d.besideVillage(c.village(1, 2*v))
		d.turn(k, build.class, build.purpose)
	}
	d.papers()
	d.quota = &quota{housing: 8000, development: 9000, tradable: 15_000}
	return d
}

// far keeps clear of the town, the old inn and the red line.
func (c *County) far(p *parcel) bool {
	box := c.bound(p.rect)
	return c.urban.misses(box) && c.heritage.misses(box) && !c.red.meets(box)
}

// smallField reports whether a parcel is PBF of less than 20 mu.
func (p *parcel) smallField() bool { return p.pbf && p.cells() <= 5 }

// besideVillage is the small field outside PBF nearest to a village's houses:
// basic farmland is not moved to build on it.
func (d *draft) besideVillage(v int) int {
	c := d.county
	home := -1
	for k := range c.parcels {
		if p := &c.parcels[k]; p.village == v && p.use == settlement {
			home = k
		}
	}
	fields := d.find(func(p *parcel) bool {
		return c.township(p.village) == c.township(v) && p.use == open && p.cropland() && !p.pbf && p.refinement == "" && p.grade > newGrade && p.cells() <= 5 && c.far(p)
	})
	return slices.MinFunc(fields, func(a, b int) int { return cmp.Compare(c.distance(a, home), c.distance(b, home)) })
}

func (c *County) distance(a, b int) float64 {
	p, q := c.centre(c.parcels[a].rect), c.centre(c.parcels[b].rect)
	return portable.Hypot(p[0]-q[0], p[1]-q[1])
}

// scatter moves small, poor fields that lie apart out of PBF until a share of
// a township's PBF, in 1/1000, has left.
func (d *draft) scatter(township int, share int64) {
	c := d.county
	fields := d.find(func(p *parcel) bool {
		return c.township(p.village) == township && p.smallField() && c.far(p)
	})
	slices.SortStableFunc(fields, func(a, b int) int { return cmp.Compare(c.parcels[b].grade, c.parcels[a].grade) })
	designated, out := c.designated(township), int64(0)
	var chosen []int
	for k := range d.taken {
		if p := &c.parcels[k]; p.pbf && c.township(p.village) == township {
			out += c.declared(k)
		}
		chosen = append(chosen, k)
	}
	for _, k := range fields {
		if area := c.declared(k); (out+area)*1000 <= share*designated && d.apart(k, chosen) {
			chosen = append(chosen, k)
			out += area
			d.takeOut(k)
		}
	}
}

// declared is the PBF area of a parcel, 0.01 m².
func (c *County) declared(k int) int64 {
	return c.declaredPBF(k, c.hundredths(c.shape(c.parcels[k].rect)))
}

// designated is the PBF of a township, 0.01 m².
func (c *County) designated(township int) int64 {
	var sum int64
	for k := range c.parcels {
		if p := &c.parcels[k]; p.pbf && c.township(p.village) == township {
			sum += c.declared(k)
		}
	}
	return sum
}

// compensate brings good fields into PBF, the next one always beside the last,
// until what comes in is so many times what goes out.
func (d *draft) compensate(times float64) {
	c := d.county
	d.compensateFrom(d.find(func(p *parcel) bool { return p.use == reserve && c.urban.misses(c.bound(p.rect)) }), times)
}

func (d *draft) compensateFrom(fields []int, times float64) {
	want := int64(times * float64(d.net(d.out)))
	for _, k := range fields {
		if d.net(d.in) >= want {
			return
		}
		d.bringIn(k)
	}
}
