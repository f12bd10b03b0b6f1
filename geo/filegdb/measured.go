package filegdb

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

var (
	_ geo.MeasuredLayer = (*Layer)(nil)
	_ geo.LayerCache    = (*Layer)(nil)
)

// Split implements geo.MeasuredLayer, by the blocks that meet the boxes.
func (l *Layer) Split(boxes []orb.Bound, n int) []geo.Span {
	var spans []geo.Span
	for _, r := range l.records.Split(boxes, n) {
		spans = append(spans, geo.Span{First: l.table.id(r[0]), Last: l.table.id(r[1] - 1)})
	}
	return spans
}

// NearSkipping implements geo.MeasuredLayer.
func (l *Layer) NearSkipping(ctx context.Context, system geo.CRS, in geo.Span, boxes []orb.Bound, columns []string, skip func(*geo.MeasuredFeature) bool) iter.Seq2[geo.MeasuredFeature, error] {
	return func(yield func(geo.MeasuredFeature, error) bool) {
		find := l.records.Within(l.table.rowFrom(in.First), l.table.rowFrom(in.Last+1), l.records.Finding(boxes))
		l.reading(columns).Skipping(ctx, find, boxes != nil, l.cache.Areas(system), skip, yield)
	}
}

// SetAreas implements geo.LayerCache. Records about which anything is odd are read
// again each time, so that it is said again.
func (l *Layer) SetAreas(system geo.CRS, areas map[int]float64) {
	odd := l.odd.Records()
	sound := make(map[int]float64, len(areas))
	for id, area := range areas {
		if i := l.table.rowFrom(id); !odd[id] && i < len(l.table.offsets) && l.table.id(i) == id {
			sound[i] = area
		}
	}
	l.cache.SetAreas(system, sound)
}

// SetMetadata implements geo.LayerCache.
func (l *Layer) SetMetadata(key, text string) { l.cache.SetMetadata(key, text) }

// Metadata implements geo.LayerCache.
func (l *Layer) Metadata(key string) (text string, ok bool) { return l.cache.Metadata(key) }
