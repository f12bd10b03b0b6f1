package postgis

import (
	"context"
	"regexp"

	"github.com/jackc/pgx/v5"

	"landcheck/geo"
	"landcheck/geo/guard"
)

// Source is a layer to be loaded in a role.
type Source struct {
	Role    string
	Layer   geo.Layer
	CRS     geo.CRS           // in which its coordinates are read
	Columns []string          // those worth keeping
	Notices []geo.Notice      // what its reader said of it beyond its own notices
	Notes   map[string]string // what its readers need not find out again, see geo.Noted
}

// LoadProgress is how far a load has come. TotalRows is known from the start.
type LoadProgress struct {
	Rows, TotalRows int
	Shapeless       int   // rows so far without a shape, which no check will meet
	Bytes           int64 // sent to the database
}

// LoadOptions of a load.
type LoadOptions struct {
	Notices  []geo.Notice       // about the containers of the sources
	Progress func(LoadProgress) // may be nil; called from one goroutine at a time
	// Candidate leaves the current version current, where the county has one.
	Candidate bool
	// Within is done in the transaction of the load, last; nil: nothing.
	Within func(ctx context.Context, tx pgx.Tx, version int) error
}

var countyCode = regexp.MustCompile(`^[0-9]{6}$`)

// Load makes a new version of a county's base data of the given layers; roles
// that are not among them stay as they were. All of it is one transaction:
// readers see the version before until it is complete, and a load that is
// cancelled or killed leaves nothing behind. The county is a code of six
// digits. 200 000 parcels take seconds (BenchmarkLoad).
func (db *DB) Load(ctx context.Context, county string, sources []Source, o LoadOptions) (version int, err error) {
	if !countyCode.MatchString(county) {
		return 0, &geo.InputError{
			Message: geo.Textf("旗县代码“%s”不是六位数字", "county code %q is not six digits", county),
			Advice:  geo.Text{ZH: "请填写六位行政区代码，例如 150123", EN: "Write the six digits of its administrative code, for instance 150123"}}
	}
	if len(sources) == 0 {
		return 0, &geo.InputError{
			Message: geo.Text{ZH: "没有要装载的图层", EN: "there is no layer to load"},
			Advice:  geo.Text{ZH: "请给出底图图层", EN: "Name base layers"}}
	}
	if err := db.Ready(ctx); err != nil {
		return 0, err
	}
	l := &load{db: db, county: county, options: o}
	for _, s := range sources {
		l.progress.TotalRows += s.Layer.Len()
	}
	group, gctx := guard.WithContext(ctx)
	digests, known := make([]string, len(sources)), make(chan error, 1)
	group.Go(func() (err error) { // reading every byte takes as long as the load
		defer func() { known <- err }()
		for i, s := range sources {
			if digests[i], err = s.Layer.Digest(gctx); err != nil {
				return inFile(err, s.Layer.File())
			}
		}
		return nil
	})
	group.Go(func() error {
		return pgx.BeginFunc(gctx, db.pool, func(tx pgx.Tx) error {
			l.tx = tx
			return l.run(gctx, sources, digests, known)
		})
	})
	if err := group.Wait(); err != nil {
		return 0, db.failed(ctx, "load "+county, err)
	}
	return l.version, nil
}

// load is one load under way.
type load struct {
	db       *DB
	tx       pgx.Tx
	county   string
	options  LoadOptions
	version  int
	builtOn  int // the version that was current, 0 for none
	progress LoadProgress
}

// run does the work of a load; the digests are there once known says so.
func (l *load) run(ctx context.Context, sources []Source, digests []string, known <-chan error) error {
	first, err := l.begin(ctx)
	if err != nil {
		return err
	}
	var loaded []loaded
	for i, s := range sources {
		d, err := l.dataset(ctx, s, first+int64(i))
		if err != nil {
			return err
		}
		loaded = append(loaded, d)
	}
	if err := <-known; err != nil {
		return err
	}
	for i := range loaded {
		loaded[i].digest = digests[i]
		if l, ok := sources[i].Layer.(geo.InspectedLayer); ok { // what the digest's reading showed is so whatever is read later
			for _, n := range l.Inspected() {
				loaded[i].issues = append(loaded[i].issues, storedIssue{Severity: n.Severity, File: n.File, Message: n.Message, First: n.Record, Whole: true})
			}
		}
		if err := l.record(ctx, i, loaded[i]); err != nil {
			return err
		}
	}
	if !l.options.Candidate || l.builtOn == 0 {
		if err := makeCurrent(ctx, l.tx, l.county, l.version); err != nil {
			return err
		}
	}
	if err := l.attach(ctx, loaded); err != nil || l.options.Within == nil {
		return err
	}
	return l.options.Within(ctx, l.tx, l.version)
}

// said passes on how far the load has come.
func (l *load) said(b *batch) {
	l.progress.Rows += len(b.features)
	l.progress.Bytes += int64(len(b.encoded))
	for _, f := range b.features {
		if len(f.Geometry) == 0 {
			l.progress.Shapeless++
		}
	}
	if l.options.Progress != nil {
		l.options.Progress(l.progress)
	}
}

// inFile gives an error the file that it lacks.
func inFile(err error, file string) error {
	f, ok := geo.AsInputError(err)
	if !ok || f.File != "" {
		return err
	}
	placed := *f
	placed.File = file
	return &placed
}
