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
		n := 0
		page := func(f geo.Feature, err error) bool {
			n++
			return yield(f, err) && n < most
		}
		if most <= 0 {
			return
		}
		l.each(ctx, page, columns, l.records.Within(after, math.MaxInt, l.records.Finding(boxes)), func(i int, row rowReader) (geo.Feature, bool, error) {
			none := geo.Feature{}
			if l.deleted(i) {
				return none, false, nil
			}
			geometry, err := l.geometry(i)
			if err != nil || geometry == nil && boxes != nil {
				return none, false, err
			}
			return geo.Feature{Record: i + 1, Geometry: geometry, Values: row(i)}, true, nil
		})
	}
}

// Rows implements geo.Layer.
func (l *Layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		l.each(ctx, yield, columns, l.records.Numbers, func(i int, row rowReader) (geo.Feature, bool, error) {
			if l.deleted(i) {
				return geo.Feature{}, false, nil
			}
			return geo.Feature{Record: i + 1, Values: row(i)}, true, nil
		})
	}
}

// read reads record i, or reports that it is not wanted.
type read func(i int, row rowReader) (f geo.Feature, wanted bool, err error)

// each yields the candidates that read finds wanted, in record order, until
// the consumer stops; a failure is placed and yielded once.
func (l *Layer) each(
	ctx context.Context, yield func(geo.Feature, error) bool,
	columns []string, find inplace.Finder, read read,
) {
	if l.closed.Load() {
		yield(geo.Feature{}, errClosed)
		return
	}
	defer l.shp.Forget()
	row := func(int) []string { return make([]string, len(columns)) }
	if l.table != nil {
		defer l.table.file.Forget()
		row = l.table.reader(columns, &l.odd)
	}
	var found []int32
	touched := 0
	for block := range l.records.Blocks {
		err := ctx.Err()
		if err == nil {
			err = inplace.Guard(0, func() (err error) { found, err = find(block, found[:0]); return err })
		}
		if err != nil {
			yield(geo.Feature{}, l.place(err))
			return
		}
		for _, i := range found {
			i := int(i)
			var f geo.Feature
			var wanted bool
			err := inplace.Guard(i+1, func() (err error) { f, wanted, err = read(i, row); return err })
			if err != nil {
				yield(geo.Feature{}, l.place(err))
				return
			}
			if wanted && !yield(f, nil) {
				return
			}
		}
		if touched += len(found); touched >= forgetAfter {
			touched = 0
			l.shp.Forget()
			if l.table != nil {
				l.table.file.Forget()
			}
		}
	}
	if !l.shp.Unchanged() || l.table != nil && !l.table.file.Unchanged() {
		yield(geo.Feature{}, l.place(inplace.Changed(0, nil)))
	}
}

// forgetAfter is how many records are read before their pages are given back.
const forgetAfter = 64 << 10
