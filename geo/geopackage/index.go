package geopackage

import (
	"context"
	"database/sql"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// index is the boxes of a table's shapes as its points make them, by key. It
// takes the place of the file's own R-tree, which programs that write without
// its triggers leave behind, and which a search would believe in silence.
type index struct {
	keys  []int64 // ascending
	boxes []box
}

func (x *index) add(key int64, b box) {
	x.keys, x.boxes = append(x.keys, key), append(x.boxes, b)
}

// find is the place of a key, -1 if there is none.
func (x *index) find(key int64) int {
	if len(x.keys) == 0 {
		return -1
	}
	if i := key - x.keys[0]; i >= 0 && i < int64(len(x.keys)) && x.keys[i] == key { // most keys count from one
		return int(i)
	}
	if i, ok := slices.BinarySearch(x.keys, key); ok {
		return i
	}
	return -1
}

// bound is the box of all that have a place.
func (x *index) bound() orb.Bound {
	all := emptyBox
	for _, b := range x.boxes {
		if !b.empty() && finite(b[2]-b[0]) && finite(b[3]-b[1]) {
			all = box{min(all[0], b[0]), min(all[1], b[1]), max(all[2], b[2]), max(all[3], b[3])}
		}
	}
	if all.empty() {
		return nothing
	}
	return all.bound()
}

// index looks at every shape, once, and says what the file has wrong of them.
func (l *layer) index(ctx context.Context) (*index, error) {
	if l.indexed != nil {
		return l.indexed, nil
	}
	if l.view {
		return nil, errPages
	}
	x, err := l.indexPages(ctx)
	if err != nil && ctx.Err() == nil {
		x, err = l.indexSQL(ctx)
	}
	if err != nil {
		return nil, err
	}
	l.indexed = x
	l.compare(ctx, x)
	return x, nil
}

// indexPages reads the table's pages.
func (l *layer) indexPages(ctx context.Context) (*index, error) {
	file, err := regular.Open(l.src.path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	p, err := openPages(file, l.src.size)
	if err != nil {
		return nil, err
	}
	x := &index{keys: make([]int64, 0, l.rows), boxes: make([]box, 0, l.rows)}
	var lost geo.LostCounter
	var wrong headers
	n := 0
	err = p.rows(l.root, func(id int64, r record) error {
		if n++; n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		b := emptyBox
		if blob := r.blob(l.shapeAt); blob != nil {
			b = wrong.look(blob, n, l.record(id, n))
		}
		x.add(id, b)
		for _, c := range l.columns {
			if c.field.Type == geo.NumberField {
				if kind := lostKind(r, c.place); kind != 0 {
					lost.Add(geo.Printable(c.name), kind, l.record(id, n))
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if n != l.rows || !slices.IsSorted(x.keys) {
		return nil, errPages
	}
	list := lost.List()
	l.lost.Store(&list)
	wrong.tell(l)
	return x, nil
}

// record is the number by which a row is known to the readers of the layer.
func (l *layer) record(id int64, n int) int {
	if l.key == "" {
		return n
	}
	return int(id)
}

// indexSQL asks the database for every shape.
func (l *layer) indexSQL(ctx context.Context) (*index, error) {
	if l.key == "" {
		return nil, errPages
	}
	conn, err := l.src.session(ctx, l.db)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	rows, err := conn.QueryContext(ctx, "SELECT +"+quote(l.key)+", +"+quote(l.shapes)+" FROM "+quote(l.table)+" ORDER BY "+quote(l.key))
	if err != nil {
		return nil, l.src.broken(ctx, err)
	}
	defer rows.Close()
	x := &index{}
	var wrong headers
	var blob sql.RawBytes
	for rows.Next() {
		var key int64
		if err := rows.Scan(&key, &blob); err != nil {
			return nil, l.src.broken(ctx, err)
		}
		b := emptyBox
		if blob != nil {
			b = wrong.look(blob, len(x.keys)+1, int(key))
		}
		x.add(key, b)
	}
	if err := rows.Err(); err != nil {
		return nil, l.src.broken(ctx, err)
	}
	wrong.tell(l)
	return x, nil
}

// headers counts shapes whose own header states a box that does not hold them.
type headers struct{ count, first int }

func (h *headers) look(blob []byte, _, record int) box {
	b, said, stated := envelope(blob)
	if stated && !b.empty() && b != anywhere && !said.covers(b) {
		if h.count++; h.count == 1 {
			h.first = record
		}
	}
	return b
}

func (h *headers) tell(l *layer) {
	if h.count > 0 {
		l.odd.add(l.File(), "envelope", 0, geo.Warning, geo.Textf(
			"%[1]d 条记录的几何头中的外包框没有包住其坐标，不予采信，以坐标为准（首条为 %[2]d）",
			"in %[1]d records the box in the geometry's header does not cover its points; it is not believed, the points count (the first is %[2]d)", h.count, h.first))
	}
}
