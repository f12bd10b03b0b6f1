package filegdb

import (
	"context"
	"iter"
	"math"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

// Near implements geo.Layer. A record whose geometry came to nothing (null
// shape, no usable ring) is yielded only for nil boxes. Records are OBJECTIDs.
func (l *Layer) Near(ctx context.Context, boxes []orb.Bound, columns []string) iter.Seq2[geo.Feature, error] {
	return l.NearAfter(ctx, boxes, columns, 0, math.MaxInt)
}

// NearAfter implements geo.Seeker: records before are passed over unread.
func (l *Layer) NearAfter(ctx context.Context, boxes []orb.Bound, columns []string, after, most int) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		if most > 0 {
			find := l.records.Within(l.table.rowFrom(after+1), math.MaxInt, l.records.Finding(boxes))
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
	return &inplace.Reading{Records: &l.records, Reader: l.reader(columns), Files: []*inplace.File{l.table.file}, Number: l.table.id, Place: l.place}
}
