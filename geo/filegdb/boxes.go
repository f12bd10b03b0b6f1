package filegdb

import (
	"context"

	"landcheck/geo/inplace"
)

// readBoxes takes the box of every row from the beginning of its shape, and
// checks that each row lies in the file, apart from the others.
func (l *Layer) readBoxes(ctx context.Context) error {
	t := l.table
	boxes, ends := make([]inplace.Box, len(t.offsets)), make([]uint64, len(t.offsets))
	var spans []span
	err := t.scan(ctx, func(i int) error {
		row, at, bad := t.row(i)
		var h head
		if bad == nil {
			h, spans, bad = t.head(row, spans)
		}
		if bad != nil {
			return t.refused(i, at, bad)
		}
		boxes[i], ends[i] = h.box(&t.shape.grid), uint64(at)+uint64(len(row))
		l.note(&h, t.id(i))
		return nil
	})
	if err != nil {
		return err
	}
	l.records = inplace.NewRecords(boxes)
	return t.apart(ends)
}

// head reads the beginning of a row's shape.
func (t *table) head(row []byte, spans []span) (head, []span, *damage) {
	spans, bad := t.split(row, t.shape.field+1, spans)
	if bad != nil {
		return head{}, spans, bad
	}
	at := spans[t.shape.field]
	if at.from < 0 {
		return head{}, spans, nil
	}
	h, bad := readHead(row[at.from:at.to])
	if bad == nil && !h.areal() {
		bad = notPolygon(h.kind)
	}
	if bad != nil {
		bad.offset += at.from
	}
	return h, spans, bad
}

// note says what is odd about a shape by its beginning.
func (l *Layer) note(h *head, id int) {
	switch {
	case h.points == 0:
		l.odd.Add(inplace.NullShape, id)
	case h.curves > 0:
		l.odd.Add(curved, id)
	}
}
