package plan

import (
	"context"

	"github.com/paulmach/orb"

	"landcheck/geo"
	"landcheck/rules/domain"
)

// Choose is Near for those who keep few of very many parcels: the others are given
// up as they are read, so that a county need not fit into memory. keep is asked of
// each parcel in turn, with its shape.
func (b *Base) Choose(ctx context.Context, role domain.Role, work geo.CRS, boxes []orb.Bound, keep func(*Parcel) bool) ([]*Parcel, error) {
	var all []*Parcel
	for _, l := range b.layers[role] {
		near, err := b.choose(ctx, l, work, boxes, keep)
		if err != nil {
			return nil, err
		}
		all = append(all, near...)
	}
	return all, nil
}

func (b *Base) choose(ctx context.Context, l *baseLayer, work geo.CRS, boxes []orb.Bound, keep func(*Parcel) bool) ([]*Parcel, error) {
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
	s := survey{baseLayer: l, transform: transform, keep: keep}
	err = s.read(l.nearby(ctx, native))
	b.note(s.issues)
	return s.parcels, err
}
