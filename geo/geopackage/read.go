package geopackage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// near yields shapes and values of the rows whose shapes' boxes meet a box.
func (l *layer) near(ctx context.Context, boxes []orb.Bound, columns []string, yield func(geo.Feature, error) bool) error {
	conn, err := l.src.session(ctx, l.db)
	if err != nil {
		return err
	}
	defer conn.Close()
	var wanted *geo.Index
	var where string
	var args []any
	if boxes != nil {
		wanted = geo.NewIndex(boxes)
		if l.key != "" {
			x, err := l.index(ctx)
			if err != nil {
				return err
			}
			keys, all := x.candidates(wanted)
			if !all {
				where = " WHERE " + quote(l.key) + " IN (SELECT value FROM json_each(?))"
				args = append(args, keyList(keys))
			}
		}
	}
	return l.each(ctx, conn, quote(l.shapes), columns, where, args, func(record int, blob []byte, values []string) error {
		f := geo.Feature{Record: record, Values: values}
		if blob != nil {
			s, err := decodeBlob(blob)
			if err != nil {
				return l.place(err, record)
			}
			l.note(record, s)
			if len(s.parts) > 0 {
				f.Geometry = s.parts
			}
		}
		if wanted != nil && (f.Geometry == nil || !meets(wanted, f.Geometry.Bound())) {
			return nil
		}
		if !yield(f, nil) {
			return errStopped
		}
		return nil
	})
}

// values yields rows without their shapes.
func (l *layer) values(ctx context.Context, columns []string, yield func(geo.Feature, error) bool) error {
	conn, err := l.src.session(ctx, l.db)
	if err != nil {
		return err
	}
	defer conn.Close()
	// A view is always asked for the same columns, so that SQLite takes the same
	// path and the rows keep their numbers.
	shapes := "NULL"
	if l.view {
		shapes = quote(l.shapes)
	}
	return l.each(ctx, conn, shapes, columns, "", nil, func(record int, _ []byte, values []string) error {
		if !yield(geo.Feature{Record: record, Values: values}, nil) {
			return errStopped
		}
		return nil
	})
}

// each runs one query and hands out its rows in record order.
func (l *layer) each(ctx context.Context, conn *sql.Conn, shapes string, columns []string, where string, args []any,
	row func(record int, blob []byte, values []string) error) error {
	// A unary plus hides the declared type, for which the driver would turn
	// dates and booleans into something else.
	list := make([]string, 0, len(columns)+2)
	if l.key != "" {
		list = append(list, "+"+quote(l.key))
	} else {
		list = append(list, "0")
	}
	list = append(list, "+"+shapes)
	found := make([]int, len(columns)) // position in the query, -1 if absent
	kinds := make([]geo.FieldType, len(columns))
	if l.view {
		for _, c := range l.columns {
			list = append(list, bounded(c.name))
		}
	}
	for i, name := range columns {
		found[i] = -1
		for k, c := range l.columns {
			if !strings.EqualFold(c.name, name) {
				continue
			}
			kinds[i] = c.field.Type
			if l.view {
				found[i] = k + 2
				break
			}
			found[i] = len(list)
			list = append(list, bounded(c.name))
			break
		}
	}
	query := "SELECT " + strings.Join(list, ", ") + " FROM " + quote(l.table)
	if !l.view && l.key == "" {
		query += " NOT INDEXED" // rows in file order, not in some index's
	}
	query += where
	if l.key != "" {
		query += " ORDER BY " + quote(l.key)
	}
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return l.src.broken(ctx, err)
	}
	defer rows.Close()
	cells := make([]any, len(list))
	targets := make([]any, len(list))
	for i := range cells {
		targets[i] = &cells[i]
	}
	var key sql.NullInt64
	var blob sql.RawBytes
	targets[0], targets[1] = &key, &blob
	left := 2*l.src.size + minLength
	for n := 1; rows.Next(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := rows.Scan(targets...); err != nil {
			return l.src.broken(ctx, err)
		}
		if left -= int64(len(blob)); left < 0 && !l.view {
			return l.src.broken(ctx, errEndless)
		}
		record := n
		if l.key != "" {
			record = int(key.Int64)
		}
		values := make([]string, len(columns))
		for i, at := range found {
			if at < 0 {
				continue
			}
			if long, ok := cells[at].([]byte); ok {
				bytes, _ := strconv.Atoi(string(long))
				return l.place(geo.TooLong(geo.Printable(columns[i]), bytes), record)
			}
			text, err := valueText(cells[at], kinds[i])
			if f, ok := geo.AsInputError(err); ok {
				f.Field = columns[i]
			}
			if err != nil {
				return l.place(err, record)
			}
			values[i] = text
		}
		if err := row(record, blob, values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return l.src.broken(ctx, err)
	}
	return ctx.Err()
}

// bounded is a column as an expression that never yields a long value: a blob,
// which is no attribute, is null, and in place of a text of more than
// geo.MaxTextBytes its length comes, as a blob. It is told by the row's header,
// so that the text itself is not read.
func bounded(column string) string {
	c := quote(column)
	return fmt.Sprintf("CASE typeof(%[1]s) WHEN 'blob' THEN NULL WHEN 'text' THEN iif(octet_length(%[1]s) > %[2]d, CAST(octet_length(%[1]s) AS BLOB), %[1]s) ELSE %[1]s END",
		c, geo.MaxTextBytes)
}

// errEndless is a table whose rows hold more than its file does: their pages
// lead back into each other.
var errEndless = errors.New("rows of more bytes than the file has")

// note records what had to be mended in a shape.
func (l *layer) note(record int, s shape) {
	if s.closed > 0 {
		l.odd.add(l.File(), "open", record, geo.Warning, geo.Textf("%d 个环未闭合，已补上起点", "%d rings were open and have been closed", s.closed))
	}
	if s.dropped > 0 {
		l.odd.add(l.File(), "thin", record, geo.Warning, geo.Textf("%d 个环少于三个点，已舍去", "%d rings have fewer than three points and are left out", s.dropped))
	}
	if s.trailing > 0 {
		l.odd.add(l.File(), "trailing", record, geo.Warning, geo.Textf("几何之后多出 %d 字节", "%d bytes follow the geometry", s.trailing))
	}
	if int64(s.srs) != l.srsID {
		l.odd.add(l.File(), "srs", 0, geo.Warning, geo.Textf("第 %[1]d 条记录自称坐标系 %[2]d，按图层登记的 %[3]d 读取",
			"record %[1]d claims coordinate system %[2]d; the layer's, %[3]d, is used", record, s.srs, l.srsID))
	}
}
