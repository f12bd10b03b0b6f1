package postgis

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/tern/v2/migrate"

	"landcheck/geo"
	"landcheck/geo/transient"
)

//go:embed migrations/*.sql
var embedded embed.FS

// versionTable says which migrations schema base has had.
const versionTable = "base.schema_version"

func migrations() fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the directory is embedded
	}
	return sub
}

// Migrate brings schema base up to what this program needs and says from which
// version to which. Doing it twice changes nothing; several at a time wait for
// each other.
func (db *DB) Migrate(ctx context.Context) (from, to int32, err error) {
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return 0, 0, db.failed(ctx, "connect", err)
	}
	defer conn.Release()
	from, to, err = Migrate(ctx, conn.Conn(), migrations(), versionTable)
	return from, to, db.failed(ctx, "migrate", err)
}

// Schema is the version of schema base in the database, 0 for none, and the
// one that this program needs.
func (db *DB) Schema(ctx context.Context) (have, want int32, err error) {
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return 0, 0, db.failed(ctx, "connect", err)
	}
	defer conn.Release()
	have, want, err = SchemaVersion(ctx, conn.Conn(), migrations(), versionTable)
	return have, want, db.failed(ctx, "schema version", err)
}

// Ready is nil for a database with the schema that this program needs; else a
// *geo.InputError that says what to run.
func (db *DB) Ready(ctx context.Context) error {
	if db.ready.Load() {
		return nil
	}
	have, want, err := db.Schema(ctx)
	if err == nil {
		err = SchemaInputError(db.name, have, want)
	}
	db.ready.Store(err == nil)
	return err
}

// SchemaInputError is the *geo.InputError of a schema that is too old or too new, nil
// for the right one. Name is the database's, without the password.
func SchemaInputError(name string, have, want int32) error {
	switch {
	case have < want:
		return &geo.InputError{File: name,
			Message: geo.Textf("数据库结构版本 %d 过旧，本程序需要 %d", "the schema is too old: version %d, this program needs %d", have, want),
			Advice:  geo.Text{ZH: "请升级数据库结构", EN: "Have the schema brought up to date"}, Wants: geo.SchemaInput}
	case have > want:
		return &geo.InputError{File: name,
			Message: geo.Textf("数据库结构版本 %d 比本程序的 %d 新", "the schema is too new: version %d, this program knows %d", have, want),
			Advice:  geo.Text{ZH: "请更新本程序", EN: "Update this program to the version that migrated the database"}}
	}
	return nil
}

// Migrate runs the .sql files of a directory (001_name.sql, 002_…) that the
// database has not had yet. The version table is "schema.table"; the schema is
// made if it is not there. Each file is one transaction. A schema newer than
// the files is left alone: from and to are then both what it has.
func Migrate(ctx context.Context, conn *pgx.Conn, files fs.FS, versionTable string) (from, to int32, err error) {
	const lock = "select pg_advisory_lock(hashtextextended('landcheck migrate', 0))"
	const unlock = "select pg_advisory_unlock(hashtextextended('landcheck migrate', 0))"
	if _, err := conn.Exec(ctx, lock); err != nil {
		return 0, 0, err
	}
	defer func() {
		if !conn.IsClosed() {
			_, unlockErr := conn.Exec(context.WithoutCancel(ctx), unlock)
			err = errors.Join(err, unlockErr)
		}
	}()
	if schema, _, ok := strings.Cut(versionTable, "."); ok {
		if _, err := conn.Exec(ctx, "create schema if not exists "+pgx.Identifier{schema}.Sanitize()); err != nil {
			return 0, 0, err
		}
	}
	m, err := migrate.NewMigrator(ctx, conn, versionTable)
	if err != nil {
		return 0, 0, err
	}
	if err := m.LoadMigrations(files); err != nil {
		return 0, 0, err
	}
	if from, err = m.GetCurrentVersion(ctx); err != nil {
		return 0, 0, err
	}
	if int(from) > len(m.Migrations) {
		return from, from, nil
	}
	if err := m.Migrate(ctx); err != nil {
		return from, from, err
	}
	return from, int32(len(m.Migrations)), nil
}

// SchemaVersion is the migration that a database has had last, 0 for none, and
// the last one in the directory. It changes nothing.
func SchemaVersion(ctx context.Context, conn *pgx.Conn, files fs.FS, versionTable string) (have, want int32, err error) {
	paths, err := migrate.FindMigrations(files)
	if err != nil {
		return 0, 0, err
	}
	err = conn.QueryRow(ctx, "select version from "+versionTable).Scan(&have)
	var missing *pgconn.PgError
	if errors.As(err, &missing) && (missing.Code == "42P01" || missing.Code == "3F000") { // no such table, no such schema
		err = nil
	}
	return have, int32(len(paths)), err
}

// failed says what was being done to which database; input errors and the end of a
// context stay what they are.
func (db *DB) failed(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, ok := geo.AsInputError(err); ok {
		return err
	}
	if f := refused(db.name, err); f != nil {
		return f
	}
	if err = Unavailable(ctx, err); transient.Is(err) {
		return db.unusable(err)
	}
	return fmt.Errorf("%s: %s: %w", db.name, doing, err)
}
