package geopackage

import (
	"context"
	"database/sql"
	"path/filepath"
)

// inDatabase changes a database in one transaction, by one connection that is set
// up by pragmas of its address.
func inDatabase(ctx context.Context, path, pragmas string, change func(*sql.Tx) error) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", fileURI(filepath.ToSlash(abs))+pragmas)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := change(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return db.Close()
}
