package main

import (
	"context"
	"fmt"

	"landcheck/api/store/postgres"
	"landcheck/geo"
	"landcheck/geo/postgis"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func (a *app) migrateCommand() *ffcli.Command {
	fs := a.flags("migrate")
	database := fs.String("database", "", "PostgreSQL with PostGIS, as `postgres://user:password@host/name` 数据库")
	dry := fs.Bool("dry-run", false, "say what would be done and change nothing 只说明，不执行")
	return &ffcli.Command{
		Name: "migrate", ShortUsage: "landcheck migrate --database postgres://… [--dry-run]",
		ShortHelp: "bring a database to the schemas that this version needs 建立或升级数据库结构",
		FlagSet:   fs, Options: options(fs),
		Exec: func(ctx context.Context, args []string) error {
			if len(args) > 0 {
				return usage("migrate 不接受参数，数据库用 --database 指定", "migrate takes no arguments; name the database with --database")
			}
			if err := isDatabase("--database", *database); err != nil {
				return err
			}
			return a.migrate(ctx, *database, *dry)
		},
	}
}

// migrate brings all schemas up, or says which would be. One that is newer
// than this program is a *geo.InputError, and nothing is done.
func (a *app) migrate(ctx context.Context, url string, dry bool) error {
	db, err := postgis.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	steps, err := postgres.Schemas(ctx, db)
	if err != nil {
		return err
	}
	for _, s := range steps {
		if s.From > s.To {
			return postgis.SchemaInputError(db.Name(), int32(s.From), int32(s.To))
		}
	}
	done := geo.Text{ZH: "%[1]s：第 %[2]d 版 → 第 %[3]d 版", EN: "%[1]s: version %[2]d → %[3]d"}
	if dry {
		done = geo.Text{ZH: "%[1]s：将从第 %[2]d 版升到第 %[3]d 版", EN: "%[1]s: version %[2]d would become %[3]d"}
	} else if steps, err = postgres.Migrate(ctx, db); err != nil {
		return err
	}
	for _, s := range steps {
		text := geo.Textf(done.ZH, done.EN, s.Schema, s.From, s.To)
		if s.From == s.To {
			text = geo.Textf("%[1]s：已是第 %[2]d 版", "%[1]s: version %[2]d, nothing to do", s.Schema, s.To)
		}
		if _, err := fmt.Fprintln(a.stdout, text.In(a.lang)); err != nil {
			return err
		}
	}
	return nil
}
