package geopackage

import (
	"context"
	"database/sql"

	"landcheck/geo"
)

// lookedAt is how many rows of a table that is no layer are looked at for
// shapes.
const lookedAt = 100

// skipped is the notice of a listed table that is not read: a warning where its
// rows hold shapes all the same, so that whoever reads the package has to
// account for it.
func (s *source) skipped(ctx context.Context, conn *sql.Conn, t content, reason geo.Text) geo.Notice {
	n := geo.Notice{Severity: geo.Info, File: s.shown + "!" + geo.Printable(t.name), Message: reason}
	if t.geometry == "" && s.holdsShapes(ctx, conn, t.name) {
		n.Severity = geo.Warning
		n.Message = geo.Text{ZH: "表中有图形，但未登记为要素图层，未读取；请用 GIS 软件重新导出",
			EN: "the table holds shapes but is not registered as a layer of features, and is not read; export it again with a GIS"}
	}
	return n
}

// unlisted are the notices of tables with shapes that the catalogue does not
// list: other programs show them, and land may be in them. Views are left out:
// what they show lies in tables.
func (s *source) unlisted(ctx context.Context, conn *sql.Conn) ([]geo.Notice, error) {
	rows, err := conn.QueryContext(ctx, `SELECT +name FROM sqlite_master
		WHERE type = 'table' AND lower(name) NOT IN (SELECT lower(table_name) FROM gpkg_contents)
		AND name NOT LIKE 'gpkg\_%' ESCAPE '\' AND name NOT LIKE 'rtree\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		ORDER BY name LIMIT ?`, geo.MaxTables)
	if err != nil {
		return nil, s.broken(ctx, err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, s.broken(ctx, err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return nil, s.broken(ctx, err)
	}
	var told []geo.Notice
	for _, name := range names {
		if s.holdsShapes(ctx, conn, name) {
			told = append(told, geo.Notice{Severity: geo.Warning, File: s.shown + "!" + geo.Printable(name), Message: geo.Text{
				ZH: "表中有图形，但没有登记在 gpkg_contents 中，未读取；请用 GIS 软件重新导出",
				EN: "the table holds shapes but is not listed in gpkg_contents, and is not read; export it again with a GIS"}})
		}
	}
	return told, ctx.Err()
}

// holdsShapes looks for a geometry of a GeoPackage among a table's first rows;
// a table that cannot be looked at may hold some.
func (s *source) holdsShapes(ctx context.Context, conn *sql.Conn, table string) bool {
	columns, err := conn.QueryContext(ctx, `SELECT +name FROM pragma_table_xinfo(?) LIMIT ?`, table, geo.MaxFields)
	if err != nil {
		return true
	}
	defer columns.Close()
	var names []string
	for columns.Next() {
		var name string
		if columns.Scan(&name) != nil {
			return true
		}
		names = append(names, name)
	}
	if columns.Err() != nil {
		return true
	}
	for _, name := range names {
		var n int
		c := quote(name)
		err := conn.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT "+c+" FROM "+quote(table)+" LIMIT ?) WHERE typeof("+c+") = 'blob' AND (octet_length("+c+") > ? OR substr("+c+", 1, 2) = X'4750')",
			lookedAt, minLength).Scan(&n)
		if err != nil || n > 0 {
			return true
		}
	}
	return false
}
