package inplace

import (
	"context"

	"github.com/paulmach/orb"

	"landcheck/geo"
)

// Reader reads records for one consumer, counted from 0.
type Reader interface {
	// Begin goes to a record; false if it was deleted.
	Begin(i int) (bool, error)
	// Shape decodes its shape, nil for a null one or if nothing is left of it.
	Shape(i int) (orb.MultiPolygon, error)
	// Values are those of the columns that were asked for.
	Values(i int) ([]string, error)
}

// Reading is one reading of a layer. It yields records in order until the
// consumer stops; a failure is placed and yielded once.
type Reading struct {
	Closed  error // why nothing can be read; nil if it can
	Records *Records
	Reader  Reader
	Files   []*File           // that must not change meanwhile
	Number  func(i int) int   // of the record, as users count
	Place   func(error) error // names the layer of an error
}

// Near yields the records that a finder finds with their shapes; those without are
// left out if shaped.
func (r *Reading) Near(ctx context.Context, find Finder, shaped bool, yield func(geo.Feature, error) bool) {
	r.each(ctx, find, yield, func(i int) (f geo.Feature, wanted bool, err error) {
		if live, err := r.Reader.Begin(i); err != nil || !live {
			return f, false, err
		}
		return r.whole(i, shaped)
	})
}

// whole reads a record that was begun.
func (r *Reading) whole(i int, shaped bool) (f geo.Feature, wanted bool, err error) {
	if f.Geometry, err = r.Reader.Shape(i); err != nil || f.Geometry == nil && shaped {
		return f, false, err
	}
	f.Record = r.Number(i)
	f.Values, err = r.Reader.Values(i)
	return f, err == nil, err
}

// Rows yields all records without their shapes.
func (r *Reading) Rows(ctx context.Context, yield func(geo.Feature, error) bool) {
	r.each(ctx, r.Records.Numbers, yield, func(i int) (f geo.Feature, wanted bool, err error) {
		if live, err := r.Reader.Begin(i); err != nil || !live {
			return f, false, err
		}
		f.Record = r.Number(i)
		f.Values, err = r.Reader.Values(i)
		return f, err == nil, err
	})
}

// Skipping is Near for who can do without shapes of records whose areas are known
// (0: it is not): see geo.MeasuredLayer.
func (r *Reading) Skipping(ctx context.Context, find Finder, shaped bool, known func(i int) float64, skip func(*geo.MeasuredFeature) bool, yield func(geo.MeasuredFeature, error) bool) {
	var k geo.MeasuredFeature
	r.each(ctx, find, func(f geo.Feature, err error) bool {
		k.Feature = f
		return yield(k, err)
	}, func(i int) (f geo.Feature, wanted bool, err error) {
		live, err := r.Reader.Begin(i)
		if err != nil || !live {
			return f, false, err
		}
		k = geo.MeasuredFeature{Box: r.Records.Boxes[i].Bound(), Area: known(i)}
		if k.Area == 0 {
			return r.whole(i, shaped)
		}
		f.Record = r.Number(i)
		if f.Values, err = r.Reader.Values(i); err != nil {
			return f, false, err
		}
		if k.Feature = f; skip(&k) {
			return f, true, nil
		}
		f.Geometry, err = r.Reader.Shape(i)
		return f, err == nil && (f.Geometry != nil || !shaped), err
	})
}

// forgetAfter is how many records are read before their pages are given back.
const forgetAfter = 64 << 10

// each yields the records that read finds wanted.
func (r *Reading) each(ctx context.Context, find Finder, yield func(geo.Feature, error) bool, read func(i int) (f geo.Feature, wanted bool, err error)) {
	if r.Closed != nil {
		yield(geo.Feature{}, r.Closed)
		return
	}
	defer r.forget()
	var found []int32
	touched := 0
	for block := range r.Records.Blocks {
		err := ctx.Err()
		if err == nil {
			err = Guard(0, func() (err error) { found, err = find(block, found[:0]); return err })
		}
		if err != nil {
			yield(geo.Feature{}, r.Place(err))
			return
		}
		for _, i := range found {
			i := int(i)
			var f geo.Feature
			var wanted bool
			err := Guard(r.Number(i), func() (err error) { f, wanted, err = read(i); return err })
			if err != nil {
				yield(geo.Feature{}, r.Place(err))
				return
			}
			if wanted && !yield(f, nil) {
				return
			}
		}
		if touched += len(found); touched >= forgetAfter {
			touched = 0
			r.forget()
		}
	}
	for _, f := range r.Files {
		if !f.Unchanged() {
			yield(geo.Feature{}, r.Place(Changed(0, nil)))
			return
		}
	}
}

func (r *Reading) forget() {
	for _, f := range r.Files {
		f.Forget()
	}
}

// Page yields so many features at most to another.
func Page(most int, yield func(geo.Feature, error) bool) func(geo.Feature, error) bool {
	n := 0
	return func(f geo.Feature, err error) bool {
		n++
		return yield(f, err) && n < most
	}
}
