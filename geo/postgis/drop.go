package postgis

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Dropped is what of a county's base data was dropped, or would be.
type Dropped struct {
	Versions []int // of the loads whose layers went, oldest first
	Layers   int
	Bytes    int64 // of their tables with all indexes, on disk
}

// errDropped is why a reading ended whose layer was dropped under it: read the
// version that serves now.
var errDropped = errors.New("its version of the base data was dropped meanwhile")

// DropVersions drops the layers of a county that none of its newest versions is
// made of, nor any of those that are asked for, and gives their room on disk
// back to the system. Whoever reads one of them to its end has all of it; who
// comes later gets an error, never an empty layer. A county on another server
// is left to that one. One that was interrupted is finished by the next.
func (db *DB) DropVersions(ctx context.Context, county string, keep int, asked []int, dry bool) (d Dropped, err error) {
	if err := db.Ready(ctx); err != nil {
		return d, err
	}
	var gone []stored
	err = pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		gone, err = db.markDropped(ctx, tx, county, keep, asked, dry)
		return err
	})
	if err != nil {
		return d, db.failed(ctx, "drop versions of "+county, err)
	}
	for _, g := range gone {
		var bytes int64
		if err := db.pool.QueryRow(ctx, "select coalesce(pg_total_relation_size(to_regclass($1)), 0)", g.table()).Scan(&bytes); err != nil {
			return d, db.failed(ctx, "drop versions of "+county, err)
		}
		d.Versions, d.Layers, d.Bytes = append(d.Versions, g.Version), d.Layers+1, d.Bytes+bytes
		if dry {
			continue
		}
		if err := db.dropTable(ctx, g.table()); err != nil {
			return d, db.failed(ctx, "drop "+g.table(), err)
		}
	}
	slices.Sort(d.Versions)
	d.Versions = slices.Compact(d.Versions)
	return d, nil
}

func (d stored) table() string { return tableOf(d.County, d.ID) }

// markDropped writes down which datasets go, and gives those whose tables are
// still there. From its commit on nobody opens them.
func (db *DB) markDropped(ctx context.Context, tx pgx.Tx, county string, keep int, asked []int, dry bool) ([]stored, error) {
	if server, err := serverOf(ctx, tx, county); err != nil || server != "" {
		return nil, err
	}
	// Not beside a load, which decides what the newest versions are.
	if _, err := tx.Exec(ctx, countyLock, county); err != nil {
		return nil, err
	}
	all, err := db.datasetsBy(ctx, tx, "base.dataset", "where d.county = $1 order by d.id", county)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	kept := map[int64]bool{}
	c := countyOf(all)
	for _, v := range append(c.Versions[max(0, len(c.Versions)-keep):], append(asked, c.Version)...) {
		for _, d := range serving(all, v) {
			kept[d.ID] = true
		}
	}
	var going []stored
	for _, d := range all {
		if kept[d.ID] {
			continue
		}
		var there bool
		if err := tx.QueryRow(ctx, "select to_regclass($1) is not null", d.table()).Scan(&there); err != nil {
			return nil, err
		}
		if there {
			going = append(going, d)
		}
		if dry || d.dropped {
			continue
		}
		const mark = "update base.dataset set dropped_at = clock_timestamp() where county = $1 and id = $2"
		if _, err := tx.Exec(ctx, mark, county, d.ID); err != nil {
			return nil, err
		}
	}
	return going, nil
}

// dropTable detaches a dataset's table without shutting out who reads others,
// and drops it.
func (db *DB) dropTable(ctx context.Context, table string) error {
	var attached, pending, citus bool
	const query = `select exists (select from pg_inherits where inhrelid = to_regclass($1)),
		exists (select from pg_inherits where inhrelid = to_regclass($1) and inhdetachpending), to_regclass('pg_dist_partition') is not null`
	if err := db.pool.QueryRow(ctx, query, table).Scan(&attached, &pending, &citus); err != nil {
		return err
	}
	how := "concurrently"
	if pending { // an earlier one was interrupted
		how = "finalize"
	}
	if attached && !citus { // which detaches in no other way than dropping does
		if _, err := db.pool.Exec(ctx, "alter table base.feature detach partition "+table+" "+how); err != nil {
			return err
		}
	}
	_, err := db.pool.Exec(ctx, "drop table if exists "+table)
	return err
}

// still is errDropped for a layer whose rows are gone: to be asked where a
// reading found none, or no table.
func (l *layer) still(ctx context.Context) error {
	if l.Dataset.Rows == 0 {
		return nil
	}
	catalogue := "base.dataset"
	if l.server != "" {
		catalogue = "base.remote_dataset_" + l.County
	}
	var there bool
	query := "select exists (select from " + catalogue + " where county = $1 and id = $2 and dropped_at is null)"
	if err := l.db.pool.QueryRow(ctx, query, l.County, l.ID).Scan(&there); err != nil {
		return err
	}
	if !there {
		return fmt.Errorf("version %d of %s: %w", l.Dataset.Version, l.County, errDropped)
	}
	return nil
}
