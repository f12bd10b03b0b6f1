package filegdb

import (
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// reader reads rows for one consumer.
type reader struct {
	l      *Layer
	picked []int // places of the columns; -1 for one that the table lacks
	row    []byte
	at     int64
	spans  []span
	memo   []memo // of each column, the last text
	block  []string

	room    room
	singles []singleRing
}

// singleRing is what a shape of one ring is made of beside its vertices.
type singleRing struct {
	polygon [1]orb.Polygon
	ring    [1]orb.Ring
}

func (l *Layer) reader(columns []string) *reader {
	return &reader{l: l, picked: l.table.pick(columns), memo: make([]memo, len(columns))}
}

// Begin implements inplace.Reader: it takes row i apart.
func (r *reader) Begin(i int) (bool, error) {
	t := r.l.table
	var bad *damage
	if r.row, r.at, bad = t.row(i); bad == nil {
		r.spans, bad = t.split(r.row, len(t.fields), r.spans)
	}
	if bad != nil {
		return false, t.refused(i, r.at, bad)
	}
	return true, nil
}

// Shape implements inplace.Reader for the row that was begun last.
func (r *reader) Shape(i int) (orb.MultiPolygon, error) {
	l, t := r.l, r.l.table
	at, id := r.spans[t.shape.field], t.id(i)
	if at.from < 0 {
		return nil, nil
	}
	blob := r.row[at.from:at.to]
	h, bad := readHead(blob)
	if bad != nil || h.points == 0 {
		return nil, r.bad(bad, i, at.from)
	}
	if h.box(&t.shape.grid) != l.records.Boxes[i] {
		return nil, inplace.Changed(id, nil) // since the boxes were read
	}
	rings, bad := h.rings(blob, &t.shape.grid, &r.room)
	if bad != nil {
		return nil, r.bad(bad, i, at.from)
	}
	switch rings = inplace.Tidied(rings, id, &l.odd); len(rings) {
	case 0:
		return nil, nil
	case 1:
		return r.single(rings[0]), nil
	}
	polygons, err := inplace.Nested(rings, id, r.at)
	return polygons, ofFile(err, t.name+".gdbtable")
}

// single is the shape of one ring, as nesting makes it. Shapes share allocations.
func (r *reader) single(ring orb.Ring) orb.MultiPolygon {
	if geo.PlaneRing(ring) < 0 {
		slices.Reverse(ring)
	}
	if len(r.singles) == 0 {
		r.singles = make([]singleRing, 64)
	}
	one := &r.singles[0]
	r.singles = r.singles[1:]
	one.ring[0] = ring
	one.polygon[0] = one.ring[:]
	return one.polygon[:]
}

// bad places what is wrong with a value that begins at from in the row.
func (r *reader) bad(bad *damage, i, from int) error {
	if bad == nil {
		return nil
	}
	bad.offset += from
	return r.l.table.refused(i, r.at, bad)
}
