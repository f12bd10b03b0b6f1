package shapefile

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/inplace"
)

var (
	_ geo.MeasuredLayer = (*Layer)(nil)
	_ geo.LayerCache    = (*Layer)(nil)
)

// Split implements geo.Surveyed, by the blocks that meet the boxes.
func (l *Layer) Split(boxes []orb.Bound, n int) []geo.Span {
	var meeting []int
	q := inplace.NewQuery(boxes)
	for b, around := range l.records.blocks {
		if boxes == nil || q.Meets(around) {
			meeting = append(meeting, b)
		}
	}
	var spans []geo.Span
	for part := range n {
		from, to := len(meeting)*part/n, len(meeting)*(part+1)/n
		if from < to {
			first, _ := l.records.block(meeting[from])
			_, last := l.records.block(meeting[to-1])
			spans = append(spans, geo.Span{First: first + 1, Last: last})
		}
	}
	return spans
}

// NearSkipping implements geo.Surveyed.
func (l *Layer) NearSkipping(ctx context.Context, system geo.CRS, in geo.Span, boxes []orb.Bound, columns []string, skip func(*geo.MeasuredFeature) bool) iter.Seq2[geo.MeasuredFeature, error] {
	return func(yield func(geo.MeasuredFeature, error) bool) {
		var k geo.MeasuredFeature
		known := l.openAreaFile()
		l.each(ctx, func(f geo.Feature, err error) bool {
			k.Feature = f
			return yield(k, err)
		}, columns, l.within(in, l.finding(boxes)), func(i int, row rowReader) (geo.Feature, bool, error) {
			if l.deleted(i) {
				return geo.Feature{}, false, nil
			}
			k = geo.MeasuredFeature{Feature: geo.Feature{Record: i + 1, Values: row(i)}, Box: l.records.boxes[i].Bound(), Area: known.area(system, i)}
			if k.Area != 0 && skip(&k) {
				return k.Feature, true, nil
			}
			var err error
			k.Geometry, err = l.geometry(i)
			return k.Feature, err == nil && (k.Geometry != nil || boxes == nil), err
		})
	}
}

// openAreaFile are what a cache knows of the layer, and what is learned.
func (l *Layer) openAreaFile() *areaFile {
	l.reading.Do(func() {
		l.areaFile = newAreaFile()
		if path, err := keptPath(l.cache, l.parts.shp, areaFileEnding); l.cache != "" && err == nil {
			l.areaFile = readAreaFile(path, l.print.text)
			touch(path)
		}
	})
	return l.areaFile
}

// SetAreas implements geo.Learner. Records about which anything is odd are read
// again each time, so that it is said again.
func (l *Layer) SetAreas(system geo.CRS, areas map[int]float64) {
	if l.cache == "" || len(areas) == 0 {
		return
	}
	f := l.openAreaFile()
	odd := l.odd.Records()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for record, area := range areas {
		if !odd[record] && record > 0 && record <= l.records.len() {
			f.setAreas(system, record-1, area)
		}
	}
}

// SetMetadata implements geo.Learner. Of a layer in which a text was odd nothing is
// noted: who reads it again says so again.
func (l *Layer) SetMetadata(key, text string) {
	if l.cache == "" || l.odd.Of(badText) {
		return
	}
	f := l.openAreaFile()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.notes[key] != text {
		f.notes[key], f.news = text, true
	}
}

// Metadata implements geo.Learner.
func (l *Layer) Metadata(key string) (text string, ok bool) {
	f := l.openAreaFile()
	f.mutex.RLock()
	defer f.mutex.RUnlock()
	text, ok = f.notes[key]
	return text, ok
}

// storeAreaFile has the cache remember what was learned, unless the files are
// too new or have changed meanwhile. Nothing depends on it.
func (l *Layer) storeAreaFile() {
	if l.areaFile == nil || !l.areaFile.news || !l.print.trusted(l.began) {
		return
	}
	if again, err := l.parts.fingerprint(); err != nil || again.text != l.print.text {
		return
	}
	path, err := keptPath(l.cache, l.parts.shp, areaFileEnding)
	if err != nil {
		return
	}
	parts, err := l.areaFile.parts(l.print.text)
	if err == nil && replaceKept(path, parts...) == nil {
		prune(l.cache)
	}
}
