package basedata

import (
	"context"
	"errors"
	"strings"
	"time"

	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// outline is the townships of a county, in degrees.
type outline []boxed

type boxed struct {
	box   orb.Bound
	shape orb.MultiPolygon
}

// Holds tells whether a point lies in one of the townships.
func (o outline) Holds(p orb.Point) bool {
	for i := range o {
		if o[i].box.Contains(p) && geo.Locate(p, o[i].shape) != geo.Outside {
			return true
		}
	}
	return false
}

// Outline of a county's current base data, read within a time; nil without base
// data or townships.
func (b *Cache) Outline(ctx context.Context, county string, within time.Duration) (_ outline, err error) {
	counties, err := b.store.Counties(ctx, county)
	if err != nil || len(counties) == 0 {
		return nil, err
	}
	open, base, back, err := b.use(ctx, county, counties[0].Version)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { back(err) }()
	return open.outline.Get(func() (outline, error) {
		// Shared: not one caller's to cancel. A table that somebody has locked
		// holds an upload up no longer than any other request.
		reading, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
		defer cancel()
		towns, err := base.Near(reading, domain.Townships, geo.CRS{Kind: geo.Geographic}, nil)
		if err != nil && reading.Err() != nil {
			return nil, problem.Unavailable(err)
		}
		if err != nil {
			return nil, err
		}
		var all outline
		for _, t := range towns {
			if strings.HasPrefix(t.Code, county) {
				all = append(all, boxed{t.Box, t.Geometry})
			}
		}
		return all, nil
	})
}
