package sample

import (
	"fmt"
	"math"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// countyCode is the county of a sample; the code is real, the county is not.
const countyCode = "150123"

// County is the land itself, before any layer is drawn of it. It is not
// changed once made and may be shared.
type County struct {
	mesh
	code      string
	crs       geo.CRS
	surveyor  *geo.Surveyor
	side      int // villages along each side
	towns     int // townships along each side
	columns   []span
	rows      []span // of the mesh, for each column and row of villages
	parcels   []parcel
	pbfArea   map[int]int64 // declared PBF area, 0.01 m², where it is not the parcel's own; by parcel
	atCap     capped
	red       band
	water     band
	urban     ring
	grassland ring
	heritage  ring
}

// smallSide is how many villages stand side by side in the county of the plans.
const smallSide = 4

// cellsPerParcel is measured: see TestParcelsAsAsked.
const cellsPerParcel = 3.6

// New lays out a county. It costs a few seconds for a million parcels.
func New(o Options) (*County, error) {
	o = o.filled()
	crs, err := geo.FromEPSG(4525)
	if err != nil {
		return nil, err
	}
	c := &County{code: o.County, crs: crs, side: smallSide, towns: 2}
	switch {
	case o.Parcels > 400_000:
		c.side, c.towns = 16, 4
	case o.Parcels > 30_000:
		c.side, c.towns = 8, 3
	}
	cells := int(math.Round(math.Sqrt(float64(float64(o.Parcels)*cellsPerParcel)) / float64(c.side)))
	var across, up []corridor
	for v := range c.side {
		first := len(across)
		across = append(across, lanesOf(cells, track, belt)...)
		if v == c.side/2-1 {
			across = append(across, highway)
		}
		c.columns = append(c.columns, span{first, len(across)})
		first = len(up)
		if v == c.side/4-1 {
			up = append(up, lanesOf(cells, river, ditch)...)
		} else {
			up = append(up, lanesOf(cells, ditch, track)...)
		}
		c.rows = append(c.rows, span{first, len(up)})
	}
	c.mesh = mesh{
		noise:  noise(o.Seed),
		x:      newAxis(across, 0.4),
		y:      newAxis(up, 1.7),
		pieces: max(1, int(math.Round(float64(o.VerticesPerParcel)/8))),
	}
	// The county lies round 41.3° N, half a degree east of the zone's meridian.
	c.origin = orb.Point{math.Round(37_542_000 - float64(c.x.length()/2)), math.Round(4_575_000 - float64(c.y.length()/2))}
	c.drawCurves(o.CurveVertices)
	for v := range c.side * c.side {
		c.parcels = c.appendVillage(c.parcels, v)
	}
	if c.surveyor, err = geo.NewSurveyor(crs, orb.Point{c.origin[0] + float64(c.x.length()/2), c.origin[1] + float64(c.y.length()/2)}); err != nil {
		return nil, err
	}
	if c.side == smallSide {
		c.capTownship()
	}
	return c, nil
}

// lanesOf lays out one side of a village: stretches of about a dozen cells
// with a lane of one kind or the other between them.
func lanesOf(cells int, odd, even corridor) []corridor {
	runs := max(1, int(math.Round(float64(cells)/12)))
	var out []corridor
	for r := range runs {
		if r > 0 {
			kind := odd
			if r%2 == 0 {
				kind = even
			}
			if kind == river && r > 1 {
				kind = track
			}
			out = append(out, kind)
		}
		for range cells*(r+1)/runs - cells*r/runs {
			out = append(out, fields)
		}
	}
	return out
}

// A village is known by its number: west to east, then south to north.
func (c *County) village(column, row int) int { return row*c.side + column }

func (c *County) villageRect(v int) rect {
	return rect{c.columns[v%c.side], c.rows[v/c.side]}
}

// township of a village, numbered the same way.
func (c *County) township(v int) int {
	return v/c.side*c.towns/c.side*c.towns + v%c.side*c.towns/c.side
}

func (c *County) townshipRect(t int) rect {
	var r rect
	for v := range c.side * c.side {
		if c.township(v) != t {
			continue
		}
		if w := c.villageRect(v); r.cells() == 0 {
			r = w
		} else {
			r = rect{
				span{min(r.x.from, w.x.from), max(r.x.to, w.x.to)},
				span{min(r.y.from, w.y.from), max(r.y.to, w.y.to)},
			}
		}
	}
	return r
}

func (c *County) whole() rect {
	return rect{span{0, len(c.x.lanes)}, span{0, len(c.y.lanes)}}
}

func (c *County) townshipCode(t int) string { return fmt.Sprintf("%s%03d", c.code, 101+t) }

// villageCode counts villages inside their township.
func (c *County) villageCode(v int) string {
	t, n := c.township(v), 0
	for w := range v {
		if c.township(w) == t {
			n++
		}
	}
	return fmt.Sprintf("%s%03d", c.townshipCode(t), 201+n)
}

func townshipName(t int) string {
	names := [...]string{"示例镇", "清水镇", "北山乡", "白桦苏木"}
	if t < len(names) {
		return names[t]
	}
	return fmt.Sprintf("第%d镇", t+1)
}

func villageName(v int) string {
	names := [...]string{
		"东河湾村", "柳林村", "五里桥村", "南滩村", "向阳村", "前进村", "大榆树村", "土城子村",
		"新胜村", "西梁村", "双井村", "三道沟村", "后山嘎查", "红石崖村", "白桦嘎查", "敖包嘎查",
	}
	if v < len(names) {
		return names[v]
	}
	return fmt.Sprintf("第%d村", v+1)
}
