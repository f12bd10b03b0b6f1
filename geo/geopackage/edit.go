package geopackage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Edit is what becomes of a row: it is deleted, or gets another shape and other
// values in some columns.
type Edit struct {
	Delete   bool
	Geometry orb.MultiPolygon
	Values   map[string]string // by column, as a Feature has them
}

// ErrNoKey is a table whose rows cannot be told apart: a view, or one without an
// integer primary key.
var ErrNoKey = errors.New("the table has no integer primary key")

// EditRows changes rows of a GeoPackage in place, by the number that a Feature of
// the layer has as its record; all else in the file stays as it is. The file is
// the caller's own copy: on an error it is half changed.
func EditRows(ctx context.Context, path string, edits map[string]map[int]Edit) error {
	return inDatabase(ctx, path, "?_pragma=journal_mode(DELETE)&_pragma=synchronous(OFF)", func(tx *sql.Tx) error {
		for _, table := range slices.Sorted(maps.Keys(edits)) {
			e := &editor{tx: tx, table: table}
			if err := e.edit(ctx, edits[table]); err != nil {
				return fmt.Errorf("layer %s: %w", table, err)
			}
		}
		return nil
	})
}

// editor edits one table.
type editor struct {
	tx                *sql.Tx
	table, key, shape string
	srs               int
	index             string // the R-tree, "" for none
}

func (e *editor) exec(ctx context.Context, text string, args ...any) error {
	_, err := e.tx.ExecContext(ctx, text, args...)
	return err
}

func (e *editor) edit(ctx context.Context, rows map[int]Edit) error {
	if err := e.describe(ctx); err != nil {
		return err
	}
	// What keeps the index right when a row changes calls functions of the program
	// that edits, which are not here: it is taken off and put back.
	triggers, err := e.triggers(ctx)
	if err != nil {
		return err
	}
	for name := range triggers {
		if err := e.exec(ctx, "DROP TRIGGER "+quote(name)); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		if err := e.row(ctx, id, rows[id]); err != nil {
			return err
		}
	}
	if err := e.count(ctx); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(triggers)) {
		if err := e.exec(ctx, triggers[name]); err != nil {
			return err
		}
	}
	return nil
}

// describe finds key, geometry column and index of the table.
func (e *editor) describe(ctx context.Context) error {
	err := e.tx.QueryRowContext(ctx, "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)", e.table).Scan(&e.shape, &e.srs)
	if err != nil {
		return err
	}
	err = e.tx.QueryRowContext(ctx, "SELECT name FROM pragma_table_info(?) WHERE pk = 1 AND upper(type) = 'INTEGER'", e.table).Scan(&e.key)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNoKey
	}
	if err != nil {
		return err
	}
	index := "rtree_" + e.table + "_" + e.shape
	if n, err := e.there(ctx, "table", index); err != nil {
		return err
	} else if n > 0 {
		e.index = index
	}
	return nil
}

func (e *editor) there(ctx context.Context, kind, name string) (n int, err error) {
	err = e.tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE type = ? AND lower(name) = lower(?)", kind, name).Scan(&n)
	return n, err
}

func (e *editor) triggers(ctx context.Context) (map[string]string, error) {
	rows, err := e.tx.QueryContext(ctx, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(?)", e.table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		out[name] = text
	}
	return out, rows.Err()
}

func (e *editor) row(ctx context.Context, id int, change Edit) error {
	where := " WHERE " + quote(e.key) + " = ?"
	if e.index != "" {
		if err := e.exec(ctx, "DELETE FROM "+quote(e.index)+" WHERE id = ?", id); err != nil {
			return err
		}
	}
	if change.Delete {
		return e.exec(ctx, "DELETE FROM "+quote(e.table)+where, id)
	}
	if err := e.exec(ctx, "UPDATE "+quote(e.table)+" SET "+quote(e.shape)+" = ?"+where, encodeBlob(change.Geometry, e.srs), id); err != nil {
		return err
	}
	for _, column := range slices.Sorted(maps.Keys(change.Values)) {
		// A column of numbers takes a text that is one as the number.
		if err := e.exec(ctx, "UPDATE "+quote(e.table)+" SET "+quote(column)+" = ?"+where, change.Values[column], id); err != nil {
			return err
		}
	}
	b := geo.Bound(change.Geometry)
	if e.index == "" || b.IsEmpty() {
		return nil
	}
	return e.exec(ctx, "INSERT INTO "+quote(e.index)+" VALUES (?, ?, ?, ?, ?)", id, b.Min[0], b.Max[0], b.Min[1], b.Max[1])
}

// count puts right the number of rows that GDAL keeps.
func (e *editor) count(ctx context.Context) error {
	if n, err := e.there(ctx, "table", "gpkg_ogr_contents"); err != nil || n == 0 {
		return err
	}
	return e.exec(ctx, "UPDATE gpkg_ogr_contents SET feature_count = (SELECT count(*) FROM "+quote(e.table)+") WHERE lower(table_name) = lower(?)", e.table)
}
