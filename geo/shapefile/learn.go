package shapefile

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

var (
	_ geo.Surveyed = (*Layer)(nil)
	_ geo.Learner  = (*Layer)(nil)
)

// Split implements geo.Surveyed, by the blocks that meet the boxes.
func (l *Layer) Split(boxes []orb.Bound, n int) []geo.Span {
	var meeting []int
	q := newQuery(boxes)
	for b, around := range l.records.blocks {
		if boxes == nil || q.meets(around) {
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

// NearSparing implements geo.Surveyed.
func (l *Layer) NearSparing(ctx context.Context, system geo.CRS, in geo.Span, boxes []orb.Bound, columns []string, spare func(*geo.Known) bool) iter.Seq2[geo.Known, error] {
	return func(yield func(geo.Known, error) bool) {
		var k geo.Known
		known := l.figures()
		l.each(ctx, func(f geo.Feature, err error) bool {
			k.Feature = f
			return yield(k, err)
		}, columns, l.within(in, l.finding(boxes)), func(i int, row rowReader) (geo.Feature, bool, error) {
			if l.deleted(i) {
				return geo.Feature{}, false, nil
			}
			k = geo.Known{Feature: geo.Feature{Record: i + 1, Values: row(i)}, Box: l.records.boxes[i].bound(), Area: known.area(system, i)}
			if k.Area != 0 && spare(&k) {
				return k.Feature, true, nil
			}
			var err error
			k.Geometry, err = l.geometry(i)
			return k.Feature, err == nil && (k.Geometry != nil || boxes == nil), err
		})
	}
}

// figures are what a cache knows of the layer, and what is learned.
func (l *Layer) figures() *figures {
	l.reading.Do(func() {
		l.learned = newFigures()
		if path, err := keptPath(l.cache, l.parts.shp, figuresEnding); l.cache != "" && err == nil {
			l.learned = readFigures(path, l.print.text)
			touch(path)
		}
	})
	return l.learned
}

// Learn implements geo.Learner. Records about which anything is odd are read
// again each time, so that it is said again.
func (l *Layer) Learn(system geo.CRS, areas map[int]float64) {
	if l.cache == "" || len(areas) == 0 {
		return
	}
	f := l.figures()
	odd := l.odd.records()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for record, area := range areas {
		if !odd[record] && record > 0 && record <= l.records.len() {
			f.learn(system, record-1, area)
		}
	}
}

// Note implements geo.Learner. Of a layer in which a text was odd nothing is
// noted: who reads it again says so again.
func (l *Layer) Note(key, text string) {
	if l.cache == "" || l.odd.of(badText) {
		return
	}
	f := l.figures()
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.notes[key] != text {
		f.notes[key], f.news = text, true
	}
}

// Noted implements geo.Learner.
func (l *Layer) Noted(key string) (text string, ok bool) {
	f := l.figures()
	f.mutex.RLock()
	defer f.mutex.RUnlock()
	text, ok = f.notes[key]
	return text, ok
}

// storeFigures has the cache remember what was learned, unless the files are
// too new or have changed meanwhile. Nothing depends on it.
func (l *Layer) storeFigures() {
	if l.learned == nil || !l.learned.news || !l.print.trusted(l.began) {
		return
	}
	if again, err := l.parts.fingerprint(); err != nil || again.text != l.print.text {
		return
	}
	path, err := keptPath(l.cache, l.parts.shp, figuresEnding)
	if err != nil {
		return
	}
	parts, err := l.learned.parts(l.print.text)
	if err == nil && replaceKept(path, parts...) == nil {
		prune(l.cache)
	}
}
