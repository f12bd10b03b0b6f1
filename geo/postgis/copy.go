package postgis

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"landcheck/geo"
	"landcheck/geo/guard"
)

// A batch ends at so many rows or vertices, so that memory stays bounded
// whatever the shapes: a few megabytes for each goroutine.
const (
	batchRows     = 512
	batchVertices = 64 << 10
)

// batch is some rows on their way: decoded, then encoded.
type batch struct {
	features []geo.Feature
	encoded  []byte
	area     float64
	done     chan error
}

// dataset copies a layer into a table of its own.
func (l *load) dataset(ctx context.Context, s Source, id int64) (loaded, error) {
	d := loaded{source: s, id: id, columns: keptColumns(s.Layer.Fields(), s.Columns), srid: s.CRS.EPSG(), rows: s.Layer.Len()}
	if d.columns == nil {
		d.columns = []column{}
	}
	before := issues(s.Layer)
	if err := l.create(ctx, id); err != nil {
		return d, err
	}
	e := newEncoder(l.county, id, d.columns, uint32(d.srid))
	var err error
	if d.box = corners(s.Layer.Bound()); d.box != nil {
		if e.surveyor, err = geo.NewSurveyor(s.CRS, boundOf(d.box).Center()); err != nil {
			return d, inFile(err, s.Layer.File())
		}
		if d.lonLat, err = lonLat(s.CRS, d.box); err != nil {
			return d, inFile(err, s.Layer.File())
		}
	}
	if d.area, err = l.copy(ctx, s.Layer, e); err != nil {
		return d, inFile(err, s.Layer.File())
	}
	d.issues = storeIssues(s.Layer, before)
	for _, n := range s.Notices {
		d.issues = append(d.issues, storedIssue{Severity: n.Severity, File: n.File, Message: n.Message, Whole: true})
	}
	return d, l.index(ctx, id)
}

// lonLat is a box in degrees.
func lonLat(crs geo.CRS, box []float64) ([]float64, error) {
	t, err := geo.NewTransform(crs, geo.CRS{Kind: geo.Geographic})
	if err != nil {
		return nil, err
	}
	b, err := t.Bound(boundOf(box))
	return corners(b), err
}

// copy streams the layer into its table: one goroutine decodes, several
// encode, one sends; rows stay in order.
func (l *load) copy(ctx context.Context, layer geo.Layer, e *encoder) (area float64, err error) {
	// Before anything runs: the first batch settles how columns are written.
	sql := fmt.Sprintf("copy %s (%s) from stdin (format binary, freeze)", l.table(e.dataset), strings.Join(e.names(), ", "))
	group, ctx := guard.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	waiting := make(chan *batch, 2*workers) // to be encoded
	ordered := make(chan *batch, 2*workers) // to be sent, each once it is done
	used := make(buffers, 4*workers)
	group.Go(func() error {
		defer close(waiting)
		defer close(ordered)
		return read(ctx, layer, e, func(b *batch) error {
			for _, to := range []chan *batch{waiting, ordered} {
				select {
				case to <- b:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range workers {
		group.Go(func() error {
			for b := range waiting {
				b.encoded = used.get()
				b.done <- b.encode(e)
			}
			return nil
		})
	}
	from, to := io.Pipe()
	group.Go(func() (err error) {
		defer func() { to.CloseWithError(err) }()
		if _, err := io.WriteString(to, copyHead); err != nil {
			return err
		}
		for b := range ordered {
			select {
			case err = <-b.done:
			case <-ctx.Done():
				err = ctx.Err()
			}
			if err != nil {
				return err
			}
			if _, err := to.Write(b.encoded); err != nil {
				return err
			}
			area += b.area
			l.said(b)
			used.put(b.encoded)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		_, err = io.WriteString(to, copyTail)
		return err
	})
	group.Go(func() error {
		_, err := l.tx.Conn().PgConn().CopyFrom(ctx, from, sql)
		from.CloseWithError(errStopped(err))
		return err
	})
	return area, group.Wait()
}

// buffers are those that have been sent, to be filled again.
type buffers chan []byte

func (u buffers) get() []byte {
	select {
	case b := <-u:
		return b
	default:
		return nil
	}
}

func (u buffers) put(b []byte) {
	select {
	case u <- b[:0]:
	default:
	}
}

// errStopped is what a sender hears whose receiver has gone.
func errStopped(err error) error {
	if err == nil {
		return io.ErrClosedPipe
	}
	return err
}

// read hands on a layer in batches. The first one shows how its figures are
// written.
func read(ctx context.Context, layer geo.Layer, e *encoder, emit func(*batch) error) error {
	names := make([]string, len(e.columns))
	for i, c := range e.columns {
		names[i] = c.Name
	}
	b, vertices, first := &batch{}, 0, true
	flush := func() error {
		if first {
			first = false
			e.learn(b.features)
		}
		b.done = make(chan error, 1)
		err := emit(b)
		b, vertices = &batch{features: make([]geo.Feature, 0, batchRows)}, 0
		return err
	}
	for f, err := range layer.Near(ctx, nil, names) {
		if err != nil {
			return err
		}
		b.features = append(b.features, f)
		for _, p := range f.Geometry {
			for _, r := range p {
				vertices += len(r)
			}
		}
		if len(b.features) >= batchRows || vertices >= batchVertices {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// learn settles how each column's figures are written.
func (e *encoder) learn(features []geo.Feature) {
	values := make([]string, len(features))
	for i := range e.columns {
		if e.columns[i].kind() != doubleKind {
			continue
		}
		for k, f := range features {
			values[k] = f.Values[i]
		}
		e.columns[i].learn(values)
	}
}

func (b *batch) encode(e *encoder) error {
	fields := len(e.names())
	for _, f := range b.features {
		var area float64
		var err error
		if b.encoded, area, err = e.row(b.encoded, fields, f); err != nil {
			return err
		}
		b.area += area
	}
	return nil
}
