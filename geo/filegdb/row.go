package filegdb

import (
	"context"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// span is where a value lies in a row; from is -1 for null.
type span struct{ from, to int }

// split finds the values of the first n fields of a row. With all of them the
// row must end with the last.
func (t *table) split(row []byte, n int, out []span) ([]span, *damage) {
	at := t.nullBytes
	out = out[:0]
	for k := range t.fields[:n] {
		f := &t.fields[k]
		switch {
		case f.kind == objectIDKind, f.nullBit >= 0 && row[f.nullBit>>3]>>(f.nullBit&7)&1 != 0:
			out = append(out, span{-1, -1})
			continue
		case f.size != variable:
			if f.size > len(row)-at {
				return nil, shortRow(f, at, len(row))
			}
			out = append(out, span{at, at + f.size})
			at += f.size
			continue
		}
		length := uint64(0)
		if at < len(row) && row[at] < 0x80 {
			length = uint64(row[at])
			at++
		} else {
			c := cursor{data: row, at: at}
			if length = c.uint(); c.bad {
				return nil, shortRow(f, at, len(row))
			}
			at = c.at
		}
		if length > uint64(len(row)-at) {
			return nil, &damage{field: f.name, offset: at, message: geo.Textf("值称长 %[1]d 字节，但记录只剩 %[2]d 字节",
				"the value claims %[1]d bytes where the record has %[2]d left", length, len(row)-at)}
		}
		out = append(out, span{at, at + int(length)})
		at += int(length)
	}
	if n == len(t.fields) && at != len(row) {
		return nil, damaged(at, "各字段共 %[1]d 字节，记录却长 %[2]d 字节", "its fields have %[1]d bytes, the record %[2]d", at, len(row))
	}
	return out, nil
}

func shortRow(f *field, at, length int) *damage {
	return &damage{field: f.name, offset: at, message: geo.Textf("记录在此字段处中断（记录长 %d 字节）", "the record of %d bytes ends within this field", length)}
}

// scan visits the rows by OBJECTID, which is mostly how they lie in the file. An
// error of visit ends it.
func (t *table) scan(ctx context.Context, visit func(i int) error) error {
	err := inplace.Guard(0, func() error {
		way := inplace.Sequential{File: t.file}
		defer way.Leave()
		for i := range t.offsets {
			if i%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			way.Reach(int64(t.offsets[i]))
			if err := visit(i); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !t.file.Unchanged() {
		return inplace.Changed(0, nil)
	}
	return err
}

// each visits the values of every row, for tables that are read whole: those of
// the catalogue.
func (t *table) each(visit func(i int, at int64, row []byte, values []span) error) error {
	var spans []span
	if err := t.soundRows(); err != nil {
		return err
	}
	for i := range t.offsets {
		row, at, bad := t.row(i)
		if bad == nil {
			spans, bad = t.split(row, len(t.fields), spans)
		}
		if bad != nil {
			return t.refused(i, at, bad)
		}
		if err := visit(i, at, row, spans); err != nil {
			return err
		}
	}
	return nil
}

// soundRows checks that every row lies in the file, apart from the others.
func (t *table) soundRows() error {
	ends := make([]uint64, len(t.offsets))
	for i := range t.offsets {
		row, at, bad := t.row(i)
		if bad != nil {
			return t.refused(i, at, bad)
		}
		ends[i] = uint64(at) + uint64(len(row))
	}
	return t.apart(ends)
}
