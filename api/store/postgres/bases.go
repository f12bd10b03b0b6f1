package postgres

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/postgis"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
)

// Base opens a county's base data; see store.Bases. Closing it leaves the
// database open.
func (s *Store) Base(ctx context.Context, county string, version int, near orb.Bound, neighbours []string) (base *plan.Base, opened int, err error) {
	defer s.unavailable(ctx, &err)
	if err := s.hasVersion(ctx, county, version); err != nil {
		return nil, 0, err
	}
	base, opened, err = OpenBase(ctx, s.db, county, version, near, func(code string) bool { return slices.Contains(neighbours, code) })
	if err != nil {
		return nil, 0, fmt.Errorf("base data of %s: %w", county, err)
	}
	return base, opened, nil
}

// BaseSource says what OpenBase opens; see store.Bases.
func (s *Store) BaseSource(ctx context.Context, county string, version int, near orb.Bound, neighbours []string) (source store.BaseSource, err error) {
	defer s.unavailable(ctx, &err)
	if err := s.hasVersion(ctx, county, version); err != nil {
		return store.BaseSource{}, err
	}
	source = store.BaseSource{County: county, Version: version, Neighbours: neighbours}
	if !near.IsEmpty() {
		source.Near = &near
	}
	return source, nil
}

// hasVersion is store.ErrNotFound where there is no such county or version.
func (s *Store) hasVersion(ctx context.Context, county string, version int) error {
	c, ok, err := s.db.County(ctx, county)
	if err != nil {
		return fmt.Errorf("base data of %s: %w", county, err)
	}
	if !ok || version != 0 && !slices.Contains(c.Versions, version) {
		return store.ErrNotFound
	}
	return nil
}

// OpenBase opens base data for a check: a version of a county, 0 the current
// one, with what those other counties that join have near a box of degrees. A
// county or version that is not there is a *geo.InputError.
func OpenBase(ctx context.Context, db *postgis.DB, county string, version int, near orb.Bound, joins func(code string) bool) (*plan.Base, int, error) {
	found, version, err := db.LayersNear(ctx, county, version, near, joins)
	if err != nil {
		return nil, 0, err
	}
	layers := map[domain.Role][]geo.Layer{}
	for _, l := range found {
		layers[domain.Role(l.Role)] = append(layers[domain.Role(l.Role)], l.Layer)
	}
	return plan.NewBase("postgis", layers, postgis.Outside(found)...), version, nil
}

// datasets of a county, or store.ErrNotFound.
func (s *Store) datasets(ctx context.Context, county string) ([]postgis.Dataset, error) {
	all, err := s.db.Datasets(ctx, county)
	if err != nil {
		return nil, fmt.Errorf("base data of %s: %w", county, err)
	}
	if len(all) == 0 {
		return nil, store.ErrNotFound
	}
	return all, nil
}

// Counties that have base data; see store.Bases.
func (s *Store) Counties(ctx context.Context, prefix string) (some []store.County, err error) {
	defer s.unavailable(ctx, &err)
	all, err := s.db.Counties(ctx)
	if err != nil {
		return nil, err
	}
	some = []store.County{}
	for _, c := range all {
		if !store.Sees(prefix, c.Code) {
			continue
		}
		county := store.County{Code: c.Code, Version: c.Version, Versions: c.Versions, Loaded: c.LoadedAt.UTC()}
		if b := c.LonLat; !b.IsEmpty() {
			county.Bound = []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		}
		some = append(some, county)
	}
	return some, nil
}

// Datasets of a county of all versions; see store.Bases. Current are those
// that serve now: a load may bring some roles only, the others stay.
func (s *Store) Datasets(ctx context.Context, county string) (out []store.Dataset, err error) {
	defer s.unavailable(ctx, &err)
	all, err := s.datasets(ctx, county)
	if err != nil {
		return nil, err
	}
	out = make([]store.Dataset, len(all))
	for i, d := range all {
		out[i] = store.Dataset{
			County: d.County, Role: d.Role, Version: d.Version, Current: d.Current,
			Name: d.Name, File: filepath.Base(d.File), Features: d.Rows, Digest: d.Digest, CRS: d.CRS.String(), Loaded: d.LoadedAt.UTC(),
		}
	}
	slices.SortStableFunc(out, func(a, b store.Dataset) int {
		return cmp.Or(b.Version-a.Version, strings.Compare(a.Role, b.Role), strings.Compare(a.File, b.File))
	})
	return out, nil
}
