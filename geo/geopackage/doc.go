// Package geopackage reads and writes OGC GeoPackages (12-128r18, versions
// 1.0 to 1.3): each areal feature table is a geo.Layer read in place.
//
//	open.go    what is in a file; which tables are layers
//	layer.go   one table as a geo.Layer
//	index.go   the box of every shape, held against the file's own R-tree
//	pages.go   rows straight from the database's pages
//	near.go    which rows to read
//	blob.go    the geometry header "GP"
//	wkb.go     polygons out of well-known binary
//	write.go   a whole new file, the same bytes for the same tables
//	style.go   styles, where QGIS looks for them
//
// SQLite is modernc.org/sqlite: pure Go, R-tree built in, and a read-only
// immutable open that never touches the file. GDAL would bring a C library for
// the same rows. Well-known binary is decoded here and not by orb/encoding/wkb,
// which knows neither Z nor M and trusts the counts that it reads.
//
// Nothing of the file is run: views and columns are read with an untrusted
// schema, triggers never fire, and no value may be longer than the file.
package geopackage
