package geo

// CRS is a coordinate system of CGCS2000 by its parameters, never its name.
// The zero CRS is "not said". CRS values compare with ==.
type CRS struct {
	Kind            CRSKind
	CentralMeridian float64 // degrees east; Gauss-Krüger only
	FalseEasting    float64 // metres, zone prefix included (37500000)
	FalseNorthing   float64 // metres
}

// CRSKind tells degrees from metres.
type CRSKind byte

// The kinds of coordinate system that land data comes in.
const (
	UnknownCRS  CRSKind = iota
	Geographic          // longitude, latitude in degrees (EPSG:4490)
	GaussKruger         // easting, northing in metres, scale 1
)
