package geopackage

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"landcheck/geo"
	"landcheck/geo/outfile"

	"github.com/paulmach/orb"
)

// Write makes a GeoPackage 1.3 of the tables, each with an R-tree, its fields'
// aliases and its styles. The file appears whole or not at all, and the same
// tables give the same bytes. Rows are numbered from 1. A number column with
// text that is no number is a *geo.InputError.
func Write(ctx context.Context, path string, tables []*geo.Table) error {
	out, err := outfile.Create(path, outfile.Public)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer out.Cleanup()
	if err := fill(ctx, out.Name(), tables); err != nil {
		return fmt.Errorf("write %s: %w", path, machines(err))
	}
	if err := out.Replace(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// fill writes the database. It needs no journal: a half-written file is thrown
// away, never renamed.
func fill(ctx context.Context, name string, tables []*geo.Table) error {
	const pragmas = "?_pragma=page_size(4096)&_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)" +
		"&_pragma=application_id(0x47504B47)&_pragma=user_version(10300)"
	return inDatabase(ctx, name, pragmas, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, schemaSQL); err != nil {
			return err
		}
		w := &writer{tx: tx, systems: map[geo.CRS]int{{}: -1}, names: map[string]bool{}, titles: map[string]bool{}}
		for _, t := range tables {
			w.titles[t.Name] = true
		}
		for _, t := range tables {
			if err := w.table(ctx, t); err != nil {
				return fmt.Errorf("layer %s: %w", t.Name, err)
			}
		}
		return w.writeStyles(ctx)
	})
}

type writer struct {
	tx      *sql.Tx
	systems map[geo.CRS]int // srs_id
	names   map[string]bool

	described bool            // there is a table of aliases
	styles    []styleOfTable  // written at the end: their table would part the layers
	titles    map[string]bool // identifiers, which no two tables share
}

// system registers a coordinate system, by EPSG code where there is one.
func (w *writer) system(ctx context.Context, crs geo.CRS) (int, error) {
	if id, ok := w.systems[crs]; ok {
		return id, nil
	}
	id, organization := crs.EPSG(), "EPSG"
	if id == 0 {
		id, organization = 100_000+len(w.systems), "NONE"
	}
	w.systems[crs] = id
	_, err := w.tx.ExecContext(ctx, "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)",
		"CGCS2000 "+crs.String(), id, organization, id, crs.WKT())
	return id, err
}

func (w *writer) table(ctx context.Context, t *geo.Table) error {
	lower := strings.ToLower(t.Name)
	if t.Name == "" || w.names[lower] || strings.HasPrefix(lower, "gpkg_") || strings.HasPrefix(lower, "sqlite_") || strings.HasPrefix(lower, "rtree_") || lower == styleTable {
		return fmt.Errorf("%q cannot be a table's name here", t.Name)
	}
	w.names[lower] = true
	srs, err := w.system(ctx, t.CRS)
	if err != nil {
		return err
	}
	key, shape := free(t.Fields, "fid"), free(t.Fields, "geom")
	columns := numbersOf(t)
	var create, marks strings.Builder
	fmt.Fprintf(&create, "CREATE TABLE %s (%s INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, %s MULTIPOLYGON", quote(t.Name), quote(key), quote(shape))
	marks.WriteString("?, ?")
	for i, f := range t.Fields {
		fmt.Fprintf(&create, ", %s %s", quote(f.Name), columns[i])
		marks.WriteString(", ?")
	}
	create.WriteString(")")
	if _, err := w.tx.ExecContext(ctx, create.String()); err != nil {
		return err
	}
	rtree := quote("rtree_" + t.Name + "_" + shape)
	if _, err := w.tx.ExecContext(ctx, "CREATE VIRTUAL TABLE "+rtree+" USING rtree(id, minx, maxx, miny, maxy)"); err != nil {
		return err
	}
	bound, err := w.rows(ctx, t, columns, srs, "INSERT INTO "+quote(t.Name)+" VALUES ("+marks.String()+")", "INSERT INTO "+rtree+" VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	var box [4]any
	if !bound.IsEmpty() {
		box = [4]any{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]}
	}
	if _, err := w.tx.ExecContext(ctx, "INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, ?)",
		t.Name, w.identifier(t), lastChange, box[0], box[1], box[2], box[3], srs); err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(ctx, "INSERT INTO gpkg_geometry_columns VALUES (?, ?, 'MULTIPOLYGON', ?, 0, 0)", t.Name, shape, srs); err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(ctx, "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", t.Name, shape); err != nil {
		return err
	}
	if err := w.aliases(ctx, t); err != nil {
		return err
	}
	w.addStyles(t, shape)
	_, err = w.tx.ExecContext(ctx, triggers(t.Name, shape, key))
	return err
}

// aliases keeps what people are shown in place of columns' names (the schema
// extension, 12-128r18 F.9): as title, which is meant for it, and as name, from
// which GDAL and QGIS take it and which no two columns of a table may share.
func (w *writer) aliases(ctx context.Context, t *geo.Table) error {
	taken := map[string]bool{}
	for _, f := range t.Fields {
		if f.Alias == "" {
			continue
		}
		if !w.described {
			if _, err := w.tx.ExecContext(ctx, dataColumnsSQL); err != nil {
				return err
			}
			w.described = true
		}
		var name any
		if !taken[f.Alias] {
			taken[f.Alias], name = true, f.Alias
		}
		if _, err := w.tx.ExecContext(ctx, "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, NULL, NULL, NULL)", t.Name, f.Name, name, f.Alias); err != nil {
			return err
		}
	}
	return nil
}

// identifier is a table's title, its name where it has none or another table is
// called so.
func (w *writer) identifier(t *geo.Table) string {
	if t.Title == "" || w.titles[t.Title] {
		return t.Name
	}
	w.titles[t.Title] = true
	return t.Title
}

// rows inserts the rows, then their boxes: one table after the other keeps the
// pages of each together.
func (w *writer) rows(ctx context.Context, t *geo.Table, columns []string, srs int, insertRow, insertBox string) (orb.Bound, error) {
	bound := nothing
	row, err := w.tx.PrepareContext(ctx, insertRow)
	if err != nil {
		return bound, err
	}
	defer row.Close()
	box, err := w.tx.PrepareContext(ctx, insertBox)
	if err != nil {
		return bound, err
	}
	defer box.Close()
	for i, f := range t.Rows {
		values := make([]any, 0, len(t.Fields)+2)
		values = append(values, i+1, encodeBlob(f.Geometry, srs))
		for k, field := range t.Fields {
			v, err := storedValue(f, k, field, columns[k])
			if err != nil {
				return bound, err
			}
			values = append(values, v)
		}
		if _, err := row.ExecContext(ctx, values...); err != nil {
			return bound, err
		}
	}
	for i, f := range t.Rows {
		b := geo.Bound(f.Geometry)
		if b.IsEmpty() {
			continue
		}
		bound = join(bound, b)
		if _, err := box.ExecContext(ctx, i+1, b.Min[0], b.Max[0], b.Min[1], b.Max[1]); err != nil {
			return bound, err
		}
	}
	return bound, nil
}

// free is a column name that no field has.
func free(fields []geo.Field, name string) string {
	for try, n := name, 1; ; n++ {
		if geo.FieldIndex(fields, try) < 0 {
			return try
		}
		try = name + "_" + strconv.Itoa(n)
	}
}
