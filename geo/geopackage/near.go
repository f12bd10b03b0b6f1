package geopackage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

const (
	// One pass over the R-tree, 0.7 µs a row, beats a search per box, 25 µs, where
	// there are many boxes for the rows (BenchmarkNear).
	manyBoxes  = 500
	rowsPerBox = 32
	// rtreeSample rows are checked against the R-tree when a layer is opened.
	rtreeSample = 64
)

// findIndex settles whether the R-tree can be trusted: it is listed, holds one
// box per shape, and a sample of shapes lies in its boxes. Triggers are what
// keeps an R-tree right; files edited without them look right and are not.
func (l *layer) findIndex(ctx context.Context, conn *sql.Conn, shapes int) error {
	if l.key == "" || shapes == 0 {
		return nil
	}
	name := "rtree_" + l.table + "_" + l.shapes
	var found string
	err := conn.QueryRowContext(ctx, `SELECT +name FROM sqlite_master WHERE lower(name) = lower(?)
		AND type = 'table' AND lower(sql) LIKE 'create virtual table%using rtree%'`, name).Scan(&found)
	if err == sql.ErrNoRows {
		l.slow(geo.Text{ZH: "没有空间索引，将读取整个图层", EN: "there is no spatial index: the whole layer is read"})
		return nil
	}
	if err != nil {
		return l.src.broken(ctx, err)
	}
	var listed int
	err = conn.QueryRowContext(ctx, `SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'
		AND lower(table_name) = lower(?) AND lower(column_name) = lower(?)`, l.table, l.shapes).Scan(&listed)
	if err != nil || listed == 0 {
		l.slow(geo.Text{ZH: "空间索引未登记，不予采用，将读取整个图层", EN: "the spatial index is not registered and is not used: the whole layer is read"})
		return nil
	}
	stale := geo.Text{ZH: "空间索引与数据不一致，不予采用，将读取整个图层", EN: "the spatial index does not agree with the rows and is not used: the whole layer is read"}
	var boxes int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM "+quote(found+"_rowid")).Scan(&boxes); err != nil {
		l.slow(stale)
		return nil
	}
	if boxes != shapes {
		// Empty geometries have no box: count them only when it matters.
		var empty int
		err := conn.QueryRowContext(ctx, "SELECT count(*) FROM "+quote(l.table)+
			" WHERE "+quote(l.shapes)+" NOT NULL AND instr('13579BDF', substr(hex(substr("+quote(l.shapes)+", 4, 1)), 1, 1)) > 0").Scan(&empty)
		if err != nil || boxes != shapes-empty {
			l.slow(stale)
			return nil
		}
	}
	if ok, err := l.sampleFits(ctx, conn, found); err != nil || !ok {
		l.slow(stale)
		return nil
	}
	l.rtree = found
	return nil
}

func (l *layer) slow(message geo.Text) {
	l.odd.add(l.File(), "index", 0, geo.Info, message)
}

// sampleFits checks evenly spread rows against their boxes.
func (l *layer) sampleFits(ctx context.Context, conn *sql.Conn, rtree string) (bool, error) {
	key := quote(l.key)
	rows, err := conn.QueryContext(ctx, `
		WITH RECURSIVE ends(low, high) AS (SELECT min(`+key+`), max(`+key+`) FROM `+quote(l.table)+`),
		steps(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM steps WHERE n < ?)
		SELECT +t.`+quote(l.shapes)+`, r.minx, r.miny, r.maxx, r.maxy FROM steps, ends
		JOIN `+quote(l.table)+` t ON t.`+key+` = (SELECT `+key+` FROM `+quote(l.table)+`
			WHERE `+key+` >= low + CAST((high - low) * (n / CAST(? AS REAL)) AS INTEGER)
			ORDER BY `+key+` LIMIT 1)
		LEFT JOIN `+quote(rtree)+` r ON r.id = t.`+key, rtreeSample-1, rtreeSample-1)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		var blob sql.RawBytes
		var x0, y0, x1, y1 sql.NullFloat64
		if err := rows.Scan(&blob, &x0, &y0, &x1, &y1); err != nil {
			return false, err
		}
		if blob == nil {
			continue
		}
		s, err := decodeBlob(blob)
		if err != nil || len(s.parts) == 0 {
			continue // the reader of the row says so
		}
		b := s.parts.Bound()
		if !x0.Valid || b.Min[0] < x0.Float64 || b.Min[1] < y0.Float64 || b.Max[0] > x1.Float64 || b.Max[1] > y1.Float64 {
			return false, nil
		}
	}
	return true, rows.Err()
}

// rootBox reads the R-tree's root node: depth, cell count, then id and four
// 32-bit coordinates a cell, big-endian (sqlite.org/rtree.html).
func (l *layer) rootBox(ctx context.Context) (orb.Bound, bool) {
	conn, err := l.src.session(ctx, l.db)
	if err != nil {
		return nothing, false
	}
	defer conn.Close()
	var node []byte
	if err := conn.QueryRowContext(ctx, "SELECT data FROM "+quote(l.rtree+"_node")+" WHERE nodeno = 1").Scan(&node); err != nil || len(node) < 4 {
		return nothing, false
	}
	n := int(binary.BigEndian.Uint16(node[2:]))
	if n == 0 || len(node) < 4+24*n {
		return nothing, false
	}
	at := func(cell, i int) float64 {
		return float64(math.Float32frombits(binary.BigEndian.Uint32(node[4+24*cell+8+4*i:])))
	}
	b := nothing
	for c := range n {
		box := orb.Bound{Min: orb.Point{at(c, 0), at(c, 2)}, Max: orb.Point{at(c, 1), at(c, 3)}}
		if box.IsEmpty() || !finite(box.Min[0]) || !finite(box.Min[1]) || !finite(box.Max[0]) || !finite(box.Max[1]) {
			return nothing, false
		}
		b = join(b, box)
	}
	return b, true
}

// candidates are the keys of the rows whose R-tree box meets a box, sorted;
// all means that a scan is cheaper than fetching them one by one.
func (l *layer) candidates(ctx context.Context, conn *sql.Conn, boxes []orb.Bound, wanted *geo.Index) (keys []int64, all bool, err error) {
	seen := map[int64]bool{}
	collect := func(query string, keep func(orb.Bound) bool, args ...any) error {
		rows, err := conn.QueryContext(ctx, query, args...)
		if err != nil {
			return l.src.broken(ctx, err)
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var b orb.Bound
			if err := rows.Scan(&id, &b.Min[0], &b.Min[1], &b.Max[0], &b.Max[1]); err != nil {
				return l.src.broken(ctx, err)
			}
			if keep(b) {
				seen[id] = true
			}
		}
		if err := rows.Err(); err != nil {
			return l.src.broken(ctx, err)
		}
		return nil
	}
	query := "SELECT id, minx, miny, maxx, maxy FROM " + quote(l.rtree)
	if len(boxes) > max(manyBoxes, l.rows/rowsPerBox) {
		err = collect(query, func(b orb.Bound) bool { return meets(wanted, b) })
	} else {
		query += " WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
		for _, b := range boxes {
			if b.IsEmpty() {
				continue
			}
			if err = collect(query, func(orb.Bound) bool { return true }, b.Min[0], b.Max[0], b.Min[1], b.Max[1]); err != nil {
				break
			}
		}
	}
	if err != nil {
		return nil, false, err
	}
	if len(seen) > l.rows/2 {
		return nil, true, nil
	}
	for id := range seen {
		keys = append(keys, id)
	}
	slices.Sort(keys)
	return keys, false, nil
}

func meets(ix *geo.Index, b orb.Bound) bool {
	hit := false
	ix.Search(b, func(int) bool { hit = true; return false })
	return hit
}

// keyList is the keys as the JSON array that json_each takes: one statement
// for any number of them.
func keyList(keys []int64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(k, 10))
	}
	b.WriteByte(']')
	return b.String()
}
