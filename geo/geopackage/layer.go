package geopackage

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/regular"
)

// layer is one feature table or view.
type layer struct {
	src     *source
	db      *sql.DB
	table   string // as the database spells it
	view    bool
	shapes  string   // geometry column
	key     string   // integer primary key; "" if none, then rows are counted
	columns []column // attributes, geometry left out
	srsID   int64
	crs     geo.CRS
	crsErr  error
	rows    int
	nulls   int
	root    int    // page of the table's tree; 0 for a view
	shapeAt int    // of the geometry among the stored values of a row
	rtree   string // tables of the spatial index, "" for none; compared, never asked
	extent  *box   // what the catalogue says, if it says anything
	indexed *index // once it was made
	bound   orb.Bound
	bounded bool
	odd     issues
	lost    atomic.Pointer[[]geo.LostValues]
}

func (l *layer) Name() string          { return geo.Printable(l.table) }
func (l *layer) File() string          { return l.src.shown + "!" + geo.Printable(l.table) }
func (l *layer) CRS() (geo.CRS, error) { return l.crs, l.crsErr }
func (l *layer) Len() int              { return l.rows }

// Notices is what was odd so far.
func (l *layer) Notices() []geo.Notice { return append(slices.Clone(l.odd.list), l.Inspected()...) }

// Inspected implements geo.Inspected: the figures that are lost.
func (l *layer) Inspected() []geo.Notice {
	if list := l.lost.Load(); list != nil {
		return geo.LostNotices(l.File(), *list)
	}
	return nil
}

// Close releases the file handle; it must not be called inside an iteration.
func (l *layer) Close() error { return l.db.Close() }

// Fields are the attributes; a key named fid or ogc_fid is left out, as GDAL
// does, but can still be asked for.
func (l *layer) Fields() []geo.Field {
	var fields []geo.Field
	for _, c := range l.columns {
		if c.name == l.key && (strings.EqualFold(c.name, "fid") || strings.EqualFold(c.name, "ogc_fid")) {
			continue
		}
		fields = append(fields, c.field)
	}
	return fields
}

// Bound is made from the shapes, whatever the catalogue and the spatial index
// say of it.
func (l *layer) Bound() orb.Bound {
	if l.bounded {
		return l.bound
	}
	l.bounded, l.bound = true, nothing
	ctx := context.Background()
	if x, err := l.index(ctx); err == nil {
		l.bound = x.bound()
		return l.bound
	}
	for f, err := range l.Near(ctx, nil, nil) {
		if err != nil {
			break // the reader that needs the rows will meet the same error
		}
		if len(f.Geometry) > 0 {
			l.bound = join(l.bound, f.Geometry.Bound())
		}
	}
	return l.bound
}

// nothing is the empty box.
var nothing = orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}

func join(a, b orb.Bound) orb.Bound {
	if a.IsEmpty() {
		return b
	}
	return a.Union(b)
}

// Digest covers the whole file and the table's name.
func (l *layer) Digest(ctx context.Context) (string, error) {
	file, err := l.src.digest.get(ctx)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s", file, l.table)
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), nil
}

// Near reads the rows whose shapes lie near the boxes.
func (l *layer) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		if boxes != nil && len(boxes) == 0 {
			return
		}
		if err := l.near(ctx, boxes, columns, yield); err != nil && !errors.Is(err, errStopped) {
			yield(geo.Feature{}, err)
		}
	}
}

// Rows reads values only.
func (l *layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		if err := l.values(ctx, columns, yield); err != nil && !errors.Is(err, errStopped) {
			yield(geo.Feature{}, err)
		}
	}
}

// errStopped means that the consumer has had enough.
var errStopped = errors.New("iteration stopped")

// place adds the layer's name and the record to an error.
func (l *layer) place(err error, record int) error {
	if f, ok := geo.AsInputError(err); ok {
		g := *f
		g.File, g.Record = l.File(), record
		return &g
	}
	return err
}

// issues gathers notices, each once however often the layer is read.
type issues struct {
	list []geo.Notice
	seen map[issueKind]bool
}

type issueKind struct {
	kind   string
	record int
}

func (o *issues) add(file, kind string, record int, severity geo.Severity, message geo.Text) {
	if o.seen == nil {
		o.seen = map[issueKind]bool{}
	}
	if k := (issueKind{kind, record}); !o.seen[k] {
		o.seen[k] = true
		o.list = append(o.list, geo.Notice{Severity: severity, File: file, Record: record, Message: message})
	}
}

// fileDigest is computed once for all the tables of a file.
type fileDigest struct {
	path string
	mu   sync.Mutex
	hex  string
}

func (d *fileDigest) get(ctx context.Context) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.hex != "" {
		return d.hex, nil
	}
	f, err := regular.Open(d.path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, geo.Cancelled(ctx, f)); err != nil {
		return "", err
	}
	d.hex = hex.EncodeToString(h.Sum(nil))
	return d.hex, nil
}
