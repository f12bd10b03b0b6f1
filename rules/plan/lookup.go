package plan

import (
	"context"
	"strings"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// Held is a parcel of base data as people look it up. Its geometry and Box are in
// degrees, Area is measured, Values are the columns that were asked for, as they
// are written.
type Held struct {
	Record
	Edge bool // the point that was asked for lies on its outline
}

// near is half a box around a point, in the units of a layer: what touches the
// point has a box that meets it.
const nearMetres, nearDegrees = 1e-3, 1e-8

// At gives the parcels of a role in which a point (degrees) lies, or on whose
// outline it does, each layer asked in its own system: nothing is simplified.
func (b *Base) At(ctx context.Context, role domain.Role, p orb.Point, columns []string) ([]Held, error) {
	var all []Held
	for _, l := range b.layers[role] {
		into, err := l.degreesTo()
		if err != nil || into == nil {
			return all, err
		}
		at, err := into.Point(p)
		if err != nil {
			return nil, inFile(err, l.layer.File())
		}
		reach := nearMetres
		if l.crs.Kind == geo.Geographic {
			reach = nearDegrees
		}
		box := orb.Bound{Min: orb.Point{at[0] - reach, at[1] - reach}, Max: orb.Point{at[0] + reach, at[1] + reach}}
		some, err := b.held(ctx, l, into, []orb.Bound{box}, columns, func(h *Held) bool {
			side := geo.Locate(at, h.Geometry)
			h.Edge = side == geo.OnBoundary
			return side != geo.Outside
		})
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// Named gives the parcels of a role that have an id, of those whose boxes meet a
// box in degrees; nil looks everywhere.
func (b *Base) Named(ctx context.Context, role domain.Role, id string, box *orb.Bound, columns []string) ([]Held, error) {
	var all []Held
	for _, l := range b.layers[role] {
		into, err := l.degreesTo()
		if err != nil || into == nil {
			return all, err
		}
		var boxes []orb.Bound
		if box != nil {
			if boxes, err = nativeBoxes(into, []orb.Bound{*box}); err != nil {
				return nil, inFile(err, l.layer.File())
			}
		}
		some, err := b.held(ctx, l, into, boxes, columns, func(h *Held) bool { return h.ID == id })
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// degreesTo leads from degrees into the layer's own system; nil where it has no
// coordinates at all.
func (l *baseLayer) degreesTo() (*geo.Transform, error) {
	if l.err != nil || l.origin == unknownOrigin {
		return nil, l.err
	}
	way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, l.crs)
	return way, inFile(err, l.layer.File())
}

// held reads the parcels near boxes of the layer's own system that are wanted.
func (b *Base) held(ctx context.Context, l *baseLayer, into *geo.Transform, boxes []orb.Bound, columns []string, wanted func(*Held) bool) ([]Held, error) {
	var all []Held
	var issues []Issue
	l.mutex.Lock()
	defer l.mutex.Unlock()
	defer func() { b.note(issues) }()
	known, back := len(l.layout.columns), into.Inverse()
	for f, err := range l.layer.Near(ctx, boxes, append(l.layout.columns[:known:known], columns...)) {
		if err != nil {
			return nil, inFile(err, l.layer.File())
		}
		h := Held{Record: Record{Parcel: l.parcel(f, &issues), Values: make([]string, len(columns))}}
		h.Geometry = f.Geometry
		if len(f.Geometry) == 0 || !h.counts() || !wanted(&h) {
			continue
		}
		for i, v := range f.Values[known:] {
			h.Values[i] = geo.Printable(strings.TrimSpace(v))
		}
		surveyor, err := geo.NewSurveyor(l.crs, geo.Bound(f.Geometry).Center())
		if err != nil {
			return nil, inFile(err, l.layer.File())
		}
		h.Area = surveyor.MultiPolygon(f.Geometry)
		if h.Geometry, err = back.MultiPolygon(f.Geometry); err != nil {
			return nil, inRecord(err, l.layer.File(), f.Record)
		}
		h.Box = geo.Bound(h.Geometry)
		all = append(all, h)
	}
	return all, nil
}
