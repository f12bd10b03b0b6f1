package shapefile

import (
	"encoding/binary"
	"math"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

const (
	fileHeader   = 100 // bytes before the first record of .shp and .shx
	recordHeader = 8   // record number and content length, big endian
	polyHeader   = 44  // type, box, number of parts, number of points
	magic        = 9994
)

// records is what one pass over the headers keeps: 36 bytes a record.
type records struct {
	words []uint32 // where the record starts, in 16-bit words (8 GB at most)
	inplace.Records
}

func (r *records) len() int { return len(r.words) }

func (r *records) reset(n int) {
	r.words, r.Boxes = make([]uint32, 0, n), make([]inplace.Box, 0, n)
}

// offset is where record i starts, in bytes.
func (r *records) offset(i int) int64 { return int64(r.words[i]) * 2 }

// readRecords checks the header and walks the records: by the .shx if it
// agrees with the .shp, else one after the other.
//
// The .shx is the authority when it agrees because editors leave dead records
// between live ones, which only the .shx tells apart.
func (l *Layer) readRecords(index *inplace.File) error {
	data := l.shp.Data
	if len(data) < fileHeader || binary.BigEndian.Uint32(data) != magic {
		return &geo.InputError{
			Message: geo.Textf("不是 Shapefile（文件头不符）", "this is not a Shapefile (its header does not fit)"),
			Advice:  reexport,
		}
	}
	t := shapeType(binary.LittleEndian.Uint32(data[32:]))
	if t != nullType && !t.areal() {
		return notAreal(t, 0, 32)
	}
	if err := l.walk(index); err != nil {
		return err
	}
	l.records.Records = inplace.NewRecords(l.records.Boxes)
	return l.checkRows()
}

func (l *Layer) walk(index *inplace.File) error {
	if index == nil {
		return l.walkSequence()
	}
	agrees, err := l.walkIndex(index.Data)
	if agrees || err != nil {
		return err
	}
	l.odd.Add(badIndex, 0)
	if err := l.walkSequence(); err != nil {
		if inputErr, ok := geo.AsInputError(err); ok {
			inputErr.Message.ZH += "（.shx 也与 .shp 不符，不能代替）"
			inputErr.Message.EN += " (the .shx does not match the .shp either)"
		}
		return err
	}
	return nil
}

// checkRows compares the numbers of shapes and rows: a row belongs to the
// shape at its position, so if they differ nothing says which belongs to which.
func (l *Layer) checkRows() error {
	if l.table == nil || l.table.rows == l.records.len() {
		return nil
	}
	return &geo.InputError{
		File: ".dbf",
		Message: geo.Textf("属性有 %[1]d 行，图形有 %[2]d 个，无法对应", "there are %[1]d rows for %[2]d shapes; which belongs to which cannot be told",
			l.table.rows, l.records.len()),
		Advice: geo.Textf("请用同一次导出的 .shp、.shx、.dbf 整套替换", "Replace .shp, .shx and .dbf together by those of one export"),
	}
}

// add reads the header of the record at offset and keeps it. The content
// length has been checked to lie in the file.
func (l *Layer) add(offset int64, content []byte) error {
	r := &l.records
	number := r.len() + 1
	at := offset + recordHeader
	t := shapeType(binary.LittleEndian.Uint32(content))
	b := inplace.EmptyBox
	switch {
	case t == nullType:
		if !l.deleted(number - 1) {
			l.odd.Add(inplace.NullShape, number)
		}
	case !t.areal():
		return notAreal(t, number, at)
	default:
		if t != shapeType(binary.LittleEndian.Uint32(l.shp.Data[32:])) {
			l.odd.Add(mixedTypes, number)
		}
		var err error
		if b, err = l.trueBox(content, number, at); err != nil {
			return err
		}
	}
	r.words = append(r.words, uint32(offset/2))
	r.Boxes = append(r.Boxes, b)
	return nil
}

func readBox(b []byte) inplace.Box {
	_ = b[31]
	return inplace.Box{float(b), float(b[8:]), float(b[16:]), float(b[24:])}
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }
