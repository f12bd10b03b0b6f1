package geo

import (
	"math"

	"github.com/paulmach/orb"
)

var crsAdvice = Text{
	ZH: "请在 plan.yaml 中写明坐标系（例如 EPSG:4525 为 3 度带第 37 带，EPSG:4490 为经纬度）",
	EN: "Say the coordinate system in plan.yaml (EPSG:4525 is 3° zone 37, EPSG:4490 is degrees)",
}

// GuessCRS reads the system off coordinates without a .prj. A zone number in
// the easting gives the zone, 25 to 45 of 3° and 13 to 23 of 6°; values within
// ±180 and ±90 are degrees. A six-digit easting fits every zone and is a
// *InputError, as are northing-first coordinates and numbers that fit nothing.
func GuessCRS(b orb.Bound) (CRS, error) {
	x0, y0, x1, y1 := b.Min[0], b.Min[1], b.Max[0], b.Max[1]
	finite := !math.IsNaN(x0+y0+x1+y1) && !math.IsInf(x0+y0+x1+y1, 0)
	switch {
	case b.IsEmpty() || !finite:
		return CRS{}, &InputError{
			Message: Text{ZH: "没有坐标，不能判断坐标系", EN: "there are no coordinates to tell the coordinate system from"},
			Advice:  crsAdvice, Wants: SystemInput,
		}
	case within(y0, y1, 72, 138) && within(x0, x1, 0, 60):
		return CRS{}, northFirst(b)
	case within(x0, x1, -180, 180) && within(y0, y1, -90, 90):
		return CRS{Kind: Geographic}, nil
	case within(x0, x1, 1.5e6, 6.5e6) && (within(y0, y1, 1e5, 9e5) || prefixZone(y0, y1) != 0):
		return CRS{}, northFirst(b)
	case within(x0, x1, 0, 1e6):
		return CRS{}, &InputError{
			Message: Textf("东坐标只有六位（%.0f 至 %.0f），没有带号，不能判断中央子午线",
				"the easting has six digits (%.0f to %.0f) and no zone number: the central meridian cannot be told", x0, x1),
			Advice: crsAdvice, Wants: SystemInput,
		}
	}
	zone := prefixZone(x0, x1)
	switch {
	case zone == 0 || !within(y0, y1, 0, 1e7):
		return CRS{}, &InputError{
			Message: Textf("坐标范围（%.3f, %.3f）至（%.3f, %.3f）不符合任何 2000 国家大地坐标系分带",
				"coordinates from (%.3f, %.3f) to (%.3f, %.3f) fit no zone of CGCS2000", x0, y0, x1, y1),
			Advice: crsAdvice, Wants: SystemInput,
		}
	case zone >= 25:
		return threeDegreeZone(zone), nil
	}
	return sixDegreeZone(zone), nil
}

// prefixZone is the zone number that both eastings carry, 0 if they carry none
// or two.
func prefixZone(low, high float64) int {
	zone := math.Floor(low / zoneMetres)
	if zone != math.Floor(high/zoneMetres) || !within(zone, zone, 13, 45) || zone == 24 {
		return 0
	}
	return int(zone)
}

func within(low, high, least, most float64) bool { return low >= least && high <= most }

func northFirst(b orb.Bound) *InputError {
	return &InputError{
		Message: Textf("坐标（%.3f, %.3f）看来是北坐标在前", "coordinates such as (%.3f, %.3f) seem to have the northing first", b.Min[0], b.Min[1]),
		Advice: Text{
			ZH: "请交换两列坐标：东坐标（经度）在前，北坐标（纬度）在后",
			EN: "Swap the two: easting (longitude) first, northing (latitude) second",
		},
	}
}

// WorkingCRS is the 3° zone in which a plan is overlaid. A system that is
// itself a national 3° zone is kept, with or without the zone number in its
// easting; otherwise it is the zone, with its number, whose meridian is nearest
// to the centre, given in c. The zero CRS stays zero.
func WorkingCRS(c CRS, centre orb.Point) CRS {
	if _, ok := c.threeZone(); ok || c.IsZero() {
		return c
	}
	lon := centre[0]
	if c.Kind == GaussKruger {
		at := inverseGaussKruger(centre[1]-c.FalseNorthing, centre[0]-c.FalseEasting)
		lon = c.CentralMeridian + at.lon/degreeRadians
	}
	zone := math.Round(lon / 3)
	if math.IsNaN(zone) {
		return CRS{}
	}
	return threeDegreeZone(int(max(25, min(45, zone))))
}
