package tileserver

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"landcheck/api/access"
	"landcheck/api/basedata"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/api/tile"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// tileset describes tiles to a map, after TileJSON 3: which layers, where,
// from which level on, and in which grids.
type tileset struct {
	TileJSON string      `json:"tilejson"` // version of the format
	Name     string      `json:"name"`
	Version  int         `json:"version,omitempty"` // of base data
	Bounds   []float64   `json:"bounds,omitempty"`  // degrees: west, south, east, north
	MaxZoom  int         `json:"maxzoom"`
	Layers   []tileLayer `json:"layers"`
	Grids    []tileGrid  `json:"grids"` // web mercator first, then the data's own
}

// tileLayer is one layer: Tiles is its address with {z}, {x} and {y} to fill in.
type tileLayer struct {
	ID       string            `json:"id"`
	Tiles    string            `json:"tiles"`
	Features int               `json:"features"`
	Fields   map[string]string `json:"fields"`  // property → String, Number, Boolean
	MinZoom  map[string]int    `json:"minzoom"` // by grid; tiles below are empty
	// CoverBelow is the level, by grid, below which tiles have shares of cells (the
	// property share: percent, each on the one before) and no parcels.
	CoverBelow map[string]int `json:"cover_below,omitempty"`
}

// tileGrid is a pyramid of square tiles: 2^z × 2^z at level z, rows from the
// north. Origin is easting and northing of the top left corner.
type tileGrid struct {
	CRS         string     `json:"crs"`
	Proj        string     `json:"proj"` // the same for PROJ
	Origin      [2]float64 `json:"origin"`
	TileSize    int        `json:"tile_size"` // pixels
	Extent      int        `json:"extent"`    // units of a tile
	Resolutions []float64  `json:"resolutions"`
}

func viewGrid(g tile.Grid) tileGrid {
	return tileGrid{CRS: g.Name, Proj: g.System().Proj(), Origin: g.Origin, TileSize: tile.Pixels, Extent: tile.Extent, Resolutions: g.Resolutions()}
}

// gridsOf are web mercator and the grid of a system, if it has one.
func gridsOf(c geo.CRS) []tile.Grid {
	grids := []tile.Grid{tile.Mercator()}
	if own, ok := tile.Zone(c); ok {
		grids = append(grids, own)
	}
	return grids
}

// BaseTiles describes the tiles of a county's base data.
func (s *Handlers) BaseTiles(c echo.Context) (err error) {
	q := request.Parameters(c, "version")
	version := q.Number("version", 1, 1<<30, 0)
	if q.Err != nil {
		return q.Err
	}
	county := c.Param("county")
	base, o, back, err := s.bases.OpenFor(c, county, version)
	if err != nil {
		return err
	}
	defer func() { back(err) }()
	extents := map[domain.Role]plan.Extent{}
	var system geo.CRS
	for _, role := range domain.BaseRoles() {
		if !base.Has(role) {
			continue
		}
		if extents[role], err = base.Extent(role); err != nil {
			return err
		}
		if system.IsZero() {
			system = extents[role].CRS
		}
	}
	t := tileset{TileJSON: "3.0.0", Name: county, Version: o.Version, MaxZoom: tile.MaxZoom, Layers: []tileLayer{}}
	box := geo.Bound(nil)
	for _, role := range domain.BaseRoles() {
		e, ok := extents[role]
		if !ok {
			continue
		}
		l := tileLayer{ID: string(role), Features: e.Features, Fields: baseFields(role), MinZoom: map[string]int{}, CoverBelow: map[string]int{},
			Tiles: "/v1/tiles/" + county + "/" + string(role) + "/{z}/{x}/{y}.mvt?version=" + strconv.Itoa(o.Version)}
		for _, g := range gridsOf(system) {
			own, err := basedata.BoxIn(g, e)
			if err != nil {
				return err
			}
			least := g.LeastZoom(e.Features, own, parcelsPerTile)
			if l.MinZoom[g.Name] = least; covered(role) && least > 0 {
				l.MinZoom[g.Name], l.CoverBelow[g.Name] = 0, least
			}
		}
		t.Layers = append(t.Layers, l)
		if !e.Bound.IsEmpty() {
			if box.IsEmpty() {
				box = e.Bound
			}
			box = box.Union(e.Bound)
		}
	}
	for _, g := range gridsOf(system) {
		t.Grids = append(t.Grids, viewGrid(g))
	}
	if !box.IsEmpty() {
		t.Bounds = []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
	}
	return c.JSON(http.StatusOK, t)
}

// baseFields are the properties of base features in tiles.
func baseFields(r domain.Role) map[string]string {
	f := map[string]string{"id": "String", "area": "Number"}
	switch r {
	case domain.Townships, domain.Villages:
		f["code"], f["name"] = "String", "String"
	case domain.UrbanBoundary:
		f["name"] = "String"
	case domain.LandUse, domain.PBF:
		f["class"], f["number"] = "String", "String"
	}
	if covered(r) {
		f["share"] = "Number"
	}
	return f
}

// CheckTiles describes the tiles of a check.
func (s *Handlers) CheckTiles(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := access.DoneCheck(c, s.store, "id")
	if err != nil {
		return err
	}
	t, err := s.describeCheck(c.Request().Context(), k)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, t)
}

func (s *Handlers) describeCheck(ctx context.Context, k store.Check) (tileset, error) {
	t := tileset{TileJSON: "3.0.0", Name: k.ID, MaxZoom: tile.MaxZoom, Layers: []tileLayer{}}
	kept, err := s.layersOf(ctx, k)
	if err != nil {
		return t, err
	}
	own, err := tile.ParseGrid(kept.Grid)
	if err != nil {
		return t, err
	}
	for _, g := range gridsOf(own.System()) {
		t.Grids = append(t.Grids, viewGrid(g))
	}
	box := geo.Bound(nil)
	for _, l := range kept.Layers {
		view := tileLayer{ID: l.ID, Features: l.Features, Fields: checkFields(l.ID), MinZoom: map[string]int{},
			Tiles: "/v1/checks/" + url.PathEscape(k.ID) + "/tiles/" + l.ID + "/{z}/{x}/{y}.mvt"}
		for _, g := range t.Grids {
			view.MinZoom[g.CRS] = 0
		}
		t.Layers = append(t.Layers, view)
		if len(l.BBox) != 4 {
			continue
		}
		b := orb.Bound{Min: orb.Point{l.BBox[0], l.BBox[1]}, Max: orb.Point{l.BBox[2], l.BBox[3]}}
		if box.IsEmpty() {
			box = b
		}
		box = box.Union(b)
	}
	if !box.IsEmpty() {
		t.Bounds = []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
	}
	return t, nil
}

// checkFields are the properties of a check's features in tiles.
func checkFields(layer string) map[string]string {
	f := map[string]string{"id": "String"}
	add := func(kind string, names ...string) {
		for _, n := range names {
			f[n] = kind
		}
	}
	switch {
	case layer == "findings":
		add("String", "rule", "level", "status", "township")
		add("Number", "number", "area")
	case layer == "faces":
		add("Number", "id", "area")
		add("String", "class_before", "class_after", "township")
		add("Boolean", "in_project", "sliver", "pbf_before", "pbf_after")
	case slices.Contains(domain.ChangeRoles(), domain.Role(layer)):
		add("String", "class")
		add("Number", "year")
	}
	return f
}
