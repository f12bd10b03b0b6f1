package embedded

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/transient"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/paulmach/orb"
)

// onlyVersion of base data in files.
const onlyVersion = 1

// county is base data in files, as its headers say.
type county struct {
	code   string
	paths  []string
	cache  string            // directory, "" for none
	loaded time.Time         // when the newest of the paths changed
	bound  orb.Bound         // degrees, of the townships, else of all layers
	crs    map[string]string // layer's file → system

	reading  chan struct{} // holds one: who has taken it reads the digests
	datasets []store.Dataset
}

func openCounties(ctx context.Context, bases map[string][]string, o Options) (map[string]*county, error) {
	counties := map[string]*county{}
	for _, code := range slices.Sorted(maps.Keys(bases)) {
		c := &county{code: code, paths: bases[code], cache: o.Cache, crs: map[string]string{}, reading: make(chan struct{}, 1)}
		if err := c.headers(ctx, o.Log); err != nil {
			return nil, fmt.Errorf("store: base data of %s: %w", code, err)
		}
		counties[code] = c
	}
	return counties, nil
}

// headers reads where the layers are, and whether they are the county's.
// Whether they can be used at all is for plan.OpenBase to say, which reads them
// for the checks.
func (c *county) headers(ctx context.Context, log *slog.Logger) (err error) {
	base, err := plan.OpenBase(ctx, c.paths, plan.BaseOptions{Cache: c.cache})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	strays, err := base.Belongs(ctx, c.code)
	if err != nil {
		return err
	}
	for _, n := range strays {
		log.WarnContext(ctx, "base data has rows of another county", "county", c.code, "file", n.File, "record", n.Record, "what", n.Message.EN)
	}
	for _, path := range c.paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if t := info.ModTime().UTC(); t.After(c.loaded) {
			c.loaded = t
		}
	}
	none := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	townships, all := none, none
	layers, _ := base.Sources()
	for _, p := range layers {
		if c.crs[p.Layer.File()] = p.CRS.String(); p.Layer.Bound().IsEmpty() {
			continue
		}
		toDegrees, err := geo.NewTransform(p.CRS, geo.CRS{Kind: geo.Geographic})
		if err != nil {
			return err
		}
		bound, err := toDegrees.Bound(p.Layer.Bound())
		if err != nil {
			return err
		}
		if all = all.Union(bound); p.Role == domain.Townships {
			townships = townships.Union(bound)
		}
	}
	if c.bound = townships; c.bound.IsEmpty() {
		c.bound = all
	}
	return nil
}

// Base opens the files anew for each caller.
func (s *Store) Base(ctx context.Context, code string, version int, near orb.Bound, neighbours []string) (*plan.Base, int, error) {
	source, err := s.BaseSource(ctx, code, version, near, neighbours)
	if err != nil {
		return nil, 0, err
	}
	base, err := OpenFiles(ctx, source)
	if err != nil {
		return nil, 0, fmt.Errorf("store: base data of %s: %w", code, err)
	}
	return base, source.Version, nil
}

// BaseSource names a county's files, with those of its neighbours that the box meets.
func (s *Store) BaseSource(_ context.Context, code string, version int, near orb.Bound, neighbours []string) (store.BaseSource, error) {
	c, ok := s.bases[code]
	if !ok || version != 0 && version != onlyVersion {
		return store.BaseSource{}, store.ErrNotFound
	}
	paths := slices.Clone(c.paths)
	if !near.IsEmpty() && !near.IsZero() {
		for _, other := range slices.Sorted(maps.Keys(s.bases)) {
			if o := s.bases[other]; o != c && slices.Contains(neighbours, other) && !o.bound.IsEmpty() && o.bound.Intersects(near) {
				paths = append(paths, o.paths...)
			}
		}
	}
	return store.BaseSource{County: code, Version: onlyVersion, Paths: paths, Cache: c.cache}, nil
}

// OpenFiles opens base data in files, also in another process. What is wrong
// with files that are gone or being replaced is transient (transient.ErrReplaced).
func OpenFiles(ctx context.Context, source store.BaseSource) (*plan.Base, error) {
	base, err := plan.OpenBase(ctx, source.Paths, plan.BaseOptions{Cache: source.Cache})
	if err != nil && ctx.Err() == nil && beingReplaced(source.Paths, time.Now()) {
		err = transient.Replaced(err)
	}
	return base, err
}

// settled is how long base data are left alone before what is wrong with them
// is so, and no copying under way.
const settled = 3 * time.Second

// beingReplaced tells whether base data are gone or have just been changed: what
// is read of them then says nothing. The system keeps the time of a change
// (ctime) whatever a copying program sets.
func beingReplaced(paths []string, now time.Time) bool {
	changed := false
	for _, path := range paths {
		err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if now.Sub(changeTime(info)) < settled {
				changed = true
				return fs.SkipAll
			}
			return nil
		})
		if changed || err != nil {
			return true
		}
	}
	return false
}

// Counties by prefix.
func (s *Store) Counties(_ context.Context, prefix string) ([]store.County, error) {
	all := []store.County{}
	for _, code := range slices.Sorted(maps.Keys(s.bases)) {
		if !store.Sees(prefix, code) {
			continue
		}
		c := s.bases[code]
		county := store.County{Code: code, Version: onlyVersion, Versions: []int{onlyVersion}, Loaded: c.loaded}
		if b := c.bound; !b.IsEmpty() {
			county.Bound = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		}
		all = append(all, county)
	}
	return all, nil
}

// Datasets reads every byte of a county's layers, for their digests, the first
// time that somebody asks.
func (s *Store) Datasets(ctx context.Context, code string) ([]store.Dataset, error) {
	c, ok := s.bases[code]
	if !ok {
		return nil, store.ErrNotFound
	}
	select {
	case c.reading <- struct{}{}:
		defer func() { <-c.reading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c.datasets == nil {
		if err := c.read(ctx); err != nil {
			return nil, fmt.Errorf("store: base data of %s: %w", code, err)
		}
	}
	return slices.Clone(c.datasets), nil
}

func (c *county) read(ctx context.Context) (err error) {
	base, err := OpenFiles(ctx, store.BaseSource{Paths: c.paths, Cache: c.cache})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	layers, err := base.Layers(ctx)
	if err != nil {
		return err
	}
	for _, l := range layers {
		c.datasets = append(c.datasets, store.Dataset{
			County: c.code, Role: string(l.Role), Version: onlyVersion, Current: true,
			Name: l.Name, File: filepath.Base(l.File), Features: l.Features, Digest: l.Digest,
			CRS: c.crs[l.File], Loaded: c.loaded,
		})
	}
	slices.SortStableFunc(c.datasets, func(a, b store.Dataset) int {
		return cmp.Or(strings.Compare(a.Role, b.Role), strings.Compare(a.File, b.File))
	})
	return nil
}
