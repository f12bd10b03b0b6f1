package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// bases keeps the base data of the last few counties open: a map asks for
// hundreds of tiles of one county, and opening it costs more than a tile.
type bases struct {
	store store.Bases
	most  int
	mutex sync.Mutex
	open  []*openBase // the latest first
	count int64       // of openings
}

// openBase is one version of one county's base data. It is closed when nobody
// uses it and it has left the list.
type openBase struct {
	county  string
	version int
	users   int   // of the list and of requests; guarded by the list's mutex
	opened  int64 // number of the opening
	base    onceValue[*plan.Base]
	counts  counts
	outline onceValue[outline]
	boxes   sync.Map // of layers in the system of a grid, by key
}

func newBases(b store.Bases, most int) *bases { return &bases{store: b, most: most} }

// use opens a version of a county's base data, or finds it open. The caller
// hands it back with the error that its reading ended with: after a failure
// the next caller opens it anew. A county or version that is not there is
// store.ErrNotFound.
func (b *bases) use(ctx context.Context, county string, version int) (o *openBase, base *plan.Base, back func(error), err error) {
	o = b.take(county, version)
	base, err = o.base.get(func() (*plan.Base, error) {
		// Shared: not one caller's to cancel.
		base, _, err := b.store.Base(context.WithoutCancel(ctx), county, version, orb.Bound{}, nil)
		return base, err
	})
	if err != nil {
		return nil, nil, nil, errors.Join(err, b.give(o, true))
	}
	return o, base, func(err error) { _ = b.give(o, err != nil && ctx.Err() == nil) }, nil
}

func (b *bases) take(county string, version int) *openBase {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	i := slices.IndexFunc(b.open, func(o *openBase) bool { return o.county == county && o.version == version })
	var o *openBase
	if i >= 0 {
		o = b.open[i]
		b.open = slices.Delete(b.open, i, i+1)
	} else {
		b.count++
		o = &openBase{county: county, version: version, users: 1, opened: b.count}
	}
	b.open = slices.Insert(b.open, 0, o)
	o.users++
	for len(b.open) > b.most {
		last := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		_ = b.left(last)
	}
	return o
}

// give ends a use; broken base data leaves the list.
func (b *bases) give(o *openBase, broken bool) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var err error
	if i := slices.Index(b.open, o); broken && i >= 0 {
		b.open = slices.Delete(b.open, i, i+1)
		err = b.left(o)
	}
	return errors.Join(err, b.left(o))
}

// left closes what nobody uses any more. The caller holds the mutex.
func (b *bases) left(o *openBase) error {
	o.users--
	base := o.base.value.Load()
	if o.users > 0 || base == nil {
		return nil
	}
	return (*base).Close()
}

// close lets go of everything but what requests still use.
func (b *bases) close() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var errs []error
	for _, o := range b.open {
		errs = append(errs, b.left(o))
	}
	b.open = nil
	return errors.Join(errs...)
}

// fewFeatures are so few that a layer is kept ready to draw whole: townships
// and red lines have tens of thousands of vertices each and lie in every tile.
const fewFeatures = 5_000

// key names a layer for a grid. Base data that is opened anew may have changed.
func (o *openBase) key(role domain.Role, g tile.Grid) string {
	return fmt.Sprintf("base %d %s %s", o.opened, role, g.Name)
}

// near are the features of a role near a box, ready to draw in a system.
func near(ctx context.Context, base *plan.Base, role domain.Role, e plan.Extent, system geo.CRS, box orb.Bound) ([]tile.Feature, error) {
	if system.Kind != geo.Geographic || e.CRS.Kind != geo.GaussKruger {
		parcels, err := base.Near(ctx, role, system, []orb.Bound{box})
		if err != nil {
			return nil, err
		}
		return drawParcels(parcels, system)
	}
	// Reprojecting point by point would take half of the time of a tile.
	way, err := geo.NewTransform(e.CRS, system)
	if err != nil {
		return nil, err
	}
	native, err := way.Inverse().Bound(box)
	if err != nil {
		return nil, err
	}
	warp, err := tile.NewWarp(way, native)
	if err != nil {
		return nil, err
	}
	parcels, err := base.Near(ctx, role, e.CRS, []orb.Bound{native})
	if err != nil {
		return nil, err
	}
	all, err := drawParcels(parcels, e.CRS)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Geometry, err = warp.MultiPolygon(all[i].Geometry, all[i].Bound); err != nil {
			return nil, err
		}
		all[i].Bound = geo.Bound(all[i].Geometry)
	}
	return all, nil
}

// counts are how many features some questions find; a version of base data
// never changes.
type counts struct {
	mutex sync.Mutex
	known map[string]int
}

// manyCounts is how many questions are remembered before all are forgotten.
const manyCounts = 1000

func (c *counts) of(question string, count func() (int, error)) (int, error) {
	c.mutex.Lock()
	n, ok := c.known[question]
	c.mutex.Unlock()
	if ok {
		return n, nil
	}
	n, err := count()
	if err != nil {
		return 0, err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.known == nil || len(c.known) >= manyCounts {
		c.known = map[string]int{}
	}
	c.known[question] = n
	return n, nil
}
