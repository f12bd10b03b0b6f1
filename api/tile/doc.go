// Package tile cuts features into vector tiles (Mapbox Vector Tile 2.1) for
// maps.
//
//	Grid      which squares: web mercator, or a zone of CGCS2000 as it is
//	Address   one square
//	Layer     features ready to be cut: Prepare them, Encode and Decode to keep them
//	Tile      the bytes of one square of a layer
//
// All tiles of one zoom snap to one lattice of whole units, so what two tiles
// or two neighbours share stays shared. Rings are clipped a little outside the
// tile and, where clipping or rounding made one cross or touch another, put
// right on the same lattice (arrange, sweep, walk): every polygon in a tile is
// valid. All of it is whole numbers: a tile costs by what it shows, and needs
// no geometry library.
package tile
