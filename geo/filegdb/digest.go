package filegdb

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// Digest hashes the layer's table and the places of its rows: for each its
// ending, its length as eight bytes (little endian) and its bytes. Locks,
// indexes and times do not count. It reads every row on the way, unless a cache
// knows that it did: one that cannot be read, or a shape that its own box does not
// cover, is a *geo.InputError.
func (l *Layer) Digest(ctx context.Context) (string, error) {
	if l.closed.Load() {
		return "", errClosed
	}
	if l.known != "" {
		return l.known, nil
	}
	sum := sha256.New()
	for _, p := range []struct {
		ending string
		file   *inplace.File
	}{{".gdbtable", l.table.file}, {".gdbtablx", l.table.index}} {
		if p.file == nil {
			continue
		}
		if err := inplace.HashFile(ctx, sum, p.ending, p.file.Source, nil); err != nil {
			return "", l.place(err)
		}
	}
	lost, err := l.inspect(ctx)
	if err != nil {
		return "", l.place(err)
	}
	l.lost.Store(&lost)
	digest := "sha256:" + hex.EncodeToString(sum.Sum(nil))
	l.cache.Write(inplace.Memory{Digest: digest, Live: l.Len(), Lost: lost, Records: l.records}, &l.odd)
	return digest, nil
}

// inspect reads every row whole and counts the figures that are lost.
func (l *Layer) inspect(ctx context.Context) ([]geo.LostValues, error) {
	t := l.table
	var lost geo.LostCounter
	var spans []span
	var in room
	err := t.scan(ctx, func(i int) error {
		row, at, bad := t.row(i)
		if bad == nil {
			spans, bad = t.split(row, len(t.fields), spans)
		}
		if bad == nil {
			bad = t.inspectRow(row, spans, t.id(i), &in, &lost)
		}
		if bad != nil {
			return t.refused(i, at, bad)
		}
		return nil
	})
	return lost.List(), err
}

// inspectRow looks at the values of a row.
func (t *table) inspectRow(row []byte, spans []span, id int, in *room, lost *geo.LostCounter) *damage {
	for k := range t.fields {
		f, at := &t.fields[k], spans[k]
		if at.from < 0 {
			continue
		}
		raw := row[at.from:at.to]
		var bad *damage
		switch f.kind {
		case textKind:
			if !t.utf8 || !ascii(raw) {
				_, bad = t.words(f, raw)
			}
		case float64Kind:
			if kind := lostKind(float(raw), 64); kind != 0 {
				lost.Add(f.name, kind, id)
			}
		case float32Kind:
			if kind := lostKind(float64(math.Float32frombits(binary.LittleEndian.Uint32(raw))), 32); kind != 0 {
				lost.Add(f.name, kind, id)
			}
		case shapeKind:
			bad = t.inspectShape(raw, in)
		}
		if bad != nil {
			bad.offset += at.from
			return bad
		}
	}
	return nil
}

func ascii(text []byte) bool {
	for _, b := range text {
		if b >= 0x80 {
			return false
		}
	}
	return len(text) <= geo.MaxTextBytes
}

func lostKind(v float64, bits int) geo.LostKind {
	switch {
	case v-v != 0:
		return geo.NotNumber
	case isNullNumber(v, bits):
		return geo.NullNumber
	}
	return 0
}

// inspectShape walks a shape's vertices; one with curves is drawn.
func (t *table) inspectShape(blob []byte, in *room) *damage {
	h, bad := readHead(blob)
	if bad != nil || h.points == 0 {
		return bad
	}
	if h.curves > 0 {
		_, bad := h.rings(blob, &t.shape.grid, in)
		return bad
	}
	var few [8]int
	_, at, bad := h.counts(blob, few[:0])
	if bad != nil {
		return bad
	}
	w := h.walk(blob, at)
	for left := int(h.points); left > 0; {
		left -= len(w.next(left, in))
	}
	return w.check(&h)
}
