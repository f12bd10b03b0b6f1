package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"landcheck/geo/postgis"
)

//go:embed migrations/*.sql
var embedded embed.FS

const (
	versionTable = "service.schema_version"
	riverSchema  = "river"
)

// Step is what a migration did to one schema; From and To are equal where
// there was nothing to do.
type Step struct {
	Schema   string
	From, To int
}

// Migrate brings all schemas up to what this program needs: base, service and
// river. Several at a time wait for each other.
func Migrate(ctx context.Context, db *postgis.DB) ([]Step, error) {
	from, to, err := db.Migrate(ctx)
	if err != nil {
		return nil, err
	}
	steps := []Step{{"base", int(from), int(to)}}
	// Not one of the pool: those who wait here would leave none to River's
	// migrator, for which they wait.
	conn, err := pgx.ConnectConfig(ctx, db.Pool().Config().ConnConfig)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if from, to, err = postgis.Migrate(ctx, conn, migrations(), versionTable); err != nil {
		return nil, fmt.Errorf("schema service: %w", err)
	}
	steps = append(steps, Step{"service", int(from), int(to)})
	step, err := migrateRiver(ctx, db, conn)
	if err != nil {
		return nil, fmt.Errorf("schema river: %w", err)
	}
	return append(steps, step), nil
}

func migrations() fs.FS {
	sub, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the directory is embedded
	}
	return sub
}

func riverMigrator(db *postgis.DB) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(db.Pool()),
		&rivermigrate.Config{Schema: riverSchema, Logger: slog.New(slog.DiscardHandler)})
}

// migrateRiver holds a lock on conn meanwhile, since River's migrator has none.
func migrateRiver(ctx context.Context, db *postgis.DB, conn *pgx.Conn) (Step, error) {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return Step{}, err
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) // only ever held the lock
	if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock(hashtextextended('landcheck migrate river', 0))"); err != nil {
		return Step{}, err
	}
	have, want, err := riverVersion(ctx, db)
	if err != nil || have >= want {
		return Step{riverSchema, have, have}, err
	}
	m, err := riverMigrator(db)
	if err != nil {
		return Step{}, err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return Step{riverSchema, have, want}, err
}

func riverVersion(ctx context.Context, db *postgis.DB) (have, want int, err error) {
	m, err := riverMigrator(db)
	if err != nil {
		return 0, 0, err
	}
	for _, v := range m.AllVersions() {
		want = max(want, v.Version)
	}
	// Not the migrator's own question: that fails on versions it does not know.
	var there bool
	if err := db.Pool().QueryRow(ctx, "select to_regclass('river.river_migration') is not null").Scan(&there); err != nil || !there {
		return 0, want, err
	}
	err = db.Pool().QueryRow(ctx, "select coalesce(max(version), 0) from river.river_migration where line = 'main'").Scan(&have)
	return have, want, err
}

// Schemas are the schemas as they are, From, and as this program needs them,
// To. It changes nothing.
func Schemas(ctx context.Context, db *postgis.DB) ([]Step, error) {
	have, want, err := db.Schema(ctx)
	if err != nil {
		return nil, err
	}
	steps := []Step{{"base", int(have), int(want)}}
	conn, err := db.Pool().Acquire(ctx)
	if err != nil {
		return nil, err
	}
	have, want, err = postgis.SchemaVersion(ctx, conn.Conn(), migrations(), versionTable)
	conn.Release()
	if err != nil {
		return nil, fmt.Errorf("schema service: %w", err)
	}
	steps = append(steps, Step{"service", int(have), int(want)})
	riverHas, riverWants, err := riverVersion(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("schema river: %w", err)
	}
	return append(steps, Step{riverSchema, riverHas, riverWants}), nil
}

// checkSchemas is nil where all schemas are the ones that this program needs.
func checkSchemas(ctx context.Context, db *postgis.DB) error {
	steps, err := Schemas(ctx, db)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if err := postgis.SchemaInputError(db.Name(), int32(s.From), int32(s.To)); err != nil {
			return err
		}
	}
	return nil
}
