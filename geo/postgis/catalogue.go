package postgis

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// CopyCatalogue brings what is known here of a county up to what the server has
// on which its features lie, if another process does not just then. One that
// cannot be asked, or does not answer in askServerFor, keeps what was known of
// it; err says so.
func (db *DB) CopyCatalogue(ctx context.Context, p Place) error {
	if p.Server == "" {
		return nil
	}
	asking, cancel := context.WithTimeout(ctx, askServerFor)
	defer cancel()
	err := pgx.BeginFunc(asking, db.pool, func(tx pgx.Tx) error {
		var mine bool
		const lock = "select pg_try_advisory_xact_lock(hashtextextended('base catalogue ' || $1, 0))"
		if err := tx.QueryRow(asking, lock, p.County).Scan(&mine); err != nil || !mine {
			return err
		}
		here, there := "select * from base.dataset where county = '"+p.County+"'", "select * from base.remote_dataset_"+p.County
		var differs bool
		query := "select exists (" + there + " except " + here + ") or exists (" + here + " except " + there + ")"
		if err := tx.QueryRow(asking, query).Scan(&differs); err != nil || !differs {
			return err
		}
		if _, err := tx.Exec(asking, "delete from base.dataset where county = $1", p.County); err != nil {
			return err
		}
		_, err := tx.Exec(asking, "insert into base.dataset "+there)
		return err
	})
	if err == nil {
		return nil
	}
	return db.failed(ctx, "catalogue of "+p.County, db.elsewhere(p.County, p.Server, Unavailable(ctx, err)))
}
