package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

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
func gridOf(q *query) tile.Grid {
	g, err := tile.ParseGrid(q.text("crs"))
	if q.has("crs") && q.text("crs") == "" {
		_, err = geo.ParseCRS("")
	}
	if f, ok := geo.AsInputError(err); ok {
		q.fail("crs", f.Message, f.Advice)
	}
	return g
}

var tileForm = pattern(`^(0|[1-9][0-9]{0,7})$`)

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
		return a, &problem{status: http.StatusNotFound, kind: "not-found",
			detail: geo.Textf("没有瓦片 %s/%s/%s", "there is no tile %s/%s/%s", c.Param("z"), c.Param("x"), c.Param("y")),
			advice: geo.Textf("地址为 级别/列/行.mvt，级别 0 至 %[1]d，列、行小于 2 的级别次方", "An address is level/column/row.mvt, level 0 to %[1]d, column and row less than 2 to the level", tile.MaxZoom)}
	}
	return a, nil
}

// baseTile draws a layer of a county's base data. Below the level at which a
// tile would hold too many parcels it is empty, and a header says from where on.
func (s *Server) baseTile(c echo.Context) (err error) {
	q := params(c, "crs", "version")
	grid, version := gridOf(q), q.number("version", 1, 1<<30, 0)
	if q.err != nil {
		return q.err
	}
	at, err := tileAt(c)
	if err != nil {
		return err
	}
	base, o, back, err := s.openBase(c, c.Param("county"), version)
	if err != nil {
		return err
	}
	defer func() { back(err) }()
	role := domain.Role(c.Param("role"))
	if !base.Has(role) {
		return notFound(geo.Textf("没有底图图层 %q", "there is no base layer %q", role))
	}
	if err := s.readsBase(c, c.Param("county"), role); err != nil {
		return err
	}
	extent, err := base.Extent(role)
	if err != nil {
		return err
	}
	box, err := o.box(role, grid, extent)
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
	if at.Z < least || !box.Intersects(near) { // further off, coordinates mean nothing in the layer's own system
		return sendTile(c, &renderedTile{}, keep)
	}
	ctx := c.Request().Context()
	t, err := s.tiles.tile(ctx, tileKey(o.key(role, grid), at), who(c).key(), func() (tile.Tile, error) {
		layer, err := s.baseLayer(ctx, o, base, role, extent, grid, overlap(near, box))
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
func (s *Server) baseLayer(ctx context.Context, o *openBase, base *plan.Base, role domain.Role, e plan.Extent, g tile.Grid, box orb.Bound) (*tile.Layer, error) {
	if e.Features > fewFeatures {
		features, err := near(ctx, base, role, e, g.System(), box)
		return tile.Prepare(g, features), err
	}
	return s.tiles.layer(ctx, o.key(role, g), func() (*tile.Layer, error) {
		parcels, err := base.Near(ctx, role, g.System(), nil)
		if err != nil {
			return nil, err
		}
		features, err := drawParcels(parcels, g.System())
		return tile.Prepare(g, features), err
	})
}

// box is where a layer lies on a grid; every tile asks for it.
func (o *openBase) box(role domain.Role, g tile.Grid, e plan.Extent) (orb.Bound, error) {
	if known, ok := o.boxes.Load(o.key(role, g)); ok {
		return known.(orb.Bound), nil
	}
	box, err := boxIn(g, e)
	if err == nil {
		o.boxes.Store(o.key(role, g), box)
	}
	return box, err
}

// boxIn is where a layer lies, in the system of a grid's features.
func boxIn(g tile.Grid, e plan.Extent) (orb.Bound, error) {
	way, err := geo.NewTransform(geo.CRS{Kind: geo.Geographic}, g.System())
	if err != nil {
		return orb.Bound{}, err
	}
	return way.Bound(e.Bound)
}

// overlap is what two boxes that meet have in common.
func overlap(a, b orb.Bound) orb.Bound {
	return orb.Bound{Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])}, Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])}}
}

// checkTile draws a layer of a check.
func (s *Server) checkTile(c echo.Context) error {
	q := params(c, "crs")
	grid := gridOf(q)
	if q.err != nil {
		return q.err
	}
	at, err := tileAt(c)
	if err != nil {
		return err
	}
	k, err := s.done(c, "id")
	if err != nil {
		return err
	}
	layer := c.Param("layer")
	if !slices.Contains(tileLayers(), layer) {
		return notFound(geo.Textf("没有检查图层 %q", "a check has no layer %q", layer))
	}
	if err := s.readsCheck(c, k, layer); err != nil {
		return err
	}
	ctx, key := c.Request().Context(), k.ID+" "+layer+" "+grid.Name
	t, err := s.tiles.tile(ctx, tileKey(key, at), who(c).key(), func() (tile.Tile, error) {
		l, err := s.tiles.layer(ctx, key, func() (*tile.Layer, error) { return s.readLayer(ctx, k, layer, grid) })
		if err != nil {
			return tile.Tile{}, err
		}
		return l.Tile(ctx, at, layer, tile.Mark)
	})
	if isAbsent(err) { // deleted since it was found
		return notFound(geo.Textf("没有检查 %q", "there is no check %q", k.ID))
	}
	if err != nil {
		return err
	}
	return sendTile(c, t, "private, max-age=86400")
}

// openBase opens a version of a county's base data that the caller may see, 0
// the current one; the caller hands it back.
func (s *Server) openBase(c echo.Context, county string, version int) (*plan.Base, *openBase, func(error), error) {
	absent := notFound(geo.Textf("没有 %q 的底图", "there is no base data of %q", county))
	if !countyForm().MatchString(county) || !who(c).sees(county) {
		return nil, nil, nil, absent
	}
	ctx := c.Request().Context()
	if version == 0 {
		counties, err := s.Store.Counties(ctx, county)
		if err != nil {
			return nil, nil, nil, err
		}
		if len(counties) == 0 {
			return nil, nil, nil, absent
		}
		version = counties[0].Version
	}
	o, base, back, err := s.bases.use(ctx, county, version)
	if isAbsent(err) {
		return nil, nil, nil, absent
	}
	return base, o, back, err
}
