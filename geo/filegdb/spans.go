package filegdb

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

var _ geo.MeasuredLayer = (*Layer)(nil)

// Split implements geo.MeasuredLayer, by the blocks that meet the boxes.
func (l *Layer) Split(boxes []orb.Bound, n int) []geo.Span {
	var meeting []int
	q := inplace.NewQuery(boxes)
	for b, around := range l.blocks {
		if boxes == nil || q.Meets(around) {
			meeting = append(meeting, b)
		}
	}
	var spans []geo.Span
	for part := range n {
		from, to := len(meeting)*part/n, len(meeting)*(part+1)/n
		if from < to {
			first, _ := l.block(meeting[from])
			_, last := l.block(meeting[to-1])
			spans = append(spans, geo.Span{First: l.table.id(first), Last: l.table.id(last - 1)})
		}
	}
	return spans
}

// NearSkipping implements geo.MeasuredLayer. No area is known before its shape
// is read, so that skip is never asked: what is gained is that spans are read
// side by side.
func (l *Layer) NearSkipping(ctx context.Context, _ geo.CRS, in geo.Span, boxes []orb.Bound, columns []string, _ func(*geo.MeasuredFeature) bool) iter.Seq2[geo.MeasuredFeature, error] {
	return func(yield func(geo.MeasuredFeature, error) bool) {
		one := func(f geo.Feature, err error) bool {
			return yield(geo.MeasuredFeature{Feature: f}, err)
		}
		l.each(ctx, one, l.reader(columns), l.within(in.First, in.Last, l.finding(boxes)), l.feature(boxes != nil))
	}
}
