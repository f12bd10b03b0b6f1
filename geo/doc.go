// Package geo reads and measures land: layers of areal features, their
// coordinate systems, their ellipsoidal areas and their overlay. It knows
// nothing of land policy.
//
//	Layer, Feature, Table   what readers give and writers take
//	CRS, Transform          coordinate systems by parameters, reprojection
//	Surveyor                ellipsoidal area (TD/T 1055)
//	Index, Clusters         packed R-tree over boxes; those that hang together
//	Kernel                  GEOS: validity, repair, independent overlay
//	InputError, Notice           input that cannot be read, input that is odd
//
// Coordinates are orb types in metres (easting, northing) or degrees
// (longitude, latitude); they are shared freely and never changed.
package geo
