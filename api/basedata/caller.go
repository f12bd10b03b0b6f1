package basedata

import (
	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
)

// OpenFor opens a version of a county's base data that the caller may see, 0
// the current one; the caller hands it back.
func (b *Cache) OpenFor(c echo.Context, county string, version int) (*plan.Base, *Open, func(error), error) {
	absent := problem.NotFound(geo.Textf("没有 %q 的底图", "there is no base data of %q", county))
	if !request.CountyForm().MatchString(county) || !access.Who(c).Sees(county) {
		return nil, nil, nil, absent
	}
	ctx := c.Request().Context()
	if version == 0 {
		counties, err := b.store.Counties(ctx, county)
		if err != nil {
			return nil, nil, nil, err
		}
		if len(counties) == 0 {
			return nil, nil, nil, absent
		}
		version = counties[0].Version
	}
	o, base, back, err := b.use(ctx, county, version)
	if store.IsAbsent(err) {
		return nil, nil, nil, absent
	}
	return base, o, back, err
}
