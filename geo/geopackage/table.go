package geopackage

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"landcheck/geo"
)

// column is one attribute of a table.
type column struct {
	name  string // as stored
	field geo.Field
	place int // among the stored values of a row
}

// layer opens one table: its columns, key, counts, system and index.
func (s *source) layer(ctx context.Context, conn *sql.Conn, t content) (*layer, error) {
	l := &layer{src: s, table: t.name, srsID: t.srs.Int64}
	var kind string
	err := conn.QueryRowContext(ctx, `SELECT +name, +type, coalesce(rootpage, 0) FROM sqlite_master
		WHERE lower(name) = lower(?) AND type IN ('table', 'view')`, t.name).Scan(&l.table, &kind, &l.root)
	if err == sql.ErrNoRows {
		return nil, l.place(&geo.InputError{
			Message: geo.Text{ZH: "目录表登记了该图层，但数据表不存在", EN: "the layer is listed but its table is missing"},
			Advice:  rewriteAdvice}, 0)
	}
	if err != nil {
		return nil, s.broken(ctx, err)
	}
	l.view = kind == "view"
	if err := l.describe(ctx, conn, t.column); err != nil {
		return nil, err
	}
	// Of a shape only its length is looked at: it does not come into memory.
	count := "SELECT count(*), count(octet_length(" + quote(l.shapes) + ")) FROM " + quote(l.table)
	var withShape int
	if err := conn.QueryRowContext(ctx, count).Scan(&l.rows, &withShape); err != nil {
		return nil, s.broken(ctx, err)
	}
	l.nulls = l.rows - withShape
	if l.nulls > 0 {
		l.odd.add(l.File(), "null", 0, geo.Warning, geo.Textf("%d 条记录没有图形", "%d records have no shape", l.nulls))
	}
	l.crs, l.crsErr = s.system(ctx, conn, t.srs)
	l.crsErr = l.place(l.crsErr, 0)
	if err := l.findIndex(ctx, conn); err != nil {
		return nil, err
	}
	l.findExtent(ctx, conn, t.name)
	s.wal.Do(func() { // once for the file, with its first layer
		if s.log {
			l.odd.add(s.shown, "wal", 0, geo.Warning, geo.Text{
				ZH: "文件处于 WAL（写前日志）模式，但旁边没有 -wal 日志；若日志中有未合并的修改，这些修改不在文件里",
				EN: "the file is in WAL mode (write-ahead log) and no -wal lies beside it; changes that were only in the log are not in the file"})
		}
	})
	if l.db, err = s.open(); err != nil {
		return nil, err
	}
	return l, nil
}

// describe reads the columns. A view has no key: its rows are counted.
func (l *layer) describe(ctx context.Context, conn *sql.Conn, shapes string) error {
	rows, err := conn.QueryContext(ctx, `SELECT +name, coalesce(type, ''), pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid`, l.table)
	if err != nil {
		return l.src.broken(ctx, err)
	}
	defer rows.Close()
	keys, places := 0, 0
	for rows.Next() {
		var name, declared string
		var pk, hidden int
		if err := rows.Scan(&name, &declared, &pk, &hidden); err != nil {
			return l.src.broken(ctx, err)
		}
		place := places
		if hidden != 2 { // a generated column that is not stored
			places++
		}
		if strings.EqualFold(name, shapes) {
			l.shapes, l.shapeAt = name, place
			continue
		}
		if pk > 0 {
			keys++
			// Only this spelling is the row's own number in SQLite.
			if strings.EqualFold(declared, "INTEGER") {
				l.key = name
			}
		}
		if len(name) > geo.MaxNameBytes {
			return l.place(geo.LongName(name), 0)
		}
		if len(l.columns) >= geo.MaxFields {
			return l.place(geo.TooMany(geo.FieldsOfLayer, geo.MaxFields), 0)
		}
		if f, ok := fieldOf(name, declared); ok {
			l.columns = append(l.columns, column{name, f, place})
		}
	}
	if err := rows.Err(); err != nil {
		return l.src.broken(ctx, err)
	}
	if keys != 1 || l.view {
		l.key = ""
	}
	if l.shapes == "" {
		return l.place(&geo.InputError{Field: shapes,
			Message: geo.Text{ZH: "登记的几何字段不在表中", EN: "the registered geometry column is not in the table"},
			Advice:  rewriteAdvice}, 0)
	}
	return nil
}

var typeWidth = regexp.MustCompile(`^[A-Z ]+\( *([0-9]{1,9})`)

// fieldOf maps a declared type; blobs are no attributes. Widths and decimals
// are those that a Shapefile would need at most.
func fieldOf(name, declared string) (geo.Field, bool) {
	declared = strings.ToUpper(strings.TrimSpace(declared))
	base, _, _ := strings.Cut(declared, "(")
	switch strings.TrimSpace(base) {
	case "BLOB":
		return geo.Field{}, false
	case "BOOLEAN":
		return geo.Field{Name: name, Type: geo.NumberField, Width: 1}, true
	case "TINYINT":
		return geo.Field{Name: name, Type: geo.NumberField, Width: 4}, true
	case "SMALLINT":
		return geo.Field{Name: name, Type: geo.NumberField, Width: 6}, true
	case "MEDIUMINT":
		return geo.Field{Name: name, Type: geo.NumberField, Width: 11}, true
	case "INT", "INTEGER", "BIGINT":
		return geo.Field{Name: name, Type: geo.NumberField, Width: 20}, true
	case "FLOAT", "DOUBLE", "REAL", "NUMERIC":
		return geo.Field{Name: name, Type: geo.NumberField, Width: 20, Decimals: 8}, true
	case "DATE":
		return geo.Field{Name: name, Type: geo.DateField, Width: 8}, true
	}
	width := 254
	if m := typeWidth.FindStringSubmatch(declared); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 && n < width {
			width = n
		}
	}
	return geo.Field{Name: name, Type: geo.TextField, Width: width}, true
}

// quote makes an SQL identifier.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// system finds the table's coordinate system: by EPSG code, else by the
// definition's parameters. Systems 0 and -1 are "undefined" by the standard.
func (s *source) system(ctx context.Context, conn *sql.Conn, id sql.NullInt64) (geo.CRS, error) {
	if !id.Valid || id.Int64 == 0 || id.Int64 == -1 {
		return geo.CRS{}, nil
	}
	var organization, definition string
	var code int
	err := conn.QueryRowContext(ctx, `SELECT upper(coalesce(organization, '')), organization_coordsys_id, coalesce(definition, '')
		FROM gpkg_spatial_ref_sys WHERE srs_id = ?`, id.Int64).Scan(&organization, &code, &definition)
	if err == sql.ErrNoRows {
		return geo.CRS{}, &geo.InputError{
			Message: geo.Textf("坐标系 %d 未在 gpkg_spatial_ref_sys 中定义", "coordinate system %d is not defined in gpkg_spatial_ref_sys", id.Int64),
			Advice:  rewriteAdvice}
	}
	if err != nil {
		return geo.CRS{}, s.broken(ctx, err)
	}
	if organization == "EPSG" {
		crs, err := geo.FromEPSG(code)
		if err == nil {
			return crs, nil
		}
		return geo.CRS{}, err
	}
	// GDAL registers layers without a system as LOCAL_CS["Undefined …"].
	if d := strings.ToLower(strings.TrimSpace(definition)); d == "" || d == "undefined" || strings.HasPrefix(d, `local_cs["undefined`) {
		return geo.CRS{}, nil
	}
	crs, err := geo.ParseWKT(definition)
	if err != nil {
		if _, ok := geo.AsInputError(err); !ok {
			err = fmt.Errorf("definition of system %d: %w", id.Int64, err)
		}
		return geo.CRS{}, err
	}
	return crs, nil
}
