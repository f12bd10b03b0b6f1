// Package coordtxt reads and writes 勘测定界 coordinate text (电子报盘): parcels
// as numbered boundary points, the north coordinate first, in CGCS2000
// Gauss-Krüger metres.
//
//	read.go    lines into parcels, with what producers do differently
//	parcel.go  the heading of a parcel and its point lines
//	ring.go    points into rings; geo/rings makes polygons of them
//	bare.go    coordinates without the format's headings
//	zone.go    zone number and zone width into a coordinate system
//	write.go   parcels into text, GBK with CRLF
//
// No library reads the format; it has no published standard, only the usage of
// the submission systems. Numbers in input errors are lines of the file.
package coordtxt
