package geo

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// CGCS2000 is the ellipsoid of every system here (GB 22021; same figure as
// GRS 1980). Coordinates on another ellipsoid are refused, never shifted.
const (
	semiMajor         = 6378137.0
	inverseFlattening = 298.257222101
)

// The EPSG families of CGCS2000 Gauss-Krüger, 21 zones of 3° and 11 of 6°,
// each with the zone number in the easting or without it.
const (
	epsgGeographic = 4490
	epsgSixZone    = 4491 // zone 13, 75°E … 4501
	epsgSixPlain   = 4502 // 75°E … 4512
	epsgThreeZone  = 4513 // zone 25, 75°E … 4533
	epsgThreePlain = 4534 // 75°E … 4554
	epsgEnd        = 4555

	plainEasting = 500000 // false easting without the zone number
	zoneMetres   = 1e6    // the zone number stands in the millions
)

var useCGCS2000 = Text{
	ZH: "请提供 2000 国家大地坐标系数据（EPSG:4490、4491-4554 或其自定义中央子午线的高斯-克吕格投影）",
	EN: "Supply the data in CGCS2000 (EPSG:4490, 4491-4554 or its Gauss-Krüger projection on a meridian of your own)",
}

var shiftWithLocalParameters = Text{
	ZH: "两个基准之间的转换需要当地参数，请由测绘单位转换为 2000 国家大地坐标系后再提交",
	EN: "The datum shift needs local parameters: have the surveyors convert the data to CGCS2000 first",
}

// FromEPSG gives the system of an EPSG code: 4490 (degrees), 4491-4501 and
// 4502-4512 (6° zones), 4513-4533 and 4534-4554 (3° zones). Any other code is
// a *InputError; Beijing 54 and Xi'an 80 are named in it.
func FromEPSG(code int) (CRS, error) {
	switch {
	case code == epsgGeographic:
		return CRS{Kind: Geographic}, nil
	case code >= epsgSixZone && code < epsgSixPlain:
		return sixDegreeZone(code - epsgSixZone + 13), nil
	case code >= epsgSixPlain && code < epsgThreeZone:
		return gaussKruger(75+float64(6*float64(code-epsgSixPlain)), plainEasting), nil
	case code >= epsgThreeZone && code < epsgThreePlain:
		return threeDegreeZone(code - epsgThreeZone + 25), nil
	case code >= epsgThreePlain && code < epsgEnd:
		return gaussKruger(75+float64(3*float64(code-epsgThreePlain)), plainEasting), nil
	case code == 4214, code >= 2401 && code <= 2442, code >= 21413 && code <= 21463:
		return CRS{}, beijing54(fmt.Sprintf("EPSG:%d", code))
	case code == 4610, code >= 2327 && code <= 2390:
		return CRS{}, xian80(fmt.Sprintf("EPSG:%d", code))
	}
	return CRS{}, &InputError{
		Message: Textf("EPSG:%d 不是 2000 国家大地坐标系", "EPSG:%d is not a CGCS2000 system", code),
		Advice:  useCGCS2000,
	}
}

// crsCode matches "EPSG:4525", "4525", the URN and the URL of OGC.
var crsCode = regexp.MustCompile(`(?i)^(?:epsg:|urn:(?:ogc|x-ogc):def:crs:epsg:[0-9.]*:|https?://www\.opengis\.net/def/crs/epsg/[0-9.]+/)?([0-9]{1,6})$`)

// ParseCRS reads a system named by its EPSG code: "EPSG:4525", "4525",
// "urn:ogc:def:crs:EPSG::4525" or OGC's URL. Anything else is a *InputError.
func ParseCRS(s string) (CRS, error) {
	m := crsCode.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return CRS{}, &InputError{
			Message: Textf("不认识的坐标系“%s”", "unknown coordinate system %q", shorten(s)),
			Advice: Text{
				ZH: "请写成 EPSG 代码，例如 EPSG:4525（3 度带第 37 带）",
				EN: "Write an EPSG code such as EPSG:4525 (3° zone 37)",
			},
		}
	}
	code, err := strconv.Atoi(m[1])
	if err != nil {
		return CRS{}, fmt.Errorf("EPSG code %q: %w", m[1], err)
	}
	return FromEPSG(code)
}

// EPSG is the code of the system, 0 if it has none. A 6° zone without its
// number in the easting has the same parameters as a 3° one, whose code is
// given.
func (c CRS) EPSG() int {
	if c.Kind == Geographic && c == (CRS{Kind: Geographic}) {
		return epsgGeographic
	}
	if zone, ok := c.threeZone(); ok {
		if c.FalseEasting == plainEasting {
			return epsgThreePlain + zone - 25
		}
		return epsgThreeZone + zone - 25
	}
	if zone, ok := c.sixZone(); ok {
		return epsgSixZone + zone - 13
	}
	return 0
}

// String is "EPSG:4525", or the parameters of a system that has no code.
func (c CRS) String() string {
	if code := c.EPSG(); code != 0 {
		return fmt.Sprintf("EPSG:%d", code)
	}
	if c.Kind != GaussKruger {
		return "unknown"
	}
	s := fmt.Sprintf("CGCS2000 Gauss-Krüger %s FE %s", meridian(c.CentralMeridian), number(c.FalseEasting))
	if c.FalseNorthing != 0 {
		s += " FN " + number(c.FalseNorthing)
	}
	return s
}

// IsZero reports whether the system is not said.
func (c CRS) IsZero() bool { return c == CRS{} }

// Proj is the PROJ string of the system, easting or longitude first; "" for
// the zero CRS.
func (c CRS) Proj() string {
	switch c.Kind {
	case Geographic:
		return "+proj=longlat +ellps=GRS80 +no_defs"
	case GaussKruger:
		return fmt.Sprintf("+proj=tmerc +lat_0=0 +lon_0=%s +k=1 +x_0=%s +y_0=%s +ellps=GRS80 +units=m +no_defs",
			number(c.CentralMeridian), number(c.FalseEasting), number(c.FalseNorthing))
	}
	return ""
}

func gaussKruger(meridian, easting float64) CRS {
	return CRS{Kind: GaussKruger, CentralMeridian: meridian, FalseEasting: easting}
}

// threeDegreeZone is zone 25 to 45 with its number in the easting.
func threeDegreeZone(zone int) CRS {
	return gaussKruger(3*float64(zone), float64(float64(zone)*zoneMetres)+plainEasting)
}

// sixDegreeZone is zone 13 to 23 with its number in the easting.
func sixDegreeZone(zone int) CRS {
	return gaussKruger(float64(6*float64(zone))-3, float64(float64(zone)*zoneMetres)+plainEasting)
}

// threeZone is the 3° zone of a system that follows the national scheme, in
// either convention of the easting.
func (c CRS) threeZone() (int, bool) {
	zone := math.Round(c.CentralMeridian / 3)
	if !(zone >= 25 && zone <= 45) {
		return 0, false
	}
	n := int(zone)
	return n, c == threeDegreeZone(n) || c == gaussKruger(3*zone, plainEasting)
}

// sixZone is the 6° zone of a system with the zone number in its easting.
func (c CRS) sixZone() (int, bool) {
	zone := math.Round((c.CentralMeridian + 3) / 6)
	if !(zone >= 13 && zone <= 23) {
		return 0, false
	}
	return int(zone), c == sixDegreeZone(int(zone))
}

func beijing54(name string) *InputError {
	return &InputError{
		Message: Textf("%s 是 1954 年北京坐标系，不能直接使用", "%s is Beijing 54, which cannot be used as it is", name),
		Advice:  shiftWithLocalParameters,
	}
}

func xian80(name string) *InputError {
	return &InputError{
		Message: Textf("%s 是 1980 西安坐标系，不能直接使用", "%s is Xi'an 80, which cannot be used as it is", name),
		Advice:  shiftWithLocalParameters,
	}
}

// number writes a parameter in full, without exponent or needless zeros.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func meridian(degrees float64) string {
	if degrees < 0 {
		return number(-degrees) + "°W"
	}
	return number(degrees) + "°E"
}

// shorten keeps a quoted piece of input readable in a message.
func shorten(s string) string {
	const max = 60
	r := []rune(strings.ToValidUTF8(s, "?"))
	if len(r) <= max {
		return string(r)
	}
	return string(r[:max]) + "…"
}
