package featureserver

import (
	"net/http"

	"landcheck/api/access"
	"landcheck/api/ogc"
	"landcheck/api/request"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// The media types and relations of OGC API - Features.
const (
	geoJSONType   = "application/geo+json"
	problemType   = "application/problem+json"
	schemaType    = "application/schema+json"
	openapiType   = "application/vnd.oai.openapi+json;version=3.1"
	relQueryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
)

// ogcRoot is the address of the landing page: clients follow links, and some
// only whole ones.
func (s *Handlers) ogcRoot(c echo.Context) string { return s.origin(c) + "/v1/ogc" }

// Landing is where clients begin.
func (s *Handlers) Landing(c echo.Context) error {
	q := request.Parameters(c, "f")
	if q.Word("f", "json"); q.Err != nil {
		return q.Err
	}
	root, lang := s.ogcRoot(c), request.Language(c)
	description := geo.Text{ZH: "底图与核查结果，可用 QGIS 直接打开", EN: "Base data and what checks found; QGIS opens it directly"}
	if !access.Has(c, s.baseLayers) {
		description = geo.Text{ZH: "核查结果，可用 QGIS 直接打开", EN: "What checks found; QGIS opens it directly"}
	}
	text := func(zh, en string) string { return geo.Text{ZH: zh, EN: en}.In(lang) }
	return c.JSON(http.StatusOK, map[string]any{
		"title":       "landcheck",
		"description": description.In(lang),
		"links": []ogc.Link{
			{Href: root, Rel: "self", Type: echo.MIMEApplicationJSON, Title: text("本页", "this page")},
			{Href: s.origin(c) + "/openapi.json", Rel: "service-desc", Type: openapiType, Title: text("接口说明", "the API")},
			{Href: root + "/conformance", Rel: "conformance", Type: echo.MIMEApplicationJSON, Title: text("符合的标准", "conformance")},
			{Href: root + "/collections", Rel: "data", Type: echo.MIMEApplicationJSON, Title: text("图层列表", "collections")},
		},
	})
}

// Conformance names the parts of the standards that are kept.
func (s *Handlers) Conformance(c echo.Context) error {
	q := request.Parameters(c, "f")
	if q.Word("f", "json"); q.Err != nil {
		return q.Err
	}
	return c.JSON(http.StatusOK, map[string][]string{"conformsTo": {
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
		"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
	}})
}

// ogcCollection is a collection as clients read it.
type collectionView struct {
	ID       string      `json:"id"`
	Title    string      `json:"title"`
	Links    []ogc.Link  `json:"links"`
	Extent   *extentView `json:"extent,omitempty"`
	ItemType string      `json:"itemType"`
	CRS      []string    `json:"crs"`
	Storage  string      `json:"storageCrs,omitempty"`
}

type extentView struct {
	Spatial spatialView `json:"spatial"`
}

type spatialView struct {
	BBox [][]float64 `json:"bbox"`
	CRS  string      `json:"crs"`
}

func (s *Handlers) viewCollection(c echo.Context, k *collection) collectionView {
	at, lang := s.ogcRoot(c)+"/collections/"+k.id, request.Language(c)
	v := collectionView{ID: k.id, Title: k.title.In(lang), ItemType: "feature", CRS: ogc.URIs(k.systems), Storage: k.storage.URI,
		Links: []ogc.Link{
			{Href: at, Rel: "self", Type: echo.MIMEApplicationJSON},
			{Href: at + "/items", Rel: "items", Type: geoJSONType, Title: k.title.In(lang)},
			{Href: at + "/queryables", Rel: relQueryables, Type: schemaType},
		}}
	if len(k.bound) == 4 {
		v.Extent = &extentView{spatialView{BBox: [][]float64{k.bound}, CRS: ogc.CRS84}}
	}
	return v
}

// collectionAlone is the collection of an address, for answers that read no rows.
func (s *Handlers) collectionAlone(c echo.Context) (*collection, error) {
	q := request.Parameters(c, "f")
	if q.Word("f", "json"); q.Err != nil {
		return nil, q.Err
	}
	k, rows, err := s.collectionAt(c, 0)
	if err != nil {
		return nil, err
	}
	rows.close(nil)
	return k, nil
}

// Collection describes one collection.
func (s *Handlers) Collection(c echo.Context) error {
	k, err := s.collectionAlone(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.viewCollection(c, k))
}

// Queryables are the properties that items can be asked for by, as a JSON
// schema.
func (s *Handlers) Queryables(c echo.Context) error {
	k, err := s.collectionAlone(c)
	if err != nil {
		return err
	}
	properties := map[string]any{}
	for _, f := range k.fields {
		if f.queryable {
			properties[f.name] = map[string]string{"type": f.kind}
		}
	}
	c.Response().Header().Set(echo.HeaderContentType, schemaType)
	return c.JSON(http.StatusOK, map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": s.ogcRoot(c) + "/collections/" + k.id + "/queryables",
		"type": "object", "title": k.title.In(request.Language(c)), "properties": properties, "additionalProperties": false,
	})
}
