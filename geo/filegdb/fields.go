package filegdb

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf16"

	"landcheck/geo"
)

// kind is how a field is stored.
type kind byte

// The kinds of the format.
const (
	int16Kind     kind = 0
	int32Kind     kind = 1
	float32Kind   kind = 2
	float64Kind   kind = 3
	textKind      kind = 4
	dateTimeKind  kind = 5
	objectIDKind  kind = 6
	shapeKind     kind = 7
	binaryKind    kind = 8
	rasterKind    kind = 9
	guidKind      kind = 10
	globalIDKind  kind = 11
	xmlKind       kind = 12
	int64Kind     kind = 13
	dateKind      kind = 14
	timeKind      kind = 15
	timestampKind kind = 16
)

// variable is the size of values that state their length.
const variable = -1

// field is a column of a table, in the order in which rows hold them.
type field struct {
	name, alias string
	kind        kind
	width       int // of text, as the table says
	size        int // bytes of a value; variable
	nullBit     int // of the row's null bits; -1 for one that is never null
}

const (
	fieldMayBeNull = 1
	fieldDefaults  = 4
)

// fieldReader reads the block that describes the fields. Past its end it reads
// zeros and is short.
type fieldReader struct {
	data  []byte
	at    int
	short bool
}

func (r *fieldReader) bytes(n int) []byte {
	if n < 0 || n > len(r.data)-r.at {
		r.short, r.at = true, len(r.data)
		return make([]byte, min(max(n, 0), 8))
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

func (r *fieldReader) byte() byte    { return r.bytes(1)[0] }
func (r *fieldReader) uint16() int   { return int(binary.LittleEndian.Uint16(r.bytes(2))) }
func (r *fieldReader) uint32() int64 { return int64(binary.LittleEndian.Uint32(r.bytes(4))) }
func (r *fieldReader) float64() float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(r.bytes(8)))
}

// text is so many units of UTF-16.
func (r *fieldReader) text(units int) string {
	raw := r.bytes(2 * units)
	if r.short {
		return ""
	}
	return decodeUTF16(raw)
}

// decodeUTF16 reads little-endian UTF-16; half a pair becomes U+FFFD.
func decodeUTF16(raw []byte) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

// readFields reads the fields of a table from their block, after its length.
func (t *table) readFields(block []byte) error {
	r := &fieldReader{data: block}
	switch version := r.uint32(); version {
	case 3, 4, 6:
	default:
		return broken(t.fieldsAt, "字段说明的版本 %d 不认识", "version %d of the description of the fields is not known", version)
	}
	flags := r.uint32()
	t.shapes, t.utf8 = byte(flags), flags&(1<<8) != 0
	if flags&(1<<10) != 0 {
		return &geo.InputError{Message: geo.Text{ZH: "几何存放在另一个文件中（GEOMETRY_OUTOFLINE），不能读取", EN: "its geometry is kept in another file (GEOMETRY_OUTOFLINE) and cannot be read"}, Advice: reexport}
	}
	n := r.uint16()
	if n > len(block)/3 {
		return broken(t.fieldsAt, "字段说明称有 %[1]d 个字段，但只有 %[2]d 字节", "the description of the fields claims %[1]d of them in %[2]d bytes", n, len(block))
	}
	if n > geo.MaxFields {
		return geo.TooMany(geo.FieldsOfLayer, geo.MaxFields)
	}
	names := map[string]bool{}
	nullable := 0
	for i := range n {
		f, err := t.readField(r, i, flags)
		if err != nil {
			return err
		}
		if r.short {
			return broken(t.fieldsAt, "字段说明在第 %d 个字段处中断", "the description of the fields ends short, at field %d", i+1)
		}
		key := strings.ToLower(f.name)
		if names[key] {
			return broken(t.fieldsAt, "字段名 %s 重复", "the field name %s occurs twice", f.name)
		}
		names[key] = true
		if f.nullBit == 0 {
			f.nullBit = nullable
			nullable++
		}
		t.fields = append(t.fields, f)
	}
	t.nullBytes = (nullable + 7) / 8
	return nil
}

// readField reads one field; its null bit is 0 where it may be null, to be
// counted by the caller.
func (t *table) readField(r *fieldReader, i int, layer int64) (field, error) {
	f := field{nullBit: -1}
	f.name = r.text(int(r.byte()))
	f.alias = r.text(int(r.byte()))
	f.kind = kind(r.byte())
	if len(f.name) > geo.MaxNameBytes || f.name == "" && !r.short {
		return f, broken(t.fieldsAt, "第 %d 个字段没有名称", "field %d has no name", i+1)
	}
	var flags byte
	switch f.kind {
	case int16Kind, int32Kind, float32Kind, float64Kind, dateTimeKind, int64Kind, dateKind, timeKind, timestampKind:
		r.byte()
		flags = r.byte()
		if n := int(r.byte()); flags&fieldDefaults != 0 {
			r.bytes(n)
		}
		f.size = map[kind]int{int16Kind: 2, int32Kind: 4, float32Kind: 4, timestampKind: 10}[f.kind]
		if f.size == 0 {
			f.size = 8
		}
	case textKind:
		f.width = int(int32(r.uint32()))
		flags = r.byte()
		c := cursor{data: r.data, at: min(r.at, len(r.data))}
		n := c.uint()
		r.short, r.at = r.short || c.bad, c.at
		if flags&fieldDefaults != 0 {
			r.bytes(int(min(n, uint64(len(r.data))+1)))
		}
		f.size = variable
	case objectIDKind:
		r.bytes(2)
		return f, nil
	case shapeKind:
		r.byte()
		flags = r.byte()
		f.size = variable
		if err := t.readShapeField(r, i, layer); err != nil {
			return f, err
		}
	case binaryKind, xmlKind:
		r.byte()
		flags = r.byte()
		f.size = variable
	case rasterKind:
		r.byte()
		flags = r.byte()
		r.text(int(r.byte()))
		r.bytes(r.uint16())
		if g := r.byte(); g != 0 {
			r.gridSystem(g)
		}
		if f.size = variable; r.byte() == 1 {
			f.size = 4
		}
	case guidKind, globalIDKind:
		r.byte()
		flags = r.byte()
		f.size = 16
	default:
		if r.short {
			return f, nil
		}
		return f, broken(t.fieldsAt, "字段 %[1]s 的类型 %[2]d 不认识，无法读取该表", "field %[1]s has the unknown type %[2]d; the table cannot be read", f.name, byte(f.kind))
	}
	if flags&fieldMayBeNull != 0 {
		f.nullBit = 0
	}
	return f, nil
}
