// Package shapefile reads layers of areal features from Shapefiles in place
// and writes them whole.
//
//	Open            maps the .shp, finds its companions, walks the record headers
//	Layer.Near      decodes only the records whose box meets a query box
//	Layer.Rows      streams the .dbf without touching geometry
//	Layer.Cells     the same without a string for each value
//	OpenCached      what a large layer was found to be is remembered
//	Write           .shp .shx .dbf .prj .cpg, all of them or none
//
// It promises that no file, however damaged, makes it panic, hang or allocate
// more than a small multiple of the file's size: what cannot be read is a
// *geo.InputError with record and byte offset, what is odd is a geo.Notice.
//
// The format is ESRI's (Shapefile Technical Description, July 1998) and dBASE
// III+ with the extensions that desktop GIS write.
//
// Why not a library: the common Go reader (go-shp) decodes every record to
// give one and trusts the lengths that it reads. On parcels of 65 vertices it
// reads 0.2 M features/s; this package 1.4 M with all its checks
// (BenchmarkDecode), and it walks 15 M record headers/s (BenchmarkOpen), which
// counts for more: a check needs a few thousand parcels out of a million.
//
// A mapped file must not be cut short by someone else while it is open; a
// layer notices and returns an InputError, but the data is gone.
package shapefile
