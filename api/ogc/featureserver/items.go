package featureserver

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"landcheck/api/access"
	"landcheck/api/ogc"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// Of a page of items. A limit above the most is the most, as the standard has
// it; a page that grows too long ends before.
const (
	fewItems  = 100
	maxItems  = 10_000
	pageBytes = 16 << 20
)

// Items gives a page of a collection's features.
func (s *Handlers) Items(c echo.Context) (err error) {
	version := 0
	if v := c.QueryParam("version"); v != "" {
		if version, err = strconv.Atoi(v); err != nil || version < 1 {
			return problem.BadParameter("version", geo.Textf("version 不能是 %q", "version cannot be %q", v), geo.Text{ZH: "请写版本号，或不写", EN: "Write the number of a version, or leave it out"})
		}
	}
	k, rows, err := s.collectionAt(c, version)
	if err != nil {
		return err
	}
	defer func() { rows.close(err) }()
	if err := s.readsCollection(c, k); err != nil {
		return err
	}
	allowed := []string{"f", "limit", "bbox", "bbox-crs", "crs", "datetime", "after"}
	if k.check == "" {
		allowed = append(allowed, "version")
	}
	for _, f := range k.fields {
		if f.queryable {
			allowed = append(allowed, f.name)
		}
	}
	q := request.Parameters(c, allowed...)
	q.Word("f", "json")
	limit := min(q.Number("limit", 1, 1<<31-1, fewItems), maxItems)
	out := k.systemOf(q, "crs")
	take, err := featureFilterOf(q, k, rows.system())
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	leave, ok := s.paging.Wait(ctx, access.Who(c).Key())
	if !ok {
		return ctx.Err()
	}
	defer leave()
	page, next, err := rows.page(ctx, q.Text("after"), limit, take)
	if err != nil {
		return err
	}
	matched, counted, err := rows.count(ctx, take)
	if err != nil {
		return err
	}
	way, err := geo.NewTransform(rows.system(), out.CRS)
	if err != nil {
		return err
	}
	body := []byte(`{"type":"FeatureCollection","features":[`)
	returned := 0
	for i := range page {
		if len(body) > pageBytes {
			next = page[i-1].ID
			break
		}
		f := page[i]
		if f.Geometry, err = way.MultiPolygon(f.Geometry); err != nil {
			return err
		}
		if i > 0 {
			body = append(body, ',')
		}
		if body, err = f.Append(body, out, nil); err != nil {
			return err
		}
		returned++
	}
	tail := map[string]any{"links": s.itemLinks(c, k, next, rows.version()), "numberReturned": returned,
		"timeStamp": time.Now().UTC().Format(time.RFC3339)}
	if counted {
		tail["numberMatched"] = matched
	}
	end, err := json.Marshal(tail)
	if err != nil {
		return err
	}
	body = append(append(body, "],"...), end[1:]...)
	c.Response().Header().Set("Content-Crs", "<"+out.URI+">")
	leave() // sending takes as long as the caller likes
	return c.Blob(http.StatusOK, geoJSONType, body)
}

// itemLinks are where to go from a page; the next one stays with the version
// of the base data that this one has.
func (s *Handlers) itemLinks(c echo.Context, k *collection, next string, version int) []ogc.Link {
	at := s.ogcRoot(c) + "/collections/" + k.id
	self := at + "/items"
	if c.QueryString() != "" {
		self += "?" + c.QueryString()
	}
	links := []ogc.Link{{Href: self, Rel: "self", Type: geoJSONType}, {Href: at, Rel: "collection", Type: echo.MIMEApplicationJSON}}
	if next != "" {
		values := url.Values{}
		for name, v := range c.QueryParams() {
			values[name] = v
		}
		values.Set("after", next)
		if version != 0 {
			values.Set("version", strconv.Itoa(version))
		}
		link := at + "/items?" + values.Encode()
		c.Response().Header().Set("Link", "<"+link+`>; rel="next"; type="`+geoJSONType+`"`)
		links = append(links, ogc.Link{Href: link, Rel: "next", Type: geoJSONType})
	}
	return links
}

// Item gives one feature.
func (s *Handlers) Item(c echo.Context) (err error) {
	k, rows, err := s.collectionAt(c, 0)
	if err != nil {
		return err
	}
	defer func() { rows.close(err) }()
	if err := s.readsCollection(c, k); err != nil {
		return err
	}
	q := request.Parameters(c, "f", "crs")
	q.Word("f", "json")
	out := k.systemOf(q, "crs")
	if q.Err != nil {
		return q.Err
	}
	f, ok, err := rows.one(c.Request().Context(), c.Param("feature"))
	if err != nil {
		return err
	}
	if !ok {
		return problem.NotFound(geo.Textf("图层 %s 没有 %q", "the collection %s has no %q", k.id, c.Param("feature")))
	}
	way, err := geo.NewTransform(rows.system(), out.CRS)
	if err != nil {
		return err
	}
	if f.Geometry, err = way.MultiPolygon(f.Geometry); err != nil {
		return err
	}
	at := s.ogcRoot(c) + "/collections/" + k.id
	body, err := f.Append(nil, out, []ogc.Link{
		{Href: at + "/items/" + url.PathEscape(f.ID), Rel: "self", Type: geoJSONType},
		{Href: at, Rel: "collection", Type: echo.MIMEApplicationJSON},
	})
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Crs", "<"+out.URI+">")
	return c.Blob(http.StatusOK, geoJSONType, body)
}
