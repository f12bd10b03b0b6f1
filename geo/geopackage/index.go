package geopackage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

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
	var lost geo.LostFigures
	var wrong headers
	n := 0
	err = p.rows(l.root, func(id int64, r record) error {
		if n++; n%1024 == 0 && ctx.Err() != nil {
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

// compare holds the file's spatial index and extent against the shapes.
func (l *layer) compare(ctx context.Context, x *index) {
	if all := x.bound(); l.extent != nil && !all.IsEmpty() && !l.extent.covers(box{all.Min[0], all.Min[1], all.Max[0], all.Max[1]}) {
		l.odd.add(l.File(), "extent", 0, geo.Info, geo.Text{
			ZH: "gpkg_contents 中登记的范围没有包住图层的坐标，不予采信",
			EN: "the extent in gpkg_contents does not cover the layer's points and is not believed"})
	}
	if l.rtree == "" || l.key == "" {
		return
	}
	wrong, err := l.wrongEntries(ctx, x)
	switch {
	case errors.Is(err, errPages):
		l.odd.add(l.File(), "index", 0, geo.Warning, geo.Text{
			ZH: "空间索引已损坏，不予采信，以坐标为准", EN: "the spatial index is damaged and not believed; the points count"})
	case err == nil && wrong > 0:
		l.odd.add(l.File(), "index", 0, geo.Warning, geo.Textf(
			"空间索引有 %d 条与图形不符（缺少、多余或没有包住其坐标），不予采信，以坐标为准",
			"%d entries of the spatial index do not agree with the shapes (missing, of no shape or not covering it); it is not believed, the points count", wrong))
	}
}

// wrongEntries counts the shapes that the R-tree would hide and its entries of
// no shape. The tree is read as it is stored (sqlite.org/rtree.html): nodes of
// depth, number of cells, and cells of a key and four 32-bit coordinates, all
// big-endian; the root is node 1.
func (l *layer) wrongEntries(ctx context.Context, x *index) (int, error) {
	nodes, err := l.nodes(ctx)
	if err != nil {
		return 0, err
	}
	found := make([]bool, len(x.keys))
	wrong, read := 0, 0
	var visit func(node int64, depth int) error
	visit = func(node int64, depth int) error {
		data, ok := nodes[node]
		if read++; !ok || read > len(nodes) || len(data) < 4 {
			return errPages
		}
		n := int(binary.BigEndian.Uint16(data[2:]))
		if depth < 0 {
			depth = int(binary.BigEndian.Uint16(data))
		}
		if len(data) < 4+24*n || depth > 40 {
			return errPages
		}
		for c := range n {
			cell := data[4+24*c:]
			key := int64(binary.BigEndian.Uint64(cell))
			if depth > 0 {
				if err := visit(key, depth-1); err != nil {
					return err
				}
				continue
			}
			i := x.find(key)
			if i < 0 || x.boxes[i].empty() || found[i] {
				wrong++
				continue
			}
			v := func(i int) float64 { return float64(math.Float32frombits(binary.BigEndian.Uint32(cell[8+4*i:]))) }
			found[i] = true
			if b := x.boxes[i]; b != anywhere && !(box{v(0), v(2), v(1), v(3)}).covers(b) {
				wrong++
			}
		}
		return nil
	}
	if err := visit(1, -1); err != nil {
		return 0, err
	}
	for i, b := range x.boxes {
		if !found[i] && !b.empty() {
			wrong++
		}
	}
	return wrong, nil
}

// nodes are the nodes of the R-tree by their numbers.
func (l *layer) nodes(ctx context.Context) (map[int64][]byte, error) {
	conn, err := l.src.session(ctx, l.db)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	rows, err := conn.QueryContext(ctx, "SELECT +nodeno, +data FROM "+quote(l.rtree+"_node"))
	if err != nil {
		return nil, errPages
	}
	defer rows.Close()
	nodes := map[int64][]byte{}
	for rows.Next() {
		var id int64
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return nil, errPages
		}
		nodes[id] = data
	}
	if rows.Err() != nil {
		return nil, errPages
	}
	return nodes, nil
}

// findIndex looks for a registered R-tree of the layer.
func (l *layer) findIndex(ctx context.Context, conn *sql.Conn) error {
	err := conn.QueryRowContext(ctx, `SELECT +name FROM sqlite_master WHERE lower(name) = lower(?)
		AND type = 'table' AND lower(sql) LIKE 'create virtual table%using rtree%'`, "rtree_"+l.table+"_"+l.shapes).Scan(&l.rtree)
	if err != nil && err != sql.ErrNoRows {
		return l.src.broken(ctx, err)
	}
	var listed int
	err = conn.QueryRowContext(ctx, `SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'
		AND lower(table_name) = lower(?) AND lower(column_name) = lower(?)`, l.table, l.shapes).Scan(&listed)
	if err != nil || listed == 0 {
		l.rtree = "" // nobody else believes it either
	}
	return nil
}

// findExtent reads what the catalogue says of the layer's extent, if anything.
func (l *layer) findExtent(ctx context.Context, conn *sql.Conn, table string) {
	var v [4]sql.NullFloat64
	err := conn.QueryRowContext(ctx, "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", table).Scan(&v[0], &v[1], &v[2], &v[3])
	if err == nil && v[0].Valid && v[1].Valid && v[2].Valid && v[3].Valid {
		l.extent = &box{v[0].Float64, v[1].Float64, v[2].Float64, v[3].Float64}
	}
}

// lostKind says how a figure in a column of numbers is lost; 0 if it is not.
func lostKind(r record, place int) geo.LostKind {
	if bits, ok := r.real(place); ok {
		switch v := math.Float64frombits(bits); {
		case v-v != 0:
			return geo.NotNumber
		case geo.IsNullNumber(v):
			return geo.NullNumber
		}
		return 0
	}
	text, ok := r.text(place)
	if !ok {
		return 0
	}
	s := strings.TrimSpace(string(text[:min(len(text), 64)]))
	switch v, err := strconv.ParseFloat(s, 64); {
	case s == "":
		return 0
	case s[0] == '*':
		return geo.Asterisks
	case err != nil:
		return geo.TextNumber
	case v-v != 0:
		return geo.NotNumber
	case geo.IsNullNumber(v):
		return geo.NullNumber
	}
	return 0
}
