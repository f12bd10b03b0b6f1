// Package basedata keeps base data of counties open for maps, collections and
// uploads, and remembers what all of them ask of it.
package basedata

import (
	"context"
	"errors"
	"slices"
	"sync"

	"landcheck/api/cache"
	"landcheck/api/store"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// Cache keeps the base data of the last few counties open: a map asks for
// hundreds of tiles of one county, and opening it costs more than a tile.
type Cache struct {
	store store.Bases
	most  int
	mutex sync.Mutex
	open  []*Open // the latest first
	count int64   // of openings
}

// Open is one version of one county's base data. It is closed when nobody
// uses it and it has left the list.
type Open struct {
	county  string
	Version int
	users   int   // of the list and of requests; guarded by the list's mutex
	opened  int64 // number of the opening
	base    cache.Once[*plan.Base]
	Counts  counts
	outline cache.Once[outline]
	boxes   sync.Map // of layers in the system of a grid, by key
}

// New keeps base data of so many counties open.
func New(b store.Bases, most int) *Cache { return &Cache{store: b, most: most} }

// use opens a version of a county's base data, or finds it open. The caller
// hands it back with the error that its reading ended with: after a failure
// the next caller opens it anew. A county or version that is not there is
// store.ErrNotFound.
func (b *Cache) use(ctx context.Context, county string, version int) (o *Open, base *plan.Base, back func(error), err error) {
	o = b.take(county, version)
	base, err = o.base.Get(func() (*plan.Base, error) {
		// Shared: not one caller's to cancel.
		base, _, err := b.store.Base(context.WithoutCancel(ctx), county, version, orb.Bound{}, nil)
		return base, err
	})
	if err != nil {
		return nil, nil, nil, errors.Join(err, b.give(o, true))
	}
	return o, base, func(err error) { _ = b.give(o, err != nil && ctx.Err() == nil) }, nil
}

func (b *Cache) take(county string, version int) *Open {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	i := slices.IndexFunc(b.open, func(o *Open) bool { return o.county == county && o.Version == version })
	var o *Open
	if i >= 0 {
		o = b.open[i]
		b.open = slices.Delete(b.open, i, i+1)
	} else {
		b.count++
		o = &Open{county: county, Version: version, users: 1, opened: b.count}
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
func (b *Cache) give(o *Open, broken bool) error {
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
func (b *Cache) left(o *Open) error {
	o.users--
	base, ok := o.base.Known()
	if o.users > 0 || !ok {
		return nil
	}
	return base.Close()
}

// Close lets go of everything but what requests still use.
func (b *Cache) Close() error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var errs []error
	for _, o := range b.open {
		errs = append(errs, b.left(o))
	}
	b.open = nil
	return errors.Join(errs...)
}
