package rules

import "github.com/paulmach/orb"

// Geometry is a GeoJSON geometry (RFC 7946) on CGCS2000 longitude and
// latitude (EPSG:4490).
type Geometry struct {
	Polygons orb.MultiPolygon
}
