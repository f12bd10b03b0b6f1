package geo

import (
	"math"
	"sync"

	"landcheck/geo/portable"
)

// tileSize is the side of a tile, metres. Across it the inverse projection is a
// cubic to half of the last bit; what the series rounds differs more.
const tileSize = 1024

// tile is the inverse projection over a square of the plane, as polynomials: a
// quarter of the work of the series for each of a county's fifty million
// vertices (BenchmarkStation). It stands for all points of its square, whoever
// asks, so a boundary that two faces share is the same for both.
type tile struct {
	column, row      int
	x, y             float64 // centre
	lat, lon, cosLat cubic
}

// cubic is a polynomial of degree three in u and v, each from -1 to 1.
type cubic [10]float64

func (c *cubic) at(u, v float64) float64 {
	// Smallest first: what is added last decides the rounding.
	return c[0] + (float64(u*(c[1]+float64(u*(c[3]+float64(u*c[6])+float64(v*c[7])))+float64(v*(c[4]+float64(v*c[8]))))) + float64(v*(c[2]+float64(v*(c[5]+float64(v*c[9]))))))
}

func (t *tile) station(easting, northing float64) station {
	u, v := float64((easting-t.x)*(2.0/tileSize)), float64((northing-t.y)*(2.0/tileSize))
	return station{lat: t.lat.at(u, v), lon: t.lon.at(u, v), cosLat: t.cosLat.at(u, v)}
}

// tiled tells where tiles stand for the series: up to 60° of latitude and 400 km
// from the meridian, which is every parcel in its zone.
func tiled(easting, northing float64) bool {
	return easting > -4e5 && easting < 4e5 && northing > -6.6e6 && northing < 6.6e6
}

func tileOf(easting, northing float64) (column, row int) {
	return int(math.Floor(float64(easting * (1.0 / tileSize)))), int(math.Floor(float64(northing * (1.0 / tileSize))))
}

// tiles are those that were needed so far. It is safe for concurrent use.
type tiles struct{ made sync.Map } // [2]int → *tile

// near is the tile of a place; last is one that may be it.
func (s *tiles) near(last *tile, easting, northing float64) *tile {
	column, row := tileOf(easting, northing)
	if last != nil && last.column == column && last.row == row {
		return last
	}
	key := [2]int{column, row}
	if t, ok := s.made.Load(key); ok {
		return t.(*tile)
	}
	t, _ := s.made.LoadOrStore(key, newTile(column, row))
	return t.(*tile)
}

// newTile interpolates the series at the 4×4 Chebyshev points of the square.
func newTile(column, row int) *tile {
	t := &tile{column: column, row: row, x: float64((float64(column) + 0.5) * tileSize), y: float64((float64(row) + 0.5) * tileSize)}
	nodes, toPowers := chebyshev()
	var lat, lon, cosLat [4][4]float64
	for i, u := range nodes {
		for j, v := range nodes {
			s := inverseGaussKruger(t.y+float64(v*tileSize/2), t.x+float64(u*tileSize/2))
			lat[i][j], lon[i][j], cosLat[i][j] = s.lat, s.lon, s.cosLat
		}
	}
	t.lat, t.lon, t.cosLat = fit(&lat, &toPowers), fit(&lon, &toPowers), fit(&cosLat, &toPowers)
	return t
}

// chebyshev is the four points of interpolation and the matrix that takes
// values there to the coefficients of 1, x, x², x³.
func chebyshev() (nodes [4]float64, toPowers [4][4]float64) {
	for k := range nodes {
		_, nodes[k] = portable.Sincos(math.Pi * (float64(2*float64(k)) + 1) / 8)
	}
	// Lagrange's basis polynomial of each node, expanded.
	for k := range nodes {
		p, scale := [4]float64{1}, 1.0
		for j, n := range nodes {
			if j == k {
				continue
			}
			scale *= nodes[k] - n
			for d := 3; d > 0; d-- {
				p[d] = p[d-1] - float64(n*p[d])
			}
			p[0] *= -n
		}
		for d := range p {
			toPowers[d][k] = p[d] / scale
		}
	}
	return nodes, toPowers
}

// fit gives the coefficients of the terms up to degree three; those above are
// below the last bit.
func fit(values, toPowers *[4][4]float64) cubic {
	term := func(a, b int) (sum float64) {
		// Differences from one value: the sum keeps its bits.
		for i := range 4 {
			for j := range 4 {
				sum += float64(toPowers[a][i] * toPowers[b][j] * (values[i][j] - values[0][0]))
			}
		}
		if a == 0 && b == 0 {
			sum += values[0][0]
		}
		return sum
	}
	return cubic{term(0, 0), term(1, 0), term(0, 1), term(2, 0), term(1, 1), term(0, 2), term(3, 0), term(2, 1), term(1, 2), term(0, 3)}
}
