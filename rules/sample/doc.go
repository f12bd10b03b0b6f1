// Package sample writes a small, believable county and the plans that a
// reviewer might be handed for it, so that a newcomer sees at once what a check
// is for, and tests and benchmarks have data that nobody can object to.
//
//	axis, mesh      columns and rows of cells; every edge is drawn once
//	county, zone    villages, fields, settlements, hills, roads, a river
//	parcel          the cells cut into parcels, with class, slope and grade
//	curve           red line, urban boundary, grassland: across the parcels
//	layers, write   base layers as Shapefiles
//	draft, scenario a good plan, and one that goes wrong in each way
//
// It promises the same bytes for the same options, and layers that tile: two
// neighbours share each vertex of their common edge. Every name and code in it
// is invented.
package sample
