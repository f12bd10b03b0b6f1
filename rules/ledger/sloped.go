package ledger

import (
	"context"
	"slices"

	"github.com/paulmach/orb"
)

// sloped tells whether land is sloped cropland.
func (b *BlockSpec) sloped(cropland bool, slope int) bool {
	return b.Sloped > 0 && cropland && slope >= b.Sloped
}

// slopedBlocks gives every face of sloped cropland the area of the block that
// it is part of before the plan: the faces themselves, and what the plan
// leaves alone round about. Barriers are the parcels as they stand.
func (w *builder) slopedBlocks(ctx context.Context, t landPieces) error {
	var fields, barriers []*indexedShape
	var areas []float64
	var faces []*Face
	for i := range w.ledger.Faces {
		if f := &w.ledger.Faces[i]; w.blocks.sloped(f.Before.Cropland, f.Before.Slope) {
			faces = append(faces, f)
			fields, areas = append(fields, indexShape(orb.MultiPolygon{f.Geometry})), append(areas, f.Area)
		}
	}
	if len(faces) == 0 {
		return nil
	}
	for _, piece := range t.sloped {
		fields, areas = append(fields, &piece.indexedShape), append(areas, piece.area)
	}
	for _, piece := range t.before() {
		if slices.Contains(w.blocks.Barriers, piece.code) {
			barriers = append(barriers, &piece.indexedShape)
		}
	}
	looks := looksAt(ending(ctx))
	block := join(looks, fields, w.blocks.Gap, barriers)
	sizes := map[int]float64{}
	for i, b := range block {
		sizes[b] += areas[i]
	}
	for i, f := range faces {
		f.SlopedBlock = sizes[block[i]]
	}
	return looks.err
}
