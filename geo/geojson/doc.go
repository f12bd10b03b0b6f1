// Package geojson reads and writes GeoJSON (RFC 7946): one file, one layer of
// polygons.
//
// It streams through encoding/json and does not use orb/geojson: that package
// pulls a Mongo driver into the program and reads a null among coordinates as
// a zero. What RFC 7946 dropped but tools still write, the "crs" member, is
// honoured; coordinates are always easting or longitude first.
package geojson
