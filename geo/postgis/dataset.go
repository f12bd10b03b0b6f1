package postgis

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Dataset is one layer of one load.
type Dataset struct {
	County   string
	ID       int64 // counts the county's datasets
	Role     string
	Version  int // of the load that brought it
	Name     string
	File     string
	Digest   string
	CRS      geo.CRS
	SRID     int         // 0 for a system without an EPSG code
	Fields   []geo.Field // all of the source's
	Columns  []string    // those that are kept, as the source spells them
	Rows     int
	Bound    orb.Bound // in the dataset's own system; empty without any shape
	LonLat   orb.Bound // the same in degrees
	Area     float64   // ellipsoidal, of all features, m²
	LoadedAt time.Time
	Current  bool // whether the current version is made of it
}

// stored is a dataset with what only its layer needs.
type stored struct {
	Dataset
	columns   []column
	issues    []storedIssue
	container []geo.Notice
	notes     map[string]string
	dropped   bool      // its rows are no more
	server    string    // on which they lie, "" for this database
	builtOn   int       // the version that its load left the other roles of; 0 of the first
	current   time.Time // when its version was last made the current one; zero: never
}

// currentSince is when the version of a dataset d was last made current; -infinity of
// one that never was.
const currentSince = "coalesce(d.current_since, case when d.built_on is null then d.loaded_at else '-infinity' end)"

// datasets reads rows of a table d like base.dataset; the clause follows its name.
func (db *DB) datasets(ctx context.Context, table, clause string, args ...any) ([]stored, error) {
	return db.datasetsBy(ctx, db.pool, table, clause, args...)
}

// datasetsBy is datasets by a transaction that has a connection already: of those
// that wait for each other each would take a second one, until there is none left.
func (db *DB) datasetsBy(ctx context.Context, q querier, table, clause string, args ...any) ([]stored, error) {
	rows, err := q.Query(ctx, `select d.county, d.id, d.role, d.version, d.name, d.file, d.digest, d.srid, d.crs::text,
		d.fields::text, d.columns::text, d.oddities::text, d.container::text, d.notes::text, d.rows, d.bound, d.lonlat, d.area_m2, d.loaded_at, d.dropped_at is not null,
		coalesce(d.built_on, d.version - 1), `+currentSince+`
		from `+table+" d "+clause, args...)
	if err != nil {
		return nil, db.failed(ctx, "datasets", err)
	}
	all, err := pgx.CollectRows(rows, readDataset)
	return all, db.failed(ctx, "datasets", err)
}

func readDataset(row pgx.CollectableRow) (stored, error) {
	var d stored
	var crs, fields, columns, issues, container, notes string
	var box, lonLat []float64
	var since pgtype.Timestamptz
	err := row.Scan(&d.County, &d.ID, &d.Role, &d.Version, &d.Name, &d.File, &d.Digest, &d.SRID, &crs,
		&fields, &columns, &issues, &container, &notes, &d.Rows, &box, &lonLat, &d.Area, &d.LoadedAt, &d.dropped, &d.builtOn, &since)
	if err != nil {
		return d, err
	}
	if since.InfinityModifier == pgtype.Finite {
		d.current = since.Time
	}
	var c storedCRS
	for text, into := range map[string]any{crs: &c, columns: &d.columns, issues: &d.issues, container: &d.container, notes: &d.notes} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			return d, fmt.Errorf("dataset %s/%d: %w", d.County, d.ID, err)
		}
	}
	if d.Dataset.Fields, err = readFields([]byte(fields)); err != nil {
		return d, fmt.Errorf("dataset %s/%d: %w", d.County, d.ID, err)
	}
	for _, c := range d.columns {
		d.Columns = append(d.Columns, c.Name)
	}
	d.CRS = geo.CRS(c)
	d.Bound, d.LonLat = boundOf(box), boundOf(lonLat)
	return d, nil
}

// Datasets are all datasets of a county, of all versions that are kept, oldest
// first. A county without base data has none.
func (db *DB) Datasets(ctx context.Context, county string) ([]Dataset, error) {
	if err := db.Ready(ctx); err != nil {
		return nil, err
	}
	all, err := db.ofCounty(ctx, county)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	current := map[int64]bool{}
	for _, d := range serving(all, countyOf(all).Version) {
		current[d.ID] = true
	}
	var out []Dataset
	for _, d := range all {
		d.Current = current[d.ID]
		if !d.dropped {
			out = append(out, d.Dataset)
		}
	}
	return out, err
}
