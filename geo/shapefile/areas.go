package shapefile

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
		spans = append(spans, geo.Span{First: r[0] + 1, Last: r[1]})
	}
	return spans
}

// NearSkipping implements geo.MeasuredLayer.
func (l *Layer) NearSkipping(ctx context.Context, system geo.CRS, in geo.Span, boxes []orb.Bound, columns []string, skip func(*geo.MeasuredFeature) bool) iter.Seq2[geo.MeasuredFeature, error] {
	return func(yield func(geo.MeasuredFeature, error) bool) {
		find := l.records.Within(in.First-1, in.Last, l.records.Finding(boxes))
		l.reading(columns).Skipping(ctx, find, boxes != nil, l.cache.Areas(system), skip, yield)
	}
}

// SetAreas implements geo.LayerCache. Records about which anything is odd are read
// again each time, so that it is said again.
func (l *Layer) SetAreas(system geo.CRS, areas map[int]float64) {
	odd := l.odd.Records()
	sound := make(map[int]float64, len(areas))
	for record, area := range areas {
		if !odd[record] && record > 0 && record <= l.records.len() {
			sound[record-1] = area
		}
	}
	l.cache.SetAreas(system, sound)
}

// SetMetadata implements geo.LayerCache. Of a layer in which a text was odd
// nothing is noted: who reads it again says so again.
func (l *Layer) SetMetadata(key, text string) {
	if !l.odd.Of(badText) {
		l.cache.SetMetadata(key, text)
	}
}

// Metadata implements geo.LayerCache.
func (l *Layer) Metadata(key string) (text string, ok bool) { return l.cache.Metadata(key) }
