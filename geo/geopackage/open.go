package geopackage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"landcheck/geo"
	"landcheck/geo/regular"
	"landcheck/geo/transient"
)

const (
	magic = "SQLite format 3\x00"
	// openTime bounds the reading of the catalogue tables: a hostile file may
	// hold an endless view in their place.
	openTime = 30 * time.Second
	// minLength is the longest value that even a small file may yield: SQLite
	// applies the limit to its own statements too.
	minLength = 1 << 20
)

// Open gives the areal feature tables of a GeoPackage, by table name. Shown is
// the file's name for people; a layer is "shown!table". Tables that are not
// areal layers (points, lines, attributes, tiles) are named in the notices. A
// file that is no GeoPackage or is damaged is a *geo.InputError. Each layer is
// closed by itself.
func Open(parent context.Context, path, shown string) ([]geo.Layer, []geo.Notice, error) {
	src, err := newSource(path, shown)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(parent, openTime)
	defer cancel()
	layers, skipped, err := src.layers(ctx)
	if parent.Err() != nil {
		err = parent.Err()
	}
	if errors.Is(err, context.DeadlineExceeded) && parent.Err() == nil {
		err = src.broken(context.Background(), errors.New("no answer in 30 s"))
	}
	return layers, skipped, err
}

func (s *source) layers(ctx context.Context) ([]geo.Layer, []geo.Notice, error) {
	db, err := s.open()
	if err != nil {
		return nil, nil, err
	}
	defer db.Close()
	conn, err := s.catalogue(ctx, db)
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close()
	tables, err := s.tables(ctx, conn)
	if err != nil {
		return nil, nil, err
	}
	var layers []geo.Layer
	var skipped []geo.Notice
	for _, t := range tables {
		if reason := t.skip(); !reason.IsZero() {
			skipped = append(skipped, s.skipped(ctx, conn, t, reason))
			continue
		}
		l, err := s.layer(ctx, conn, t)
		if err != nil {
			for _, open := range layers {
				open.Close()
			}
			return nil, nil, err
		}
		layers = append(layers, l)
	}
	unlisted, err := s.unlisted(ctx, conn)
	return layers, append(skipped, unlisted...), err
}

// source is the file behind the layers.
type source struct {
	path, shown string
	size        int64
	digest      *fileDigest
	log         bool // written with a write-ahead log, which is not there
	wal         sync.Once
}

func newSource(path, shown string) (*source, error) {
	s := &source{path: path, shown: shown, digest: &fileDigest{path: path}}
	f, err := regular.Open(path)
	if err != nil {
		return nil, regular.In(err, shown)
	}
	defer f.Close()
	head := make([]byte, 20)
	if _, err := io.ReadFull(f, head); transient.Is(err) {
		return nil, fmt.Errorf("read %s: %w", shown, err)
	} else if err != nil || string(head[:len(magic)]) != magic {
		return nil, &geo.InputError{File: shown,
			Message: geo.Text{ZH: "不是 GeoPackage（SQLite）文件", EN: "this is not a GeoPackage (SQLite) file"},
			Advice:  geo.Text{ZH: "请确认文件完整，或重新导出", EN: "Check that the file is whole, or export it again"}}
	}
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("stat %s: %w", shown, err)
	}
	s.size = info.Size()
	s.log = head[18] == 2 || head[19] == 2
	// An immutable open does not see a write-ahead log: rows in it would be
	// missing without a word.
	if wal, err := os.Stat(path + "-wal"); err == nil && (wal.Size() > 0 || !wal.Mode().IsRegular()) {
		return nil, &geo.InputError{File: shown,
			Message: geo.Textf("旁边有未合并的写前日志 %s-wal，部分修改尚未写入文件", "%s-wal beside it holds changes that are not in the file yet", filepath.Base(shown)),
			Advice:  geo.Text{ZH: "请在 QGIS 等软件中关闭该文件后再提交", EN: "Close the file in QGIS or whatever has it open, then try again"}}
	}
	return s, nil
}

// open gives a handle that cannot change the file nor anything beside it.
func (s *source) open() (*sql.DB, error) {
	abs, err := filepath.Abs(s.path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", s.shown, err)
	}
	dsn := fileURI(filepath.ToSlash(abs)) +
		"?mode=ro&immutable=1&_defensive=1&_dqs=0&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_query_only=1"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", s.shown, err)
	}
	return db, nil
}

// longestValue bounds what one value, a shape for instance, may take in memory:
// 16 million vertices.
const longestValue = 256 << 20

// session is one connection on which no value may be longer than the file, for
// reading rows.
func (s *source) session(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	return s.limited(ctx, db, min(max(s.size, minLength), longestValue))
}

// catalogue is one for the tables that say what there is: names and definitions
// are short, and a longer one never comes into memory.
func (s *source) catalogue(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	return s.limited(ctx, db, minLength)
}

func (s *source) limited(ctx context.Context, db *sql.DB, longest int64) (*sql.Conn, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, s.broken(ctx, err)
	}
	if _, err := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_LENGTH, int(longest)); err != nil {
		conn.Close()
		return nil, s.broken(ctx, err)
	}
	return conn, nil
}

// broken turns SQLite's error into an input error of the file; the caller's own
// cancellation stays what it is.
func (s *source) broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if strings.Contains(err.Error(), "too big") {
		return &geo.InputError{File: s.shown, Err: err,
			Message: geo.Textf("一个名称、定义或图形过长（名称与定义不超过 %[1]d 字节，图形不超过 %[2]d 字节：string or blob too big）",
				"a name, a definition or a shape is too long (names and definitions have %[1]d bytes at most, shapes %[2]d: string or blob too big)", minLength, longestValue),
			Advice: geo.Text{ZH: "请缩短后重新导出", EN: "Shorten it and export the layers again"}}
	}
	return &geo.InputError{File: s.shown, Err: machines(err),
		Message: geo.Textf("数据库无法读取（%v）", "the database cannot be read (%v)", err),
		Advice:  geo.Text{ZH: "文件可能损坏或不是 GeoPackage，请重新导出", EN: "The file may be damaged or no GeoPackage: export it again"}}
}

// machines marks what SQLite says of the machine: no memory, no room, a disk
// that cannot be read or written. Its errors do not hold the system's.
func machines(err error) error {
	var said *sqlite.Error
	if errors.As(err, &said) {
		switch said.Code() & 0xff { // the rest says more of the same
		case sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL:
			return transient.Mark(err)
		}
	}
	return err
}

// content is one row of gpkg_contents with its geometry column.
type content struct {
	name, kind, column, geometry string
	srs                          sql.NullInt64
}

func (s *source) tables(ctx context.Context, conn *sql.Conn) ([]content, error) {
	rows, err := conn.QueryContext(ctx, `
		SELECT +c.table_name, coalesce(c.data_type, ''), coalesce(g.column_name, ''),
		       upper(coalesce(g.geometry_type_name, '')), +g.srs_id
		FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)
		ORDER BY c.table_name, g.column_name LIMIT ?`, geo.MaxTables+1)
	if err != nil && strings.Contains(err.Error(), "gpkg_geometry_columns") {
		// A GeoPackage of tiles or attributes need not have the table.
		rows, err = conn.QueryContext(ctx, `SELECT +table_name, coalesce(data_type, ''), '', '', NULL
			FROM gpkg_contents ORDER BY table_name LIMIT ?`, geo.MaxTables+1)
	}
	if err != nil {
		return nil, s.broken(ctx, err)
	}
	defer rows.Close()
	var all []content
	for rows.Next() {
		var c content
		if err := rows.Scan(&c.name, &c.kind, &c.column, &c.geometry, &c.srs); err != nil {
			return nil, s.broken(ctx, err)
		}
		if len(c.name) > geo.MaxNameBytes || len(c.column) > geo.MaxNameBytes {
			f := geo.LongName(c.name)
			f.File = s.shown
			return nil, f
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		return nil, s.broken(ctx, err)
	}
	if len(all) > geo.MaxTables {
		return nil, &geo.InputError{File: s.shown,
			Message: geo.Textf("超过 %d 个表", "there are more than %d tables", geo.MaxTables),
			Advice:  geo.Text{ZH: "请只保留方案所需图层", EN: "Keep only the layers that the plan needs"}}
	}
	return all, nil
}

// skip says why a table is no areal layer; the zero text means that it is one.
// SURFACE and its kin stay in: their rows may well be plain polygons.
func (c content) skip() geo.Text {
	if c.kind != "features" {
		return geo.Textf("表的类型是 %[1]q，不是要素图层，已跳过", "a table of %[1]q, not of features: skipped", c.kind)
	}
	switch c.geometry {
	case "":
		return geo.Text{ZH: "要素表没有登记几何字段，已跳过", EN: "the feature table has no registered geometry column: skipped"}
	case "POINT", "LINESTRING", "MULTIPOINT", "MULTILINESTRING",
		"CURVE", "CIRCULARSTRING", "COMPOUNDCURVE", "MULTICURVE":
		return geo.Textf("图层几何类型是 %s，不是面，已跳过", "a layer of %s, not of polygons: skipped", c.geometry)
	}
	return geo.Text{}
}
