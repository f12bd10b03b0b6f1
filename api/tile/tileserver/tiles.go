package tileserver

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"landcheck/api/access"
	"landcheck/api/basedata"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

const tileType = "application/vnd.mapbox-vector-tile"

// parcelsPerTile is how many features of base data a tile may hold on average
// before it is only served closer up: at 512 pixels, 11 by 11 for each and some
// 50 ms for the tile (BenchmarkTile).
const parcelsPerTile = 2000

// gridOf is the grid of ?crs=.
func gridOf(q *request.Query) tile.Grid {
	g, err := tile.ParseGrid(q.Text("crs"))
	if q.Has("crs") && q.Text("crs") == "" {
		_, err = geo.ParseCRS("")
	}
	if f, ok := geo.AsInputError(err); ok {
		q.Fail("crs", f.Message, f.Advice)
	}
	return g
}

var tileForm = request.Pattern(`^(0|[1-9][0-9]{0,7})$`)

// tileAt is the tile of an address …/{z}/{x}/{y}.mvt.
func tileAt(c echo.Context) (tile.Address, error) {
	y, suffix := strings.CutSuffix(c.Param("y"), ".mvt")
	numbers := []string{c.Param("z"), c.Param("x"), y}
	var n [3]int
	ok := suffix
	for i, s := range numbers {
		ok = ok && tileForm().MatchString(s)
		n[i], _ = strconv.Atoi(s) // form says it is one
	}
	a := tile.Address{Z: n[0], X: n[1], Y: n[2]}
	if !ok || !a.Valid() {
		return a, &problem.Error{Status: http.StatusNotFound, Kind: "not-found",
			Detail: geo.Textf("没有瓦片 %s/%s/%s", "there is no tile %s/%s/%s", c.Param("z"), c.Param("x"), c.Param("y")),
			Advice: geo.Textf("地址为 级别/列/行.mvt，级别 0 至 %[1]d，列、行小于 2 的级别次方", "An address is level/column/row.mvt, level 0 to %[1]d, column and row less than 2 to the level", tile.MaxZoom)}
	}
	return a, nil
}

// BaseTile draws a layer of a county's base data. Below the level at which a
// tile would hold too many parcels it is empty, or has shares of cells instead,
// and a header says from where on there are parcels.
func (s *Handlers) BaseTile(c echo.Context) (err error) {
	q := request.Parameters(c, "crs", "version")
	grid, version := gridOf(q), q.Number("version", 1, 1<<30, 0)
	if q.Err != nil {
		return q.Err
	}
	at, err := tileAt(c)
	if err != nil {
		return err
	}
	base, o, back, err := s.bases.OpenFor(c, c.Param("county"), version)
	if err != nil {
		return err
	}
	defer func() { back(err) }()
	role := domain.Role(c.Param("role"))
	if !base.Has(role) {
		return problem.NotFound(geo.Textf("没有底图图层 %q", "there is no base layer %q", role))
	}
	if err := s.log.ReadsBase(c, c.Param("county"), role); err != nil {
		return err
	}
	extent, err := base.Extent(role)
	if err != nil {
		return err
	}
	box, err := o.Box(role, grid, extent)
	if err != nil {
		return err
	}
	keep := "private, no-cache" // the current version may be another one tomorrow
	if version != 0 {
		keep = "private, max-age=3600"
	}
	near, least := grid.Bound(at), grid.LeastZoom(extent.Features, box, parcelsPerTile)
	if at.Z < least {
		c.Response().Header().Set("Landcheck-Min-Zoom", strconv.Itoa(least))
	}
	far := at.Z < least
	if far && !covered(role) || !box.Intersects(near) { // further off, coordinates mean nothing in the layer's own system
		return sendTile(c, &renderedTile{}, keep)
	}
	ctx := c.Request().Context()
	t, err := s.renderer.tile(ctx, tileKey(o.Key(role, grid), at), access.Who(c).Key(), func() (tile.Tile, error) {
		if far {
			return s.coverTile(ctx, o, base, role, box, grid, least, at)
		}
		layer, err := s.baseLayer(ctx, o, base, role, extent, grid, geo.Intersection(near, box), grid.Resolutions()[at.Z] <= labelled)
		if err != nil {
			return tile.Tile{}, err
		}
		return layer.Tile(ctx, at, string(role), tile.Drop)
	})
	if err != nil {
		return err
	}
	return sendTile(c, t, keep)
}

// baseLayer is a layer of base data, at least what of it is near a box. Layers
// of few features are kept ready whole.
func (s *Handlers) baseLayer(ctx context.Context, o *basedata.Open, base *plan.Base, role domain.Role, e plan.Extent, g tile.Grid, box orb.Bound, numbers bool) (*tile.Layer, error) {
	if e.Features > fewFeatures {
		features, err := near(ctx, base, role, e, g.System(), box, numbers)
		return tile.Prepare(g, features), err
	}
	return s.renderer.layer(ctx, o.Key(role, g), func() (*tile.Layer, error) {
		parcels, err := base.Near(ctx, role, g.System(), nil)
		if err != nil {
			return nil, err
		}
		features, err := drawParcels(parcels, g.System())
		if err == nil {
			err = numbered(ctx, base, role, g.System(), nil, parcels, features)
		}
		return tile.Prepare(g, features), err
	})
}

// CheckTile draws a layer of a check.
func (s *Handlers) CheckTile(c echo.Context) error {
	q := request.Parameters(c, "crs")
	grid := gridOf(q)
	if q.Err != nil {
		return q.Err
	}
	at, err := tileAt(c)
	if err != nil {
		return err
	}
	k, err := access.DoneCheck(c, s.store, "id")
	if err != nil {
		return err
	}
	layer := c.Param("layer")
	if !slices.Contains(results.Layers(), layer) {
		return problem.NotFound(geo.Textf("没有核查图层 %q", "a check has no layer %q", layer))
	}
	if err := s.log.ReadsCheck(c, k, layer); err != nil {
		return err
	}
	ctx, key := c.Request().Context(), k.ID+" "+layer+" "+grid.Name
	t, err := s.renderer.tile(ctx, tileKey(key, at), access.Who(c).Key(), func() (tile.Tile, error) {
		l, err := s.renderer.layer(ctx, key, func() (*tile.Layer, error) { return s.readLayer(ctx, k, layer, grid) })
		if err != nil {
			return tile.Tile{}, err
		}
		return l.Tile(ctx, at, layer, tile.Mark)
	})
	if store.IsAbsent(err) { // deleted since it was found
		return problem.NotFound(geo.Textf("没有核查 %q", "there is no check %q", k.ID))
	}
	if err != nil {
		return err
	}
	return sendTile(c, t, "private, max-age=86400")
}
