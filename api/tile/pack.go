package tile

import (
	"cmp"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// pack writes a tile. One that is too full loses its smallest features.
func (e *encoder) pack(l *Layer, name string, all []drawn) Tile {
	if len(all) == 0 {
		return Tile{}
	}
	some := e.largest(l, all)
	w := writer{Layer: l, keyOf: map[uint32]uint32{}, valueOf: map[uint32]uint32{}}
	for _, d := range some {
		w.feature(d.item, e.geometry[d.from:d.to])
	}
	return Tile{Data: w.tile(name), Features: len(some), Omitted: len(all) - len(some)}
}

// largest are the features that cover most, in their order, as many as a tile
// may hold.
func (e *encoder) largest(l *Layer, all []drawn) []drawn {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b drawn) int { return cmp.Compare(b.area, a.area) })
	size, keep := 0, 0
	known := map[uint32]bool{} // values that the tile has
	for keep < min(len(order), MaxFeatures) {
		if size += l.weight(order[keep], known); size > MaxBytes && keep > 0 {
			break
		}
		keep++
	}
	if keep == len(all) {
		return all
	}
	some := order[:keep]
	slices.SortFunc(some, func(a, b drawn) int { return cmp.Compare(a.item, b.item) })
	return some
}

// weight is how many bytes a feature takes at most, beside values that others
// have.
func (l *Layer) weight(d drawn, known map[uint32]bool) int {
	size := d.to - d.from + 32
	for k, tag := range l.tagsOf(d.item) {
		size += protowire.SizeVarint(uint64(tag))
		if k%2 == 1 && !known[tag] {
			known[tag] = true
			size += len(l.values[tag]) + 6
		}
	}
	return size
}

func (l *Layer) tagsOf(n int) []uint32 {
	from := int32(0)
	if n > 0 {
		from = l.items[n-1].Tags
	}
	return l.tags[from:l.items[n].Tags]
}
