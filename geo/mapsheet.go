package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// MapSheet is the number of the 1:10 000 map sheet (图幅号, GB/T 13989-2012) on which
// a place in degrees lies: the sheet of 1:1 000 000 (4° by 6°), G, row and column of
// its 96 by 96 parts of 2′30″ by 3′45″, the first row in the north. It is "" beyond
// the letters, at the poles.
func MapSheet(at orb.Point) string {
	lon, lat := at[0], at[1]
	if !(lon >= -180 && lon < 180 && lat >= 0 && lat < 88) {
		return ""
	}
	const parts = 96
	row, south := math.Floor(lat/4), float64(math.Floor(lat/4)*4)
	column, west := math.Floor(lon/6)+31, float64(math.Floor(lon/6)*6)
	down := parts - int(math.Floor(float64((lat-south)/4*parts)))
	right := int(math.Floor(float64((lon-west)/6*parts))) + 1
	return fmt.Sprintf("%c%02dG%03d%03d", 'A'+int(row), int(column), down, right)
}
