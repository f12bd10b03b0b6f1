package shapefile

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"landcheck/geo"
)

// numberInspector looks at the columns of numbers of a table as its bytes pass by on
// their way to the digest, for figures that are lost.
type numberInspector struct {
	table   *table
	columns []*column // of numbers
	skip    int64     // bytes before the first row
	part    []byte    // of a row that the last bytes cut
	row     int       // the next one
	lost    geo.LostCounter
}

func (t *table) inspector() *numberInspector {
	s := &numberInspector{table: t, skip: t.header}
	for i := range t.columns {
		switch c := &t.columns[i]; c.kind {
		case 'N', 'F':
			s.columns = append(s.columns, c)
		case 'O', 'B':
			if c.width == 8 {
				s.columns = append(s.columns, c)
			}
		}
	}
	return s
}

// Write takes the next bytes of the file.
func (s *numberInspector) Write(p []byte) (int, error) {
	n := len(p)
	if len(s.columns) == 0 {
		return n, nil
	}
	if s.skip > 0 {
		k := min(s.skip, int64(len(p)))
		s.skip, p = s.skip-k, p[k:]
	}
	width := int(s.table.width)
	if len(s.part) > 0 {
		k := min(width-len(s.part), len(p))
		s.part, p = append(s.part, p[:k]...), p[k:]
		if len(s.part) < width {
			return n, nil
		}
		s.look(s.part)
		s.part = s.part[:0]
	}
	for len(p) >= width && s.row < s.table.rows {
		s.look(p[:width])
		p = p[width:]
	}
	if s.row < s.table.rows {
		s.part = append(s.part, p...)
	}
	return n, nil
}

func (s *numberInspector) look(row []byte) {
	s.row++
	if row[0] == deletedFlag || s.row > s.table.rows {
		return
	}
	for _, c := range s.columns {
		raw := row[c.offset : c.offset+c.width]
		if c.kind == 'N' || c.kind == 'F' {
			if digits(raw) {
				continue
			}
		}
		if kind := lostKind(c.kind, raw); kind != 0 {
			s.lost.Add(c.Name, kind, s.row)
		}
	}
}

// digits reports whether text is nothing but the characters from space to 9,
// asterisks left out: what all but a few figures consist of. Eight bytes at a
// time, since a county has a hundred million of them.
func digits(text []byte) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for len(text) >= 8 {
		x := binary.LittleEndian.Uint64(text)
		star := x ^ ones*'*'
		// A top bit stands for a byte of 128 or more, above '9', below ' ', or '*'.
		if (x|(x+ones*(127-'9'))|(x-ones*' ')|(star-ones)&^star)&tops != 0 {
			return false
		}
		text = text[8:]
	}
	for _, b := range text {
		if b < ' ' || b > '9' || b == '*' {
			return false
		}
	}
	return true
}

// lostKind says how a figure is lost; 0 if it is not.
func lostKind(column byte, raw []byte) geo.LostKind {
	if column == 'O' || column == 'B' {
		switch v := float(raw); {
		case v-v != 0:
			return geo.NotNumber
		case geo.IsNullNumber(v):
			return geo.NullNumber
		}
		return 0
	}
	text := bytes.TrimLeft(raw, " ")
	bare := bytes.Trim(text, " \x00\t\r\n")
	switch {
	case len(bare) == 0:
		return 0
	case bare[0] == '*':
		return geo.Asterisks
	}
	said := decimalValue(raw)
	if said == "" {
		return geo.NotNumber
	}
	v, err := strconv.ParseFloat(said, 64)
	switch {
	case err != nil && v-v != 0: // out of range
		return geo.NotNumber
	case err != nil:
		return geo.TextNumber
	case geo.IsNullNumber(v):
		return geo.NullNumber
	case text[0] == 0:
		return geo.LeadingNULs
	}
	return 0
}
