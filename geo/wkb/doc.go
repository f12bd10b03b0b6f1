// Package wkb is well-known binary, of which GeoPackage, PostGIS and GEOS each
// speak a dialect: ISO 13249-3 and OGC 06-103r4 with Z and M, either byte order,
// and the flags and the reference system of EWKB.
//
//	Append   polygons → little-endian WKB, or EWKB
//	Decode   WKB → polygons; what it claims is held against what is there
//	Box      the box of the points of any geometry, without making a shape
//
// Errors are *Error and say where and why; the words for people, the file and
// the record are for whoever asked.
package wkb
