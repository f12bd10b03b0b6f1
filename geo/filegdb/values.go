package filegdb

import (
	"strconv"

	"landcheck/geo"
)

// memo is the last text of a column: neighbours often repeat a value.
type memo struct {
	raw  []byte
	text string
	some bool
}

// Values implements inplace.Reader for the row that was begun last.
func (r *reader) Values(i int) ([]string, error) {
	n := len(r.picked)
	if len(r.block) < n {
		r.block = make([]string, 64*n) // rows share allocations
	}
	values := r.block[:n:n]
	r.block = r.block[n:]
	for k := range r.picked {
		var err error
		if values[k], err = r.value(i, k); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// value is the text of one of the columns.
func (r *reader) value(i, k int) (string, error) {
	t, column := r.l.table, r.picked[k]
	if column < 0 {
		return "", nil
	}
	f, at := &t.fields[column], r.spans[column]
	switch {
	case f.kind == objectIDKind:
		return strconv.Itoa(t.id(i)), nil
	case at.from < 0:
		return "", nil
	}
	raw, m := r.row[at.from:at.to], &r.memo[k]
	if !m.some || string(raw) != string(m.raw) {
		text, bad := t.text(f, raw)
		if bad != nil {
			return "", r.bad(bad, i, at.from)
		}
		*m = memo{append(m.raw[:0], raw...), text, true}
	}
	return m.text, nil
}

// cells are the values of the row that was begun last, as bytes; most are text
// that lies in the row as it is.
func (r *reader) cells(i int, out [][]byte) error {
	t := r.l.table
	for k, column := range r.picked {
		out[k] = nil
		if column < 0 {
			continue
		}
		if f, at := &t.fields[column], r.spans[column]; f.kind == textKind && t.utf8 && at.from >= 0 && plain(r.row[at.from:at.to]) {
			out[k] = r.row[at.from:at.to]
			continue
		}
		text, err := r.value(i, k)
		if err != nil {
			return err
		}
		out[k] = []byte(text)
	}
	return nil
}

// plain reports text of ASCII without blanks or control characters, which needs
// no trimming.
func plain(text []byte) bool {
	for _, b := range text {
		if b <= ' ' || b >= 0x7f {
			return false
		}
	}
	return len(text) <= geo.MaxTextBytes
}
