package ogc

import (
	"fmt"
	"math"
	"strings"

	"landcheck/geo"

	"github.com/paulmach/orb"
)

// CRS84 is longitude and latitude on WGS 84, the system of requests and answers
// that name none. CGCS2000 differs from it by centimetres that no map shows.
const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

const epsg = "http://www.opengis.net/def/crs/EPSG/0/"

// System is a coordinate system as requests name it. Its axes have an order:
// longitude first in CRS84 only; EPSG:4490 has latitude first, and the zones of
// CGCS2000 northing.
type System struct {
	URI     string
	CRS     geo.CRS
	Swapped bool // north before east
}

// Default is CRS84.
func Default() System { return System{URI: CRS84, CRS: geo.CRS{Kind: geo.Geographic}} }

// EPSG is a system by its code, of those that geo.FromEPSG knows.
func EPSG(code int) (System, error) {
	c, err := geo.FromEPSG(code)
	return System{URI: fmt.Sprint(epsg, code), CRS: c, Swapped: true}, err
}

// Systems are those in which data is served whose own system is c and that
// lies round a point in degrees: CRS84 first, EPSG:4490, the data's own, and the
// 3° zone of its meridian, with the zone's number in the easting and without.
func Systems(c geo.CRS, near orb.Point) []System {
	zone := int(math.Round(near[0] / 3))
	if c.Kind == geo.GaussKruger {
		zone = int(math.Round(c.CentralMeridian / 3))
	}
	all := []System{Default()}
	for _, code := range []int{4490, c.EPSG(), 4513 + zone - 25, 4534 + zone - 25} {
		s, err := EPSG(code)
		if _, have := Find(all, s.URI); err == nil && !have { // a meridian of its own has no code
			all = append(all, s)
		}
	}
	return all
}

// URIs names systems.
func URIs(all []System) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = s.URI
	}
	return out
}

// Find is the system of a name among some; https and http are the same.
func Find(all []System, uri string) (System, bool) {
	uri = strings.Replace(uri, "https://", "http://", 1)
	for _, s := range all {
		if s.URI == uri {
			return s, true
		}
	}
	return System{}, false
}
