package shapefile

import (
	"bytes"
	"encoding/binary"
	"strings"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

const (
	tableHeader = 32 // bytes before the field descriptors, and of each of them
	endOfFields = 0x0D
	deletedFlag = 0x2A
)

// table is a .dbf: rows of fixed width, each with a deletion flag.
type table struct {
	file    *inplace.File
	columns []column
	code    code
	header  int64 // bytes before the first row
	width   int64 // bytes a row
	rows    int
}

// column is a field and its place in a row.
type column struct {
	geo.Field
	kind   byte // dBASE's own type letter
	offset int
	width  int
}

func openTable(parts companions, odd *inplace.Issues) (*table, error) {
	file, err := inplace.Open(parts.dbf)
	if err != nil {
		return nil, inFile(err, ".dbf")
	}
	t := &table{file: file}
	if err := t.read(parts.cpg, odd); err != nil {
		file.Close()
		return nil, inFile(err, ".dbf")
	}
	return t, nil
}

// read takes what a table says of itself, which may be cut short meanwhile.
func (t *table) read(cpg string, odd *inplace.Issues) error {
	return inplace.Guard(0, func() error {
		if err := t.readHeader(); err != nil {
			return err
		}
		return t.readNames(cpg, odd)
	})

}

// readHeader takes the row count from the header only if the file can hold so
// many; column names stay raw until the encoding is known.
func (t *table) readHeader() error {
	data := t.file.Data
	if len(data) < tableHeader+1 {
		return &geo.InputError{
			Message: geo.Textf("不是 DBF 文件（只有 %d 字节）", "this is not a DBF file (it has %d bytes)", len(data)),
			Advice:  reexport,
		}
	}
	t.header = int64(binary.LittleEndian.Uint16(data[8:]))
	t.width = int64(binary.LittleEndian.Uint16(data[10:]))
	rows := int64(binary.LittleEndian.Uint32(data[4:]))
	empty := rows == 0 && t.width == 0 // no fields, no rows
	if t.header < tableHeader+1 || t.header > int64(len(data)) || t.width < 1 && !empty {
		return &geo.InputError{
			Offset:  8,
			Message: geo.Textf("文件头长 %[1]d 字节、行长 %[2]d 字节，不合理", "a header of %[1]d bytes and rows of %[2]d bytes cannot be", t.header, t.width),
			Advice:  reexport,
		}
	}
	if err := t.readColumns(data[tableHeader:t.header]); err != nil {
		return err
	}
	// The last row may lack its final bytes only in files cut short.
	if room := (int64(len(data)) - t.header) / max(t.width, 1); rows > room {
		return &geo.InputError{
			Offset:  4,
			Message: geo.Textf("文件头称有 %[1]d 行，但文件只够 %[2]d 行", "the header claims %[1]d rows where the file holds %[2]d", rows, room),
			Advice:  reexport,
		}
	}
	t.rows = int(rows)
	return nil
}

// readColumns reads the field descriptors up to their end mark; what a writer
// pads the header with after it is not read.
func (t *table) readColumns(descriptors []byte) error {
	if t.width == 0 {
		return nil
	}
	narrow, wide := 1, 1
	for len(descriptors) >= tableHeader && descriptors[0] != endOfFields && descriptors[0] != 0 {
		d := descriptors[:tableHeader]
		descriptors = descriptors[tableHeader:]
		name, _, _ := bytes.Cut(d[:11], []byte{0})
		c := column{Field: geo.Field{Name: string(name)}, kind: d[11], width: int(d[16])}
		c.Type = fieldType(c.kind)
		if c.Type == geo.NumberField {
			c.Decimals = int(d[17])
		}
		t.columns = append(t.columns, c)
		narrow += c.width
		wide += c.width
		if c.kind == 'C' {
			// Clipper keeps the high byte of a text field's width where the
			// number of decimals is; believed only if it makes the row fit.
			t.columns[len(t.columns)-1].Decimals = int(d[17])
			wide += int(d[17]) << 8
		}
	}
	clipper := int64(narrow) != t.width && int64(wide) == t.width
	offset := 1
	for i := range t.columns {
		c := &t.columns[i]
		if c.kind == 'C' {
			if clipper {
				c.width += c.Decimals << 8
			}
			c.Decimals = 0
		}
		c.offset, c.Width = offset, c.width
		offset += c.width
		if int64(offset) > t.width {
			return &geo.InputError{
				Field: strings.ToValidUTF8(c.Name, "?"), Offset: tableHeader * int64(i+1),
				Message: geo.Textf("字段超出行长（%d 字节）", "the field lies outside the row of %d bytes", t.width),
				Advice:  reexport,
			}
		}
	}
	return nil
}

// row is the bytes of row i, deletion flag first.
func (t *table) row(i int) []byte {
	start := t.header + int64(i)*t.width
	return t.file.Data[start : start+t.width]
}

// deleted reports whether row i is marked deleted; rows past the end are not.
func (t *table) deleted(i int) bool {
	return i < t.rows && t.file.Data[t.header+int64(i)*t.width] == deletedFlag
}

// fieldType maps dBASE's types, FoxPro's included, to those of land data.
func fieldType(kind byte) geo.FieldType {
	switch kind {
	case 'N', 'F', 'I', 'O', 'B', 'Y', '+':
		return geo.NumberField
	case 'D', '@', 'T':
		return geo.DateField
	}
	return geo.TextField
}
