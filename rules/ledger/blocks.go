package ledger

import "context"

// measureBlocks groups the project area's cropland before and after the plan.
func (w *builder) measureBlocks(ctx context.Context, l land) (*Blocks, error) {
	t, err := w.landPieces(ctx, l.parcels, l.areas)
	if err != nil {
		return nil, err
	}
	same, err := w.groupUnchanged(ctx, t.unchanged, t.barriers(), w.blocks.Gap)
	if err != nil {
		return nil, err
	}
	b := &Blocks{}
	return b, w.sideBySide(ctx, func(ctx context.Context) error {
		looks := looksAt(ending(ctx))
		b.Before, b.CountBefore, b.CroplandBefore = meanBlock(looks, t.before(), same, w.blocks.Gap)
		return looks.err
	}, func(ctx context.Context) error {
		looks := looksAt(ending(ctx))
		b.After, b.CountAfter, b.CroplandAfter = meanBlock(looks, t.after(), same, w.blocks.Gap)
		return looks.err
	}, func(ctx context.Context) error { return w.slopedBlocks(ctx, t) })
}

// meanBlock is Σa²/Σa over the blocks of cropland, their number and Σa.
func meanBlock(looks *looks, pieces []*landPiece, same unchanged, gap float64) (mean float64, count int, total float64) {
	fields := make([]*landPiece, 0, len(pieces))
	j := grouping{shapes: make([]*indexedShape, 0, len(pieces)), gap: max(gap, touching), looks: looks}
	at, others := make([]int, len(same.shapes)), []int(nil)
	for _, t := range pieces {
		if !t.cropland {
			j.barriers = append(j.barriers, &t.indexedShape)
			continue
		}
		if t.unchanged != apart {
			at[t.unchanged] = len(fields)
		} else {
			others = append(others, len(fields))
		}
		fields = append(fields, t)
		j.shapes = append(j.shapes, &t.indexedShape)
	}
	j.wallIndex = indexOf(looks, j.barriers)
	j.groups = newDisjointSets(len(fields))
	same.among(&j, at)
	j.add(others, same.index, at)
	same.settle(&j, at)
	var blocks []float64
	for i, b := range j.groups.numbers() {
		if b == len(blocks) {
			blocks = append(blocks, 0)
		}
		blocks[b] += fields[i].area
		total += fields[i].area
	}
	squares := 0.0
	for _, a := range blocks {
		squares += float64(a * a)
	}
	if total > 0 {
		mean = squares / total
	}
	return mean, len(blocks), total
}
