package filegdb

import (
	"context"
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
	nesting "landcheck/geo/rings"
)

// finder appends to out the candidates among the rows of a block.
type finder func(block int, out []int32) []int32

// all are all rows.
func (l *Layer) all(block int, out []int32) []int32 {
	from, to := l.block(block)
	for i := from; i < to; i++ {
		out = append(out, int32(i))
	}
	return out
}

// finding finds the rows whose boxes meet any of the boxes; nil means all.
func (l *Layer) finding(boxes []orb.Bound) finder {
	if boxes == nil {
		return l.all
	}
	q := inplace.NewQuery(boxes)
	return func(block int, out []int32) []int32 {
		if !q.Meets(l.blocks[block]) {
			return out
		}
		from, to := l.block(block)
		for i := from; i < to; i++ {
			if q.Meets(l.boxes[i]) {
				out = append(out, int32(i))
			}
		}
		return out
	}
}

// within finds what another does from one OBJECTID to another.
func (l *Layer) within(first, last int, find finder) finder {
	return func(block int, out []int32) []int32 {
		if from, to := l.block(block); from < to && (l.table.id(to-1) < first || l.table.id(from) > last) {
			return out
		}
		return slices.DeleteFunc(find(block, out), func(i int32) bool {
			id := l.table.id(int(i))
			return id < first || id > last
		})
	}
}

// Near implements geo.Layer. A record whose geometry came to nothing (null
// shape, no usable ring) is yielded only for nil boxes. Records are OBJECTIDs.
func (l *Layer) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return l.NearAfter(ctx, boxes, columns, 0, math.MaxInt)
}

// NearAfter implements geo.Seeker: records before are passed over unread.
func (l *Layer) NearAfter(ctx context.Context, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		if most <= 0 {
			return
		}
		n := 0
		page := func(f geo.Feature, err error) bool {
			n++
			return yield(f, err) && n < most
		}
		l.each(ctx, page, l.reader(columns), l.within(after+1, math.MaxInt, l.finding(boxes)), l.feature(boxes != nil))
	}
}

// feature reads rows with their shapes; those without are left out if shaped.
func (l *Layer) feature(shaped bool) func(r *reader, i int) (geo.Feature, bool, error) {
	return func(r *reader, i int) (f geo.Feature, wanted bool, err error) {
		if f.Geometry, err = r.geometry(i); err != nil || f.Geometry == nil && shaped {
			return f, false, err
		}
		f.Record = l.table.id(i)
		f.Values, err = r.values(i)
		return f, err == nil, err
	}
}

// Rows implements geo.Layer.
func (l *Layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		l.each(ctx, yield, l.reader(columns), l.all, func(r *reader, i int) (f geo.Feature, _ bool, err error) {
			if err = r.split(i); err != nil {
				return f, false, err
			}
			f.Record = l.table.id(i)
			f.Values, err = r.values(i)
			return f, err == nil, err
		})
	}
}

// forgetAfter is how many records are read before their pages are given back.
const forgetAfter = 64 << 10

// each yields the candidates that read finds wanted, in record order, until the
// consumer stops; a failure is placed and yielded once.
func (l *Layer) each(ctx context.Context, yield func(geo.Feature, error) bool, r *reader, find finder,
	read func(r *reader, i int) (f geo.Feature, wanted bool, err error)) {
	if l.closed.Load() {
		yield(geo.Feature{}, errClosed)
		return
	}
	defer l.table.file.Forget()
	var found []int32
	touched := 0
	for block := range l.blocks {
		if err := ctx.Err(); err != nil {
			yield(geo.Feature{}, err)
			return
		}
		found = find(block, found[:0])
		for _, i := range found {
			i := int(i)
			var f geo.Feature
			var wanted bool
			err := inplace.Guard(l.table.id(i), func() (err error) { f, wanted, err = read(r, i); return err })
			if err != nil {
				yield(geo.Feature{}, l.place(err))
				return
			}
			if wanted && !yield(f, nil) {
				return
			}
		}
		if touched += len(found); touched >= forgetAfter {
			touched = 0
			l.table.file.Forget()
		}
	}
	if !l.table.file.Unchanged() {
		yield(geo.Feature{}, l.place(inplace.Changed(0, nil)))
	}
}

// reader reads rows for one consumer.
type reader struct {
	l      *Layer
	picked []int // places of the columns; -1 for one that the table lacks
	row    []byte
	at     int64
	spans  []span
	memo   []memo // of each column, the last text
	block  []string

	rings   []orb.Ring // room for those of a shape while it is nested
	singles []singleRing
}

// singleRing is what a shape of one ring is made of beside its vertices.
type singleRing struct {
	polygon [1]orb.Polygon
	ring    [1]orb.Ring
}

// memo is the last text of a column: neighbours often repeat a value.
type memo struct {
	raw  []byte
	text string
	some bool
}

func (l *Layer) reader(columns []string) *reader {
	return &reader{l: l, picked: l.table.pick(columns), memo: make([]memo, len(columns))}
}

// split takes row i apart.
func (r *reader) split(i int) error {
	t := r.l.table
	var bad *damage
	if r.row, r.at, bad = t.row(i); bad == nil {
		r.spans, bad = t.split(r.row, len(t.fields), r.spans)
	}
	if bad != nil {
		return bad.at(t.id(i), r.at)
	}
	return nil
}

// geometry reads row i and decodes its shape; nil for a null one.
func (r *reader) geometry(i int) (orb.MultiPolygon, error) {
	if err := r.split(i); err != nil {
		return nil, err
	}
	l, t := r.l, r.l.table
	at, id := r.spans[t.shape.field], t.id(i)
	if at.from < 0 {
		return nil, nil
	}
	blob := r.row[at.from:at.to]
	h, bad := readHead(blob)
	if bad != nil || h.points == 0 {
		return nil, r.bad(bad, id, at.from)
	}
	if h.box(&t.shape.grid) != l.boxes[i] {
		return nil, inplace.Changed(id, nil) // since the boxes were read
	}
	rings, bad := h.rings(blob, &t.shape.grid, r.rings)
	if bad != nil {
		return nil, r.bad(bad, id, at.from)
	}
	r.rings = rings[:0]
	kept := rings[:0]
	for _, ring := range rings {
		if ring = l.tidy(ring, id); ring != nil {
			kept = append(kept, ring)
		}
	}
	if len(kept) == 0 {
		l.odd.Add(noRing, id)
		return nil, nil
	}
	if len(kept) == 1 {
		return r.single(kept[0]), nil
	}
	polygons, ok := nesting.Nest(kept)
	if !ok {
		return nil, &geo.InputError{Record: id, Offset: r.at,
			Message: geo.Textf("图形有 %[1]d 个环，嵌套关系过于复杂", "the nesting of the shape's %[1]d rings is too intricate", len(kept)),
			Advice:  geo.Textf("请将该图形拆分为多个图斑", "Split the shape into several parcels")}
	}
	return polygons, nil
}

// single is the shape of one ring, as nesting makes it. Shapes share allocations.
func (r *reader) single(ring orb.Ring) orb.MultiPolygon {
	if nesting.Area(ring) < 0 {
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
func (r *reader) bad(bad *damage, id, from int) error {
	if bad == nil {
		return nil
	}
	bad.offset += from
	return bad.at(id, r.at)
}

// tidy closes a ring and drops one that encloses nothing for want of points.
func (l *Layer) tidy(ring orb.Ring, id int) orb.Ring {
	if len(ring) > 0 && ring[0] != ring[len(ring)-1] {
		ring = append(ring, ring[0])
		l.odd.Add(openRing, id)
	}
	if !inplace.ThreeDistinct(ring) {
		l.odd.Add(thinRing, id)
		return nil
	}
	return ring
}

// values are the texts of the columns of the row that was split last.
func (r *reader) values(i int) ([]string, error) {
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
			return "", r.bad(bad, t.id(i), at.from)
		}
		*m = memo{append(m.raw[:0], raw...), text, true}
	}
	return m.text, nil
}

// cells are the values of the row that was split last, as bytes; most are text
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
