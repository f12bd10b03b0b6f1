package postgis

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/paulmach/orb"

	"landcheck/geo"
)

// layer reads one dataset.
type layer struct {
	Dataset
	db      *DB
	columns []column
	server  string // on which the rows lie, "" for this database
	odd     []storedIssue
	notes   map[string]string
	late    map[int]bool // records that show an issue once they are read: whether they were
	any     bool         // anything was read
}

func newLayer(db *DB, d stored) *layer {
	l := &layer{Dataset: d.Dataset, db: db, columns: d.columns, server: d.server, odd: d.issues, notes: d.notes, late: map[int]bool{}}
	for _, o := range l.odd {
		for _, r := range o.Late {
			l.late[r] = false
		}
	}
	return l
}

// table is where the rows are: named, so that nothing of other counties is
// looked at, planned for or locked. Another server has one for all of a county.
func (l *layer) table() string {
	if l.server != "" {
		return "base.feature_" + l.County
	}
	return tableOf(l.County, l.ID)
}

// failed is the error of a reading: of a county on another server it names that.
func (l *layer) failed(ctx context.Context, err error) error {
	var said *pgconn.PgError
	if errors.As(err, &said) && said.Code == "42P01" { // no such table
		if dropped := l.still(ctx); errors.Is(dropped, errDropped) {
			err = dropped
		}
	}
	if ctx.Err() == nil {
		err = l.db.elsewhere(l.County, l.server, err)
	}
	return l.db.failed(ctx, "read "+l.Dataset.File, err)
}

func (l *layer) Name() string          { return l.Dataset.Name }
func (l *layer) File() string          { return l.Dataset.File }
func (l *layer) CRS() (geo.CRS, error) { return l.Dataset.CRS, nil }
func (l *layer) Fields() []geo.Field   { return l.Dataset.Fields }
func (l *layer) Len() int              { return l.Dataset.Rows }
func (l *layer) Bound() orb.Bound      { return l.Dataset.Bound }
func (l *layer) Close() error          { return nil }

// Digest is that of the files that were loaded.
func (l *layer) Digest(context.Context) (string, error) { return l.Dataset.Digest, nil }

// Notices are those that the files would give after the same reading.
func (l *layer) Notices() []geo.Notice { return notices(l.odd, l.late, l.any) }

// Metadata implements geo.Noted, by what the load brought.
func (l *layer) Metadata(key string) (text string, ok bool) {
	text, ok = l.notes[key]
	return text, ok
}

// Load implements geo.Loaded: the version that the layer came with.
func (l *layer) Load() int { return l.Dataset.Version }

// read notes that a record was handed out.
func (l *layer) read(record int) {
	l.any = true
	if _, odd := l.late[record]; odd {
		l.late[record] = true
	}
}

// Near implements geo.Layer with one query.
func (l *layer) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return l.near(ctx, boxes, l.query(columns, true))
}

// NearAfter implements geo.Seeker. PostGIS gives a little too much, which is
// left out here; then a page takes another query.
func (l *layer) NearAfter(ctx context.Context, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		for n := 0; n < most; {
			q := l.query(columns, true)
			q.after, q.most = after, most-n
			for f, err := range l.near(ctx, boxes, q) {
				if n++; !yield(f, err) || err != nil {
					return
				}
			}
			if q.seen < q.most {
				return
			}
			after = q.last
		}
	}
}

func (l *layer) near(ctx context.Context, boxes []orb.Bound, q *query) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		var wanted *geo.Index
		if boxes != nil {
			if boxes = l.useful(boxes); len(boxes) == 0 {
				return
			}
			wanted = geo.NewIndex(boxes)
			q.near(boxes, l.few(boxes))
		}
		q.run(ctx, wanted, func(f geo.Feature, err error) bool {
			if err == nil {
				l.read(f.Record)
			}
			return yield(f, err)
		})
	}
}

// Rows implements geo.Layer.
func (l *layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		l.query(columns, false).run(ctx, nil, yield)
	}
}

// useful are the boxes that can meet anything that no larger one meets: the
// changes of a plan lie in its project area.
func (l *layer) useful(boxes []orb.Bound) []orb.Bound {
	var some []orb.Bound
	for _, b := range boxes {
		if corners(b) != nil && b.Intersects(l.Dataset.Bound) && corners(l.Dataset.Bound) != nil {
			some = append(some, b)
		}
	}
	slices.SortStableFunc(some, func(a, b orb.Bound) int { return cmp.Compare(extent(b), extent(a)) })
	var kept []orb.Bound
	for _, b := range some {
		if !slices.ContainsFunc(kept[:min(len(kept), handful)], func(k orb.Bound) bool { return k.Contains(b.Min) && k.Contains(b.Max) }) {
			kept = append(kept, b)
		}
	}
	return kept
}

func extent(b orb.Bound) float64 { return (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1]) }

// A box costs as much as so many rows of a plain scan: the index gives 11 000
// boxes a second, a scan 300 000 shapes.
const rowsPerBox = 25

// few tells whether looking the boxes up beats reading the whole layer.
func (l *layer) few(boxes []orb.Bound) bool {
	if len(boxes)*rowsPerBox > l.Dataset.Rows {
		return false
	}
	whole, covered := l.Dataset.Bound, 0.0
	for _, b := range boxes {
		width := min(b.Max[0], whole.Max[0]) - max(b.Min[0], whole.Min[0])
		height := min(b.Max[1], whole.Max[1]) - max(b.Min[1], whole.Min[1])
		covered += float64(width * height)
	}
	return covered < (whole.Max[0]-whole.Min[0])*(whole.Max[1]-whole.Min[1])/2
}
