package geopackage

import "encoding/binary"

// varint reads SQLite's variable-length number and its bytes, 0 if it is cut.
func varint(b []byte) (v int64, n int) {
	for i := range min(9, len(b)) {
		if i == 8 {
			return v<<8 | int64(b[8]), 9
		}
		v = v<<7 | int64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// column64 is the place of a value in a record and its serial type.
type column64 struct {
	kind     int64
	from, to int
}

// record is a row's values, which hold until the next row.
type record struct {
	data    []byte
	columns []column64
}

func (p *pages) record(payload []byte) (record, error) {
	head, n := varint(payload)
	if n == 0 || head < int64(n) || head > int64(len(payload)) {
		return record{}, errPages
	}
	p.types = p.types[:0]
	at := int(head)
	for i := n; i < int(head); {
		kind, n := varint(payload[i:head])
		if n == 0 || kind < 0 {
			return record{}, errPages
		}
		i += n
		size := serialSize(kind)
		if size > len(payload)-at {
			return record{}, errPages
		}
		p.types = append(p.types, column64{kind, at, at + size})
		at += size
	}
	return record{payload, p.types}, nil
}

// serialSize is how many bytes a value of a serial type takes.
func serialSize(kind int64) int {
	switch {
	case kind >= 12:
		if kind > 1<<33 {
			return 1 << 32 // more than any payload
		}
		return int(kind-12) / 2
	case kind >= 8:
		return 0
	}
	return [...]int{0, 1, 2, 3, 4, 6, 8, 8}[kind]
}

// blob is column i, nil if it is no blob or the row has none.
func (r record) blob(i int) []byte {
	if i >= len(r.columns) || r.columns[i].kind < 12 || r.columns[i].kind%2 == 1 {
		return nil
	}
	return r.data[r.columns[i].from:r.columns[i].to:r.columns[i].to]
}

// text is column i as it stands, ok if it is text.
func (r record) text(i int) (text []byte, ok bool) {
	if i >= len(r.columns) || r.columns[i].kind < 13 || r.columns[i].kind%2 == 0 {
		return nil, false
	}
	return r.data[r.columns[i].from:r.columns[i].to], true
}

// real is column i, ok if it is a floating-point number.
func (r record) real(i int) (bits uint64, ok bool) {
	if i >= len(r.columns) || r.columns[i].kind != 7 {
		return 0, false
	}
	return binary.BigEndian.Uint64(r.data[r.columns[i].from:]), true
}
