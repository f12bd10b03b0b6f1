package postgis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"landcheck/geo"
)

// loaded is a dataset whose rows are in its table.
type loaded struct {
	source  Source
	id      int64
	digest  string
	columns []column
	issues  []storedIssue
	srid    int
	rows    int
	area    float64
	box     []float64 // in the source's system; nil without any shape
	lonLat  []float64 // in degrees
}

// table is the table of one dataset's features: names of digits only, so they
// need no quoting.
func (l *load) table(id int64) string { return fmt.Sprintf("base.feature_%s_%d", l.county, id) }

// begin takes the county for this load, makes its partition if it has none,
// and counts on: the version and the number of the first dataset.
func (l *load) begin(ctx context.Context) (first int64, err error) {
	// One load of a county at a time; another waits, and so gets its own version.
	_, err = l.tx.Exec(ctx, `
		set local statement_timeout = 0;
		set local idle_in_transaction_session_timeout = 0;
		set local maintenance_work_mem = '256MB';
		set local max_parallel_maintenance_workers = 4;
		set local default_statistics_target = 20; -- a look at 6 000 rows, not 30 000, tells the planner enough
		select pg_advisory_xact_lock(hashtextextended('landcheck load `+l.county+`', 0))`)
	if err != nil {
		return 0, err
	}
	if err := l.partition(ctx); err != nil {
		return 0, err
	}
	err = l.tx.QueryRow(ctx, "select coalesce(max(version), 0) + 1, coalesce(max(id), 0) + 1 from base.dataset_"+l.county).
		Scan(&l.version, &first)
	return first, err
}

// partition makes the county's partition of base.dataset, if it has none.
func (l *load) partition(ctx context.Context) error {
	name := "base.dataset_" + l.county
	var kind string
	err := l.tx.QueryRow(ctx, "select relkind::text from pg_class where oid = to_regclass($1)", name).Scan(&kind)
	if err == nil && kind == "f" {
		return &geo.InputError{File: l.db.name,
			Message: geo.Textf("旗县 %s 的底图在另一台服务器上", "the base data of county %s is on another server", l.county),
			Advice:  geo.Text{ZH: "请直接向那台服务器装载", EN: "Load it there"}}
	}
	if err == nil || !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	l.fresh = true
	_, err = l.tx.Exec(ctx, fmt.Sprintf("create table %[1]s (like base.dataset including all); alter table %[1]s add primary key (county, id)", name))
	return err
}

// create makes the table of a dataset, apart from the others until attach. The
// check spares attaching a look at every row.
func (l *load) create(ctx context.Context, id int64) error {
	_, err := l.tx.Exec(ctx, fmt.Sprintf(`create table %[1]s (like base.feature including all,
		constraint one_dataset check (county = '%[2]s' and dataset = %[3]d))`, l.table(id), l.county, id))
	return err
}

// index makes the keys of a filled table and tells the planner what is in it.
func (l *load) index(ctx context.Context, id int64) error {
	_, err := l.tx.Exec(ctx, fmt.Sprintf(`alter table %[1]s add primary key (county, dataset, record);
		create index on %[1]s using gist (geom);
		analyze %[1]s`, l.table(id)))
	return err
}

// attach puts everything in its place; from the commit on everybody sees it.
// Attaching what was made apart keeps readers going, where "partition of" would
// shut them out. It comes last, so that loads of other counties hardly wait.
func (l *load) attach(ctx context.Context, all []loaded) error {
	if l.fresh {
		_, err := l.tx.Exec(ctx, fmt.Sprintf("alter table base.dataset attach partition base.dataset_%[1]s for values in ('%[1]s')", l.county))
		if err != nil {
			return err
		}
	}
	for _, d := range all {
		_, err := l.tx.Exec(ctx, fmt.Sprintf(`alter table base.feature attach partition %[2]s for values from ('%[1]s', %[3]d) to ('%[1]s', %[3]d + 1);
			alter table %[2]s drop constraint one_dataset`, l.county, l.table(d.id), d.id))
		if err != nil {
			return err
		}
	}
	return nil
}

// record writes the row of a dataset.
func (l *load) record(ctx context.Context, ordinal int, d loaded) error {
	layer := d.source.Layer
	c := d.source.CRS
	var held [6][]byte
	for i, v := range []any{
		storedCRS{c.Kind, c.CentralMeridian, c.FalseEasting, c.FalseNorthing},
		storeFields(layer.Fields()), d.columns, d.issues, append([]geo.Notice{}, l.options.Notices...),
		notesOf(d.source),
	} {
		var err error
		if held[i], err = json.Marshal(v); err != nil {
			return err
		}
	}
	_, err := l.tx.Exec(ctx, `insert into base.dataset_`+l.county+` (county, id, role, version, ordinal, name, file, digest,
		srid, crs, fields, columns, oddities, container, notes, rows, bound, lonlat, area_m2)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		l.county, d.id, d.source.Role, l.version, ordinal, layer.Name(), layer.File(), d.digest,
		d.srid, held[0], held[1], held[2], held[3], held[4], held[5], d.rows, d.box, d.lonLat, d.area)
	return err
}

// notesOf are a source's notes, none as none.
func notesOf(s Source) map[string]string {
	if s.Notes == nil {
		return map[string]string{}
	}
	return s.Notes
}
