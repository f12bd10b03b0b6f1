// Package kit makes plan packages and base data for the proving tests: a
// county with a complete compliant plan, from which each test deviates by one
// thing. Shapefiles are written here byte by byte, sharing no code with the
// reader, so that a test may damage any of them; areas that features declare
// are computed by a formula of their own (area.go).
//
// Shapes are given in cells: the county is a raster of 16 × 10 squares of
// 100 m, cell 0,0 in the south-west. See county.go for what lies where.
package kit
