package featureserver

import (
	"context"
	"slices"

	"landcheck/api/access"
	"landcheck/api/ogc"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
)

// rows are the features of a collection, in their own system and in a steady
// order.
type rows interface {
	system() geo.CRS
	// page gives the features after one that a filter accepts, most at most, and
	// the id after which the next page begins, "" where there is none.
	page(ctx context.Context, after string, most int, take *featureFilter) (page []ogc.Feature, next string, err error)
	// count is how many features a filter accepts; not ok where that takes too long.
	count(ctx context.Context, take *featureFilter) (n int, ok bool, err error)
	one(ctx context.Context, id string) (f ogc.Feature, ok bool, err error)
	version() int // of base data, 0 for what never changes
	close(err error)
}

// collectionAt finds the collection of an address; one that the caller may not
// see is not there. The rows are to be closed.
func (s *Handlers) collectionAt(c echo.Context, version int) (*collection, rows, error) {
	id := c.Param("collection")
	absent := problem.NotFound(geo.Textf("没有图层 %q", "there is no collection %q", id))
	if m := baseID().FindStringSubmatch(id); m != nil {
		if !access.Has(c, s.baseLayers) {
			return nil, nil, access.NeedsRole(s.baseLayers)
		}
		base, o, back, err := s.bases.OpenFor(c, m[1], version)
		if err != nil {
			return nil, nil, err
		}
		role := domain.Role(m[2])
		if !base.Has(role) {
			back(nil)
			return nil, nil, absent
		}
		e, err := base.Extent(role)
		if err != nil {
			back(err)
			return nil, nil, err
		}
		return baseCollection(m[1], role, e), &baseRows{base: base, role: role, extent: e, open: o, back: back}, nil
	}
	m := checkID().FindStringSubmatch(id)
	if m == nil || !slices.Contains(checkParts(), m[2]) {
		return nil, nil, absent
	}
	ctx := c.Request().Context()
	k, err := access.Check(c, s.store, m[1])
	if store.IsAbsent(err) || err == nil && k.State != store.Done {
		return nil, nil, absent
	}
	if err != nil {
		return nil, nil, err
	}
	counties, err := s.store.Counties(ctx, k.County)
	if err != nil {
		return nil, nil, err
	}
	county := store.County{}
	if len(counties) > 0 {
		county = counties[0]
	}
	name, err := s.checkName(c, k)
	if err != nil {
		return nil, nil, err
	}
	all, err := rowsOf(s.results.For(c, k), m[2], request.Language(c))
	if err != nil {
		return nil, nil, err
	}
	return checkCollection(k, m[2], county, name), checkRows(all), nil
}
