// Package tile cuts features into vector tiles (Mapbox Vector Tile 2.1) for
// maps.
//
//	Grid      which squares: web mercator, or a zone of CGCS2000 as it is
//	Address   one square
//	Encode    features near a square → its bytes
//
// All tiles of one zoom snap to one lattice of whole units, so what two tiles
// or two neighbours share stays shared. Rings are clipped a little outside the
// tile and, where rounding made one cross or touch another, put right on the
// same lattice: every polygon in a tile is valid.
package tile
