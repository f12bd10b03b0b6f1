package geopackage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"math"

	"landcheck/geo"
)

// compare holds the file's spatial index and extent against the shapes.
func (l *layer) compare(ctx context.Context, x *index) {
	all := x.bound()
	// Of a number written with fifteen digits, as GDAL does, the last one may be off.
	slack := float64(1e-14 * max(-all.Min[0], -all.Min[1], all.Max[0], all.Max[1]))
	if l.extent != nil && !all.IsEmpty() && !l.extent.covers(box{all.Min[0] + slack, all.Min[1] + slack, all.Max[0] - slack, all.Max[1] - slack}) {
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
	// A node has 51 entries at most and is half full or more; a table that holds
	// much beyond that is no tree, and is not taken into memory.
	nodes, left := map[int64][]byte{}, 64*l.rows+1<<20
	for rows.Next() {
		var id int64
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return nil, errPages
		}
		if left -= len(data); left < 0 {
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
