// Package filegdb reads the layers of polygons of file geodatabases in place,
// without GDAL or any library of Esri's.
//
//	open.go        a folder's layers, and what of it is no layer
//	damaged.go     a layer that cannot be read, by its names
//	catalogue.go   which tables are what: GDB_Items, or GDB_ObjectClasses of 9.x
//	table.go       a .gdbtable: header, rows;  tablx.go: where the rows begin
//	fields.go      the columns;  shapefield.go: the grid of the coordinates
//	row.go         a row's values;  value.go: their text
//	head.go        what a shape says first;  walk.go, shape.go: its vertices
//	curve.go       curves drawn out;  arc.go: arcs
//	boxes.go       the boxes of all shapes, before any is decoded
//	near.go        what meets a query;  reader.go, values.go: decoded
//	measured.go    parcels whose areas a cache remembers
//	digest.go      the digest, and on its way a look at every row
//
// The format is not published; what is known of it was found out by others
// (GDAL's OpenFileGDB, dump_gdbtable, LinqPad.FileGdb) and held against real
// files here: TestAsGDAL, TestRecordsAsGDAL.
package filegdb
