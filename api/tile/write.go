package tile

import "google.golang.org/protobuf/encoding/protowire"

// encoder writes geometries as commands (MVT 4.3.1).
type encoder struct {
	step     float64
	geometry []byte
}

// Commands of a geometry.
const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

// add writes a shape, and says where it ends.
func (e *encoder) add(shape [][][]point) int {
	step, last := int32(e.step), point{}
	to := func(p point) {
		e.geometry = protowire.AppendVarint(e.geometry, protowire.EncodeZigZag(int64(p.X-last.X)*int64(step)))
		e.geometry = protowire.AppendVarint(e.geometry, protowire.EncodeZigZag(int64(p.Y-last.Y)*int64(step)))
		last = p
	}
	for _, p := range shape {
		for _, r := range p {
			e.geometry = protowire.AppendVarint(e.geometry, moveTo|1<<3)
			to(r[0])
			e.geometry = protowire.AppendVarint(e.geometry, lineTo|uint64(len(r)-1)<<3)
			for _, q := range r[1:] {
				to(q)
			}
			e.geometry = protowire.AppendVarint(e.geometry, closePath|1<<3)
		}
	}
	return len(e.geometry)
}

// writer puts a tile together.
type writer struct {
	*Layer
	keyOf, valueOf map[uint32]uint32 // numbers of the layer → numbers of the tile
	keyList        []uint32
	valueList      []uint32
	features       []byte
	tagBytes, body []byte // reused
}

func (w *writer) feature(n int, geometry []byte) {
	w.tagBytes, w.body = w.tagBytes[:0], w.body[:0]
	tags := w.tagsOf(n)
	for k := 0; k+1 < len(tags); k += 2 {
		w.tagBytes = protowire.AppendVarint(w.tagBytes, uint64(renumber(tags[k], w.keyOf, &w.keyList)))
		w.tagBytes = protowire.AppendVarint(w.tagBytes, uint64(renumber(tags[k+1], w.valueOf, &w.valueList)))
	}
	if id := w.items[n].ID; id != 0 {
		w.body = protowire.AppendVarint(protowire.AppendTag(w.body, featureID, protowire.VarintType), id)
	}
	if len(w.tagBytes) > 0 {
		w.body = protowire.AppendBytes(protowire.AppendTag(w.body, featureTags, protowire.BytesType), w.tagBytes)
	}
	const polygon = 3
	w.body = protowire.AppendVarint(protowire.AppendTag(w.body, featureType, protowire.VarintType), polygon)
	w.body = protowire.AppendBytes(protowire.AppendTag(w.body, featureGeometry, protowire.BytesType), geometry)
	w.features = protowire.AppendBytes(protowire.AppendTag(w.features, layerFeatures, protowire.BytesType), w.body)
}

func renumber(n uint32, of map[uint32]uint32, list *[]uint32) uint32 {
	k, ok := of[n]
	if !ok {
		k = uint32(len(*list))
		of[n], *list = k, append(*list, n)
	}
	return k
}

func (w *writer) tile(name string) []byte {
	b := protowire.AppendString(protowire.AppendTag(nil, layerName, protowire.BytesType), name)
	b = append(b, w.features...)
	for _, k := range w.keyList {
		b = protowire.AppendString(protowire.AppendTag(b, layerKeys, protowire.BytesType), w.keys[k])
	}
	for _, v := range w.valueList {
		b = protowire.AppendString(protowire.AppendTag(b, layerValues, protowire.BytesType), w.values[v])
	}
	b = protowire.AppendVarint(protowire.AppendTag(b, layerExtent, protowire.VarintType), Extent)
	b = protowire.AppendVarint(protowire.AppendTag(b, layerVersion, protowire.VarintType), 2)
	return protowire.AppendBytes(protowire.AppendTag(nil, tileLayers, protowire.BytesType), b)
}
