package geo

import "github.com/paulmach/orb"

// gaussReach is how far from its central meridian a zone is still used, metres;
// neighbouring zones and custom meridians included.
const gaussReach = 600e3

// northmost is the northing of 84° N, where Gauss-Krüger ends in practice; at
// the pole areas are no numbers.
const northmost = 9.33e6

// Holds reports whether coordinates can be of the system at all: degrees that
// are some, an easting near the system's false easting, a northing between the
// equator and 84° N.
func (c CRS) Holds(b orb.Bound) bool {
	degrees := b.Min[0] >= -180 && b.Max[0] <= 180 && b.Min[1] >= -90 && b.Max[1] <= 90
	if c.Kind == GaussKruger { // a hundred metres from the equator there is no land of anybody's
		return !degrees && b.Min[0] >= c.FalseEasting-gaussReach && b.Max[0] <= c.FalseEasting+gaussReach &&
			b.Min[1] >= c.FalseNorthing && b.Max[1] <= c.FalseNorthing+northmost
	}
	return degrees
}

// LikelyCRS is the system that coordinates fit which the one that their file
// states cannot hold: the same meridian with or without the zone's number in
// the easting, else the zone of the number, else degrees. Not ok where nothing
// tells.
func LikelyCRS(stated CRS, b orb.Bound) (likely CRS, ok bool) {
	var candidates []CRS
	if stated.Kind == GaussKruger {
		plain := stated
		plain.FalseEasting = plainEasting
		candidates = append(candidates, plain)
		if zone := prefixZone(b.Min[0], b.Max[0]); zone != 0 {
			numbered := plain
			numbered.FalseEasting += float64(float64(zone) * zoneMetres)
			if numbered.EPSG() != 0 { // else the number contradicts the meridian
				candidates = append(candidates, numbered)
			}
		}
	}
	if guess, err := GuessCRS(b); err == nil {
		candidates = append(candidates, guess)
	}
	for _, c := range candidates {
		if c != stated && c.Holds(b) {
			return c, true
		}
	}
	return CRS{}, false
}

// zoneSteps are how many degrees a wrong zone lies beside the right one, the
// likeliest first: a neighbour, one of 6° read as one of 3° or the reverse, two
// further.
func zoneSteps() []float64 { return []float64{3, -3, 6, -6, 1.5, -1.5, 9, -9} }

// LikelyZone looks for the zone in which coordinates of a Gauss-Krüger system
// would lie in an area, in degrees: what a plan may have been meant in whose
// land lies elsewhere. The easting keeps the form that it has, with the zone's
// number or without. Not ok where no zone nearby does.
func LikelyZone(c CRS, b, area orb.Bound) (likely CRS, ok bool) {
	if c.Kind != GaussKruger || b.IsEmpty() || area.IsEmpty() {
		return CRS{}, false
	}
	centre := b.Center()
	for _, step := range zoneSteps() {
		other := c
		other.CentralMeridian += step
		at := inverseGaussKruger(centre[1]-c.FalseNorthing, centre[0]-c.FalseEasting)
		place := orb.Point{other.CentralMeridian + at.lon/degreeRadians, at.lat / degreeRadians}
		if !area.Contains(place) {
			continue
		}
		if c.FalseEasting != plainEasting { // the number goes with the meridian
			other.FalseEasting = plainEasting
			if zone, three := other.threeZone(); three {
				other = threeDegreeZone(zone)
			}
		}
		return other, true
	}
	return CRS{}, false
}

// Named is the system for people: its code, with the meridian that it stands for.
func (c CRS) Named() string {
	if c.Kind == GaussKruger && c.EPSG() != 0 {
		return c.String() + " (" + meridian(c.CentralMeridian) + ")"
	}
	return c.String()
}
