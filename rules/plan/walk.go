package plan

import (
	"context"

	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// Position is where a parcel stands among those of its role.
type Position struct {
	Layer  int // in the order of Extent.Files
	Record int
}

// ParcelAt is a parcel with its place; its geometry is nil for a null shape.
type ParcelAt struct {
	Position
	Parcel
}

// After gives the parcels of a role that follow a place, most of them at most,
// in the order of places: a page for those who list base data. Boxes are as in
// Near; without boxes null shapes are there too.
func (b *Base) After(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, after Position, most int) ([]ParcelAt, error) {
	var all []ParcelAt
	for i := max(after.Layer, 0); i < len(b.layers[role]) && len(all) < most; i++ {
		from := 0
		if i == after.Layer {
			from = after.Record
		}
		some, err := b.after(ctx, b.layers[role][i], work, boxes, from, most-len(all))
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			all = append(all, ParcelAt{Position{i, p.Record}, p})
		}
	}
	return all, nil
}

func (b *Base) after(ctx context.Context, l *baseLayer, work geo.CRS, boxes []orb.Bound, after, most int) ([]Parcel, error) {
	if l.err != nil {
		return nil, l.err
	}
	if l.origin == unknownOrigin {
		work = l.crs // null shapes only: nothing is reprojected
	}
	transform, native, err := l.way(work, boxes)
	if err != nil {
		return nil, err
	}
	var parcels []Parcel
	var issues []Issue
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for f, err := range geo.NearAfter(ctx, l.layer, native, l.layout.columns, after, most) {
		if err != nil {
			return nil, inFile(err, l.layer.File())
		}
		p := l.parcel(f, &issues)
		if len(f.Geometry) > 0 {
			if p.Geometry, err = transform.MultiPolygon(f.Geometry); err != nil {
				return nil, inRecord(err, l.layer.File(), f.Record)
			}
		}
		parcels = append(parcels, p)
	}
	b.note(issues)
	return parcels, nil
}

// way leads from a layer's system to the working one, and boxes back.
func (l *baseLayer) way(work geo.CRS, boxes []orb.Bound) (*geo.Transform, []orb.Bound, error) {
	if l.origin == unknownOrigin {
		return nil, boxes, nil
	}
	transform, err := geo.NewTransform(l.crs, work)
	if err != nil {
		return nil, nil, inFile(err, l.layer.File())
	}
	native, err := nativeBoxes(transform.Inverse(), boxes)
	return transform, native, inFile(err, l.layer.File())
}
