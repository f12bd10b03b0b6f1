package plan

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/geo/guard"
	"landcheck/rules/domain"
)

// Survey is Near for those who can do without some shapes: skip is asked of
// parcels whose area is known, with their Box and Area; where it says yes the
// shape is not read and Geometry is nil. A nil skip is never asked; one that
// is given may be asked from several goroutines.
func (b *Base) Survey(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, canSkip func(*Parcel) bool) ([]*Parcel, error) {
	var all []*Parcel
	for _, l := range b.layers[role] {
		near, err := b.near(ctx, l, work, boxes, canSkip, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, near...)
	}
	return all, nil
}

// near reads one layer; wanted, if given, picks records.
func (b *Base) near(ctx context.Context, l *baseLayer, work geo.CRS, boxes []orb.Bound, canSkip func(*Parcel) bool, wanted map[int]bool) ([]*Parcel, error) {
	if l.err != nil {
		return nil, l.err
	}
	if l.origin == unknownOrigin { // no coordinates at all
		return nil, ctx.Err()
	}
	transform, native, err := l.way(work, boxes)
	if err != nil {
		return nil, err
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	layer, known := l.layer.(geo.MeasuredLayer)
	if !known || canSkip == nil || !transform.Identity() { // what is known is in the layer's own system
		s := survey{baseLayer: l, transform: transform, wanted: wanted}
		err := s.read(l.nearby(ctx, native))
		b.note(s.issues)
		return s.parcels, err
	}
	spans := layer.Split(native, b.jobs)
	surveys, errs := make([]survey, len(spans)), make([]error, len(spans))
	group := guard.New()
	for i, span := range spans {
		s := &surveys[i]
		*s = survey{baseLayer: l, transform: transform, canSkip: canSkip}
		group.Go(func() error {
			return guard.Do("reading "+l.layer.File(), func() error {
				errs[i] = s.read(layer.NearSkipping(ctx, l.crs, span, native, l.layout.columns, s.asked))
				return nil
			})
		})
	}
	if err := group.Wait(); err != nil { // a panic; the errors are in errs: of several the first in the file is told
		return nil, err
	}
	var all []*Parcel
	for i := range surveys {
		if errs[i] != nil {
			return nil, errs[i]
		}
		b.note(surveys[i].issues)
		all = append(all, surveys[i].parcels...)
	}
	return all, nil
}

// nearby reads a layer of which nothing is known, or nothing that serves.
func (l *baseLayer) nearby(ctx context.Context, boxes []orb.Bound) iter.Seq2[geo.MeasuredFeature, error] {
	return func(yield func(geo.MeasuredFeature, error) bool) {
		for f, err := range l.layer.Near(ctx, boxes, l.layout.columns) {
			if !yield(geo.MeasuredFeature{Feature: f}, err) {
				return
			}
		}
	}
}

// survey is one reading of parcels.
type survey struct {
	*baseLayer
	transform *geo.Transform
	canSkip   func(*Parcel) bool
	wanted    map[int]bool
	keep      func(*Parcel) bool // nil keeps all

	parcels []*Parcel
	issues  []Issue
	block   []Parcel // the next ones: parcels share allocations and are too large to be moved
	record  int      // whose values block[0] has
}

// read takes what a layer gives.
func (s *survey) read(features iter.Seq2[geo.MeasuredFeature, error]) error {
	for f, err := range features {
		if err != nil {
			return inFile(err, s.layer.File())
		}
		shape := len(f.Geometry) > 0
		if !shape && f.Area == 0 || s.wanted != nil && !s.wanted[f.Record] { // a null shape, or not asked for
			continue
		}
		if s.record != f.Record {
			s.fill(f.Feature)
		}
		p := &s.block[0]
		if !p.counts() {
			continue
		}
		if shape {
			if p.Geometry, err = s.transform.MultiPolygon(f.Geometry); err != nil {
				return inRecord(err, s.layer.File(), f.Record)
			}
			p.Box = geo.Bound(p.Geometry)
		}
		if s.keep != nil && !s.keep(p) { // the next takes its place
			continue
		}
		s.parcels, s.block = append(s.parcels, p), s.block[1:]
	}
	return nil
}

// asked passes on the question whether a shape may be skipped.
func (s *survey) asked(k *geo.MeasuredFeature) bool {
	p := s.fill(k.Feature)
	p.Box, p.Area = k.Box, k.Area
	return s.canSkip(p)
}

// fill reads a record's values into the next parcel.
func (s *survey) fill(f geo.Feature) *Parcel {
	if len(s.block) == 0 {
		s.block = make([]Parcel, 256)
	}
	s.block[0], s.record = s.parcel(f, &s.issues), f.Record
	return &s.block[0]
}

// Measured is the area of a record, m².
type Measured struct {
	File   string
	Record int
	Area   float64
}

// SetAreas has layers remember areas that were measured in the working system.
// Nothing depends on it.
func (b *Base) SetAreas(role domain.Role, work geo.CRS, measured []Measured) {
	for _, l := range b.layers[role] {
		layer, ok := l.layer.(geo.LayerCache)
		if !ok || l.crs != work {
			continue
		}
		areas := map[int]float64{}
		for _, m := range measured {
			if m.File == l.layout.file {
				areas[m.Record] = m.Area
			}
		}
		layer.SetAreas(work, areas)
	}
}
