package filegdb

import (
	"landcheck/geo/inplace"
)

// readBoxes takes the box of every row from the beginning of its shape, and
// checks that each row lies in the file, apart from the others.
func (l *Layer) readBoxes() error {
	t := l.table
	l.boxes = make([]inplace.Box, len(t.offsets))
	err := inplace.Guard(0, func() error {
		var spans []span
		way := inplace.Sequential{File: t.file}
		defer way.Leave()
		for i := range t.offsets {
			way.Reach(int64(t.offsets[i]))
			row, at, bad := t.row(i)
			if bad == nil {
				var h head
				if h, spans, bad = t.head(row, spans); bad == nil {
					l.boxes[i] = h.box(&t.shape.grid)
					l.note(&h, t.id(i))
				}
			}
			if bad != nil {
				return bad.at(t.id(i), at)
			}
		}
		return t.apart()
	})
	l.blocks = make([]inplace.Box, inplace.BlockCount(len(l.boxes)))
	for b := range l.blocks {
		from, to := l.block(b)
		l.blocks[b] = inplace.Around(l.boxes[from:to])
	}
	return err
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
		l.odd.Add(nullShape, id)
	case h.curves > 0:
		l.odd.Add(curved, id)
	}
}
