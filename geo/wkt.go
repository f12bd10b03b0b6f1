package geo

import (
	"fmt"
	"math"
	"strings"
)

// What a parameter may differ by and still be the same: decimals that writers
// cut off. WGS 84 differs from CGCS2000 by 1.5e-6 in 1/f and must not pass.
const (
	flatteningSlack = 1e-7
	parameterSlack  = 1e-9
	degreeRadians   = math.Pi / 180
)

// ParseWKT reads the well-known text of a .prj file or a GeoPackage, version 1
// as Esri or OGC writes it or version 2 (ISO 19162), by its parameters: projection, central meridian,
// false easting, spheroid. Names of the system are never looked at, since real
// files carry names that contradict them; only the datum's name is, to refuse
// Beijing 54 and Xi'an 80 that borrow another spheroid.
//
// Axis nodes are ignored: shapefiles store the easting first whatever the text
// says. Any datum on the CGCS2000 spheroid (equal to GRS 1980) is taken as
// CGCS2000; WGS 84 and every other spheroid is a *InputError, and so are projections
// other than Gauss-Krüger of scale 1 and units other than metre and degree. A
// bare code such as EPSG:4525 in place of the text is read too. A blank text
// says nothing: the zero CRS.
func ParseWKT(text string) (CRS, error) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if text == "" {
		return CRS{}, nil
	}
	if crsCode.MatchString(text) {
		return ParseCRS(text)
	}
	root, err := readWKT(text)
	if err != nil {
		return CRS{}, &InputError{
			Message: Textf("坐标系文本不能读：%s", "the coordinate system text cannot be read: %s", err.Error()),
			Advice:  useCGCS2000,
			Err:     err,
		}
	}
	root, err = unwrapWKT(root)
	switch {
	case err != nil:
		return CRS{}, err
	case root.isAny(projectedWords()):
		return projectedCRS(root)
	case root.isAny(geographicWords()):
		if err := checkGeographic(root); err != nil {
			return CRS{}, err
		}
		return CRS{Kind: Geographic}, nil
	}
	return CRS{}, notCGCS2000(
		fmt.Sprintf("坐标系文本的类型“%s”不支持", shorten(root.keyword)),
		fmt.Sprintf("coordinate system text of kind %q is not supported", shorten(root.keyword)))
}

// WKT is the system as Esri writes it, accepted by ArcGIS, QGIS and GDAL; ""
// for the zero CRS.
func (c CRS) WKT() string {
	const geographic = `GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",` +
		`SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	switch c.Kind {
	case Geographic:
		return geographic
	case GaussKruger:
		return fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",%s],`+
			`PARAMETER["False_Northing",%s],PARAMETER["Central_Meridian",%s],PARAMETER["Scale_Factor",1.0],`+
			`PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`,
			c.esriName(), geographic, decimal(c.FalseEasting), decimal(c.FalseNorthing), decimal(c.CentralMeridian))
	}
	return ""
}

func (c CRS) esriName() string {
	if zone, ok := c.threeZone(); ok && c.FalseEasting != plainEasting {
		return fmt.Sprintf("CGCS2000_3_Degree_GK_Zone_%d", zone)
	} else if ok {
		return fmt.Sprintf("CGCS2000_3_Degree_GK_CM_%dE", 3*zone)
	}
	if zone, ok := c.sixZone(); ok {
		return fmt.Sprintf("CGCS2000_GK_Zone_%d", zone)
	}
	return "CGCS2000_GK_CM_" + strings.ReplaceAll(meridian(c.CentralMeridian), "°", "")
}

// decimal writes a number the way Esri does, always with a decimal point.
func decimal(v float64) string {
	s := number(v)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

func projectedCRS(root wktNode) (CRS, error) {
	base, ok := root.childAny(append(geographicWords(), "BASEGEOGCRS", "BASEGEODCRS"))
	if !ok {
		return CRS{}, incomplete("GEOGCS")
	}
	if err := checkGeographic(base); err != nil {
		return CRS{}, err
	}
	method := root // where version 1 has projection and parameters
	if conversion, ok := root.child("CONVERSION"); ok {
		method = conversion
	}
	projection, ok := method.childAny([]string{"PROJECTION", "METHOD"})
	if !ok {
		return CRS{}, incomplete("PROJECTION")
	}
	if name := plainName(projection.text()); name != "gausskruger" && name != "transversemercator" {
		return CRS{}, notCGCS2000(
			fmt.Sprintf("投影“%s”不是高斯-克吕格投影", shorten(projection.text())),
			fmt.Sprintf("projection %q is not Gauss-Krüger", shorten(projection.text())))
	}
	p := parameters(method)
	for _, name := range []string{"Central_Meridian", "False_Easting"} {
		v, ok := p[plainName(name)]
		if !ok || math.Abs(v) > 1e8 {
			return CRS{}, incomplete(name)
		}
	}
	if math.Abs(p["scalefactor"]-1) > parameterSlack || math.Abs(p["latitudeoforigin"]) > parameterSlack ||
		math.Abs(p["centralmeridian"]) > 180 || math.Abs(p["falsenorthing"]) > 1e8 {
		return CRS{}, notCGCS2000(
			"投影参数不是高斯-克吕格投影（比例因子 1、原点纬度 0）",
			"the projection is not Gauss-Krüger (scale factor 1, latitude of origin 0)")
	}
	if err := checkUnit(root, 1, "米", "metre"); err != nil {
		return CRS{}, err
	}
	return CRS{
		Kind:            GaussKruger,
		CentralMeridian: p["centralmeridian"] + 0, // -0 reads as 0
		FalseEasting:    p["falseeasting"] + 0,
		FalseNorthing:   p["falsenorthing"] + 0,
	}, nil
}

// checkGeographic holds a GEOGCS node to CGCS2000 in degrees from Greenwich.
func checkGeographic(root wktNode) error {
	datum, ok := root.childAny([]string{"DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"})
	if !ok {
		return incomplete("DATUM")
	}
	spheroid, ok := datum.childAny([]string{"SPHEROID", "ELLIPSOID"})
	if !ok {
		return incomplete("SPHEROID")
	}
	a, okA := spheroid.number(0)
	rf, okF := spheroid.number(1)
	if !okA || !okF {
		return incomplete("SPHEROID")
	}
	name := plainName(datum.text())
	switch {
	case strings.Contains(name, "beijing") || near(a, 6378245, 0.01) && near(rf, 298.3, 1e-4):
		return beijing54(shorten(datum.text()))
	case strings.Contains(name, "xian") || near(a, 6378140, 0.01) && near(rf, 298.257, 1e-4):
		return xian80(shorten(datum.text()))
	case !near(a, semiMajor, 1e-4) || !near(rf, inverseFlattening, flatteningSlack) || shifted(datum):
		return notCGCS2000(
			fmt.Sprintf("基准“%s”（椭球 %s，1/%s）不是 2000 国家大地坐标系", shorten(datum.text()), number(a), number(rf)),
			fmt.Sprintf("datum %q (spheroid %s, 1/%s) is not CGCS2000", shorten(datum.text()), number(a), number(rf)))
	}
	if meridian, ok := root.childAny([]string{"PRIMEM", "PRIMEMERIDIAN"}); ok {
		if v, ok := meridian.number(0); !ok || math.Abs(v) > parameterSlack {
			return notCGCS2000("起始子午线不是格林尼治", "the prime meridian is not Greenwich")
		}
	}
	return checkUnit(root, degreeRadians, "度", "degree")
}

// shifted reports a datum that says it lies away from WGS 84.
func shifted(datum wktNode) bool {
	shift, ok := datum.child("TOWGS84")
	if !ok {
		return false
	}
	for _, v := range shift.numbers {
		if v != 0 {
			return true
		}
	}
	return false
}

// checkUnit holds the node's own unit to a size in metres or radians. Writers
// cut π/180 after 12 or more digits.
func checkUnit(root wktNode, size float64, zh, en string) error {
	unit, ok := root.unit()
	if !ok && root.isAny([]string{"BASEGEOGCRS", "BASEGEODCRS"}) {
		return nil // degrees, where version 2 says nothing
	}
	if !ok {
		return incomplete("UNIT")
	}
	if v, ok := unit.number(0); !ok || !near(v, size, size*parameterSlack) {
		return notCGCS2000(
			fmt.Sprintf("单位“%s”不是%s", shorten(unit.text()), zh),
			fmt.Sprintf("unit %q is not the %s", shorten(unit.text()), en))
	}
	return nil
}

func near(v, want, slack float64) bool { return math.Abs(v-want) <= slack }

func incomplete(part string) *InputError {
	return notCGCS2000("坐标系文本缺少或写错了 "+part, "the coordinate system text lacks a usable "+part)
}

func notCGCS2000(zh, en string) *InputError {
	return &InputError{Message: Text{ZH: zh, EN: en}, Advice: useCGCS2000}
}

// plainName folds "Latitude_Of_Origin", "latitude of origin" and "Gauss-Krüger"
// variants to letters and digits in lower case.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == 'ü' || r == 'Ü':
			return 'u'
		}
		return -1
	}, s)
}
