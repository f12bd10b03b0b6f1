package tile

import (
	"math"
	"strings"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

const (
	// Extent is the side of a tile in its own units.
	Extent = 4096
	// Pixels is the side of a tile on the screen, at its own zoom.
	Pixels = 512
	// MaxZoom is the last level that is served.
	MaxZoom = 22
)

// Web mercator (EPSG:3857) is drawn on a sphere; CGCS2000 and WGS 84 are the
// same within a map's width.
const (
	mercatorName   = "EPSG:3857"
	mercatorRadius = 6378137.0
)

// zoneSide is tile 0 of a zone, metres: 2^23, so that levels have round sizes.
const zoneSide = 1 << 23

// Grid is a pyramid of square tiles, 2^z × 2^z at level z, rows from the north.
type Grid struct {
	Name   string    // of its coordinate system: "EPSG:3857", "EPSG:4525"
	Origin orb.Point // top left, in that system
	Side   float64   // of the one tile of level 0
	system geo.CRS
	sphere bool // web mercator
}

// Mercator is the grid that web maps use.
func Mercator() Grid {
	half := math.Pi * mercatorRadius
	return Grid{Name: mercatorName, Origin: orb.Point{-half, half}, Side: 2 * half,
		system: geo.CRS{Kind: geo.Geographic}, sphere: true}
}

// Zone is the own grid of a Gauss-Krüger system: level 0 is a square of 2^23 m
// centred on its meridian, its south edge on the equator.
func Zone(c geo.CRS) (Grid, bool) {
	if c.Kind != geo.GaussKruger || c.FalseNorthing != 0 || c.EPSG() == 0 {
		return Grid{}, false
	}
	return Grid{Name: c.String(), Origin: orb.Point{c.FalseEasting - zoneSide/2, zoneSide}, Side: zoneSide, system: c}, true
}

// ParseGrid is the grid of a coordinate system by its name; "" is web
// mercator. A system without a grid is a *geo.InputError.
func ParseGrid(name string) (Grid, error) {
	if name == "" || strings.EqualFold(name, mercatorName) || name == strings.TrimPrefix(mercatorName, "EPSG:") {
		return Mercator(), nil
	}
	c, err := geo.ParseCRS(name)
	if err != nil {
		return Grid{}, err
	}
	g, ok := Zone(c)
	if !ok {
		return Grid{}, &geo.InputError{
			Message: geo.Textf("没有 %s 的瓦片", "there are no tiles in %s", c),
			Advice: geo.Text{ZH: "请用 EPSG:3857 或 2000 国家大地坐标系的高斯-克吕格投影带，例如 EPSG:4525",
				EN: "Use EPSG:3857 or a Gauss-Krüger zone of CGCS2000 such as EPSG:4525"},
		}
	}
	return g, nil
}

// System is what the features of a tile are handed over in: degrees for web
// mercator, else the zone itself.
func (g Grid) System() geo.CRS { return g.system }

// Resolutions are metres a pixel of the grid's system, from level 0 on.
func (g Grid) Resolutions() []float64 {
	all := make([]float64, MaxZoom+1)
	for z := range all {
		all[z] = g.side(z) / Pixels
	}
	return all
}

func (g Grid) side(z int) float64 { return math.Ldexp(g.Side, -z) }

// plane is where a point of the features lies on the grid's plane.
func (g Grid) plane(p orb.Point) orb.Point {
	if !g.sphere {
		return p
	}
	lat := math.Max(-85.06, math.Min(85.06, p[1])) * math.Pi / 180
	return orb.Point{mercatorRadius * p[0] * math.Pi / 180, mercatorRadius * math.Atanh(math.Sin(lat))}
}

// unplane is the way back.
func (g Grid) unplane(p orb.Point) orb.Point {
	if !g.sphere {
		return p
	}
	return orb.Point{p[0] / mercatorRadius * 180 / math.Pi, math.Atan(math.Sinh(p[1]/mercatorRadius)) * 180 / math.Pi}
}

// Address is one tile: level, column from the west, row from the north.
type Address struct{ Z, X, Y int }

// Valid tells whether there is such a tile.
func (a Address) Valid() bool {
	return a.Z >= 0 && a.Z <= MaxZoom && a.X >= 0 && a.Y >= 0 && a.X < 1<<a.Z && a.Y < 1<<a.Z
}

// Bound is the box from which a tile needs features, its margin with it, in
// the system of the features.
func (g Grid) Bound(a Address) orb.Bound {
	side := g.side(a.Z)
	pad := side * margin / Extent
	west, north := g.Origin[0]+float64(a.X)*side, g.Origin[1]-float64(a.Y)*side
	return orb.Bound{
		Min: g.unplane(orb.Point{west - pad, north - side - pad}),
		Max: g.unplane(orb.Point{west + side + pad, north + pad}),
	}
}

// At is the tile that holds a point of the features' system.
func (g Grid) At(p orb.Point, z int) Address {
	q, side := g.plane(p), g.side(z)
	return Address{z, int(math.Floor((q[0] - g.Origin[0]) / side)), int(math.Floor((g.Origin[1] - q[1]) / side))}
}

// LeastZoom is the first level at which features spread over a box (in the
// features' system) come to no more than most a tile.
func (g Grid) LeastZoom(features int, box orb.Bound, most int) int {
	if features <= most || box.IsEmpty() {
		return 0
	}
	lo, hi := g.plane(box.Min), g.plane(box.Max)
	area := math.Max((hi[0]-lo[0])*(hi[1]-lo[1]), 1)
	for z := range MaxZoom {
		if float64(features)*g.side(z)*g.side(z)/area <= float64(most) {
			return z
		}
	}
	return MaxZoom
}
