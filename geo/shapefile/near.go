package shapefile

import (
	"context"
	"iter"
	"math"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// Near implements geo.Layer. One pass over the boxes held in memory finds the
// candidates; only they are decoded. A record whose geometry came to nothing
// (null shape, no usable ring) is yielded only for nil boxes.
func (l *Layer) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return l.NearAfter(ctx, boxes, columns, 0, math.MaxInt)
}

// NearAfter implements geo.Seeker: records before are passed over unread.
func (l *Layer) NearAfter(ctx context.Context, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		if most > 0 {
			find := l.records.Within(after, math.MaxInt, l.records.Finding(boxes))
			l.reading(columns).Near(ctx, find, boxes != nil, inplace.Page(most, yield))
		}
	}
}

// Rows implements geo.Layer.
func (l *Layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) { l.reading(columns).Rows(ctx, yield) }
}

// reading is a new reading of some columns.
func (l *Layer) reading(columns []string) *inplace.Reading {
	if l.closed.Load() {
		return &inplace.Reading{Closed: errClosed}
	}
	read := &inplace.Reading{
		Records: &l.records.Records, Files: []*inplace.File{l.shp}, Place: l.place,
		Number: func(i int) int { return i + 1 },
		Reader: &reader{l, func(int) []string { return make([]string, len(columns)) }},
	}
	if l.table != nil {
		read.Files = append(read.Files, l.table.file)
		read.Reader = &reader{l, l.table.reader(columns, &l.odd)}
	}
	return read
}

// reader reads records for one consumer.
type reader struct {
	l   *Layer
	row rowReader
}

// Begin implements inplace.Reader.
func (r *reader) Begin(i int) (bool, error) { return !r.l.deleted(i), nil }

// Shape implements inplace.Reader.
func (r *reader) Shape(i int) (orb.MultiPolygon, error) { return r.l.geometry(i) }

// Values implements inplace.Reader.
func (r *reader) Values(i int) ([]string, error) { return r.row(i), nil }
