package postgis

import (
	"context"
	"encoding/json"
	"fmt"

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
func (l *load) table(id int64) string { return tableOf(l.county, id) }

// tableOf is the table of a dataset's features where they lie in this database.
func tableOf(county string, id int64) string { return fmt.Sprintf("base.feature_%s_%d", county, id) }

// begin takes the county for this load and counts on: the version and the
// number of the first dataset.
func (l *load) begin(ctx context.Context) (first int64, err error) {
	// One load of a county at a time; another waits, and so gets its own version.
	err = l.exec(ctx, "set local statement_timeout = 0",
		"set local idle_in_transaction_session_timeout = 0",
		"set local maintenance_work_mem = '256MB'",
		"set local max_parallel_maintenance_workers = 4",
		"set local default_statistics_target = 20", // a look at 6 000 rows, not 30 000, tells the planner enough
		"select pg_advisory_xact_lock(hashtextextended('landcheck load "+l.county+"', 0))")
	if err != nil {
		return 0, err
	}
	server, err := serverOf(ctx, l.tx, l.county)
	if err != nil {
		return 0, err
	}
	if server != "" {
		return 0, elsewhere(l.db.name, l.county, server)
	}
	err = l.tx.QueryRow(ctx, "select coalesce(max(version), 0) + 1, coalesce(max(id), 0) + 1 from base.dataset where county = $1", l.county).
		Scan(&l.version, &first)
	if err != nil || l.version == 1 {
		return first, err
	}
	before, err := l.db.datasetsBy(ctx, l.tx, "base.dataset", "where d.county = $1 order by d.id", l.county) // nothing else changes them meanwhile
	if err == nil && len(before) > 0 {
		l.builtOn = countyOf(before).Version
	}
	return first, err
}

// exec runs statements one by one: Citus takes none that comes with others.
func (l *load) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := l.tx.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// create makes the table of a dataset, apart from the others until attach. The
// check spares attaching a look at every row.
func (l *load) create(ctx context.Context, id int64) error {
	return l.exec(ctx, fmt.Sprintf(`create table %[1]s (like base.feature including all,
		constraint one_dataset check (county = '%[2]s' and dataset = %[3]d))`, l.table(id), l.county, id))
}

// index makes the keys of a filled table and tells the planner what is in it.
func (l *load) index(ctx context.Context, id int64) error {
	return l.exec(ctx, "alter table "+l.table(id)+" add primary key (county, dataset, record)",
		"create index on "+l.table(id)+" using gist (geom)",
		"analyze "+l.table(id))
}

// attach puts everything in its place; from the commit on everybody sees it.
// Attaching what was made apart keeps readers going, where "partition of" would
// shut them out. It comes last, so that loads of other counties hardly wait.
func (l *load) attach(ctx context.Context, all []loaded) error {
	for _, d := range all {
		err := l.exec(ctx, fmt.Sprintf("alter table base.feature attach partition %[2]s for values from ('%[1]s', %[3]d) to ('%[1]s', %[3]d + 1)", l.county, l.table(d.id), d.id),
			"alter table "+l.table(d.id)+" drop constraint one_dataset")
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
	_, err := l.tx.Exec(ctx, `insert into base.dataset (county, id, role, version, ordinal, name, file, digest,
		srid, crs, fields, columns, oddities, container, notes, rows, bound, lonlat, area_m2, built_on)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		l.county, d.id, d.source.Role, l.version, ordinal, layer.Name(), layer.File(), d.digest,
		d.srid, held[0], held[1], held[2], held[3], held[4], held[5], d.rows, d.box, d.lonLat, d.area, l.builtOn)
	return err
}

// notesOf are a source's notes, none as none.
func notesOf(s Source) map[string]string {
	if s.Notes == nil {
		return map[string]string{}
	}
	return s.Notes
}

// elsewhere is a county whose base data is changed on the server that it lies on.
func elsewhere(database, county, server string) error {
	return &geo.InputError{File: database,
		Message: geo.Textf("旗县 %[1]s 的底图在另一台服务器 %[2]s 上", "the base data of county %[1]s is on another server, %[2]s", county, server),
		Advice:  geo.Text{ZH: "请直接向那台服务器装载", EN: "Load it there"}}
}
