package tile

import (
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// Numbers of fields of a tile's messages (MVT 2.1, vector_tile.proto).
const (
	tileLayers = 3

	layerName     = 1
	layerFeatures = 2
	layerKeys     = 3
	layerValues   = 4
	layerExtent   = 5
	layerVersion  = 15

	featureID       = 1
	featureTags     = 2
	featureType     = 3
	featureGeometry = 4

	valueString = 1
	valueDouble = 3
	valueInt    = 4
	valueUint   = 5
	valueBool   = 7
)

// dictionary numbers the keys and values of features, each once.
type dictionary struct {
	keys, values   []string
	tags           []uint32
	keyAt, valueAt map[string]uint32
	names          []string // reused
}

func newDictionary() *dictionary {
	return &dictionary{keyAt: map[string]uint32{}, valueAt: map[string]uint32{}}
}

// add takes in the properties of one feature, in the order of their names.
func (d *dictionary) add(properties map[string]any) {
	d.names = d.names[:0]
	for name := range properties {
		d.names = append(d.names, name)
	}
	slices.Sort(d.names)
	for _, name := range d.names {
		if v, ok := encoded(properties[name]); ok {
			d.tags = append(d.tags, number(&d.keys, d.keyAt, name), number(&d.values, d.valueAt, v))
		}
	}
}

func number(all *[]string, at map[string]uint32, s string) uint32 {
	n, ok := at[s]
	if !ok {
		n = uint32(len(*all))
		at[s], *all = n, append(*all, s)
	}
	return n
}

// encoded is a value as a tile writes it; a figure that is none is left out.
func encoded(value any) (string, bool) {
	var b []byte
	switch v := value.(type) {
	case string:
		b = protowire.AppendString(protowire.AppendTag(b, valueString, protowire.BytesType), v)
	case int:
		b = protowire.AppendVarint(protowire.AppendTag(b, valueInt, protowire.VarintType), uint64(v))
	case uint64:
		b = protowire.AppendVarint(protowire.AppendTag(b, valueUint, protowire.VarintType), v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", false
		}
		b = protowire.AppendFixed64(protowire.AppendTag(b, valueDouble, protowire.Fixed64Type), math.Float64bits(v))
	case bool:
		b = protowire.AppendVarint(protowire.AppendTag(b, valueBool, protowire.VarintType), protowire.EncodeBool(v))
	default:
		return "", false
	}
	return string(b), true
}
