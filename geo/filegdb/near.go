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
		if most <= 0 {
			return
		}
		n := 0
		page := func(f geo.Feature, err error) bool {
			n++
			return yield(f, err) && n < most
		}
		l.each(ctx, page, l.reader(columns), l.records.Within(l.table.rowFrom(after+1), math.MaxInt, l.records.Finding(boxes)), l.feature(boxes != nil))
	}
}

// feature reads rows with their shapes; those without are left out if shaped.
func (l *Layer) feature(shaped bool) func(r *reader, i int) (geo.Feature, bool, error) {
	return func(r *reader, i int) (f geo.Feature, wanted bool, err error) {
		if err = r.split(i); err != nil {
			return f, false, err
		}
		if f.Geometry, err = r.geometry(i); err != nil || f.Geometry == nil && shaped {
			return f, false, err
		}
		f.Record = l.table.id(i)
		f.Values, err = r.values(i)
		return f, err == nil, err
	}
}

// Rows implements geo.Layer.
func (l *Layer) Rows(ctx context.Context, columns []string) iter.Seq2[geo.Feature, error] {
	return func(yield func(geo.Feature, error) bool) {
		l.each(ctx, yield, l.reader(columns), l.records.Numbers, l.attributes)
	}
}

// attributes reads rows without their shapes.
func (l *Layer) attributes(r *reader, i int) (f geo.Feature, _ bool, err error) {
	if err = r.split(i); err != nil {
		return f, false, err
	}
	f.Record = l.table.id(i)
	f.Values, err = r.values(i)
	return f, err == nil, err
}

// forgetAfter is how many records are read before their pages are given back.
const forgetAfter = 64 << 10

// each yields the candidates that read finds wanted, in record order, until the
// consumer stops; a failure is placed and yielded once.
func (l *Layer) each(ctx context.Context, yield func(geo.Feature, error) bool, r *reader, find inplace.Finder,
	read func(r *reader, i int) (f geo.Feature, wanted bool, err error)) {
	if l.closed.Load() {
		yield(geo.Feature{}, errClosed)
		return
	}
	defer l.table.file.Forget()
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
			err := inplace.Guard(l.table.id(i), func() (err error) { f, wanted, err = read(r, i); return err })
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
			l.table.file.Forget()
		}
	}
	if !l.table.file.Unchanged() {
		yield(geo.Feature{}, l.place(inplace.Changed(0, nil)))
	}
}
