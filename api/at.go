package api

import (
	"errors"
	"net/http"
	"slices"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// baseAt is the base data of a county at a point: exactly, not as tiles draw it.
type baseAt struct {
	Lon     float64       `json:"lon"`
	Lat     float64       `json:"lat"`
	County  string        `json:"county"`
	Version int           `json:"base_version"`
	Looked  []domain.Role `json:"looked_in"` // layers that were asked: what is missing below does not lie here
	Base    []land        `json:"base"`
}

// checkAt is baseAt with what a plan does there, and what was found.
type checkAt struct {
	baseAt
	Allowed   bool            `json:"base_layers"` // whether the caller sees base layers
	InProject bool            `json:"in_project"`
	Changes   []land          `json:"changes"`
	Faces     []results.Face  `json:"faces"`
	Findings  []results.Found `json:"findings"`
}

// pointOf are the parameters lon and lat, both of which must be there.
func pointOf(q *request.Query) orb.Point {
	return orb.Point{q.Degrees("lon", 180), q.Degrees("lat", 90)}
}

// atOfCounty is what base layers of a county say of a point.
func (s *Server) atOfCounty(c echo.Context) error {
	q := request.Parameters(c, "lon", "lat", "version")
	p, version := pointOf(q), q.Number("version", 1, 1<<30, 0)
	if q.Err != nil {
		return q.Err
	}
	at, err := s.baseAt(c, c.Param("code"), version, p)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return c.JSON(http.StatusOK, at)
}

// baseAt asks every base layer that there is.
func (s *Server) baseAt(c echo.Context, county string, version int, p orb.Point) (at baseAt, err error) {
	at = baseAt{Lon: p[0], Lat: p[1], County: county, Version: version, Looked: []domain.Role{}, Base: []land{}}
	base, open, back, err := s.bases.OpenFor(c, county, version)
	if err != nil {
		return at, err
	}
	defer func() { back(err) }()
	at.Version = open.Version
	for _, role := range domain.BaseRoles() {
		if !base.Has(role) {
			continue
		}
		if err := s.accessLog.ReadsBase(c, county, role); err != nil {
			return at, err
		}
		held, err := base.At(c.Request().Context(), role, p, landColumns())
		if err != nil {
			return at, err
		}
		at.Looked = append(at.Looked, role)
		for i := range held {
			at.Base = append(at.Base, viewParcel(&held[i]).short())
		}
	}
	return at, nil
}

// atOfCheck is what lies at a point of a check: base data of its version, the
// plan's changes, before and after, findings.
func (s *Server) atOfCheck(c echo.Context) error {
	q := request.Parameters(c, "lon", "lat")
	p := pointOf(q)
	if q.Err != nil {
		return q.Err
	}
	k, err := s.readCheck(c, "findings")
	if err != nil {
		return err
	}
	if err := s.accessLog.ReadsCheck(c, k, "ledger"); err != nil {
		return err
	}
	spot, err := s.results.For(c, k).At(p)
	if err != nil {
		return err
	}
	at := checkAt{Allowed: access.Has(c, s.BaseLayers), Changes: []land{}, Faces: spot.Faces, Findings: spot.Findings}
	at.baseAt = baseAt{Lon: p[0], Lat: p[1], County: k.County, Version: k.BaseVersion, Looked: []domain.Role{}, Base: []land{}}
	if at.Allowed {
		if at.baseAt, err = s.baseAt(c, k.County, k.BaseVersion, p); err != nil && !gone(err) {
			return err
		}
	}
	for i := range spot.Land {
		if spot.Land[i].Role == domain.ProjectArea {
			at.InProject = true
			continue
		}
		at.Changes = append(at.Changes, viewPlanLand(&spot.Land[i]).short())
	}
	at.Faces, at.Findings = append([]results.Face{}, at.Faces...), append([]results.Found{}, at.Findings...)
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return c.JSON(http.StatusOK, at)
}

// gone tells whether there is no such version of base data any more: then no
// layer was looked in.
func gone(err error) bool {
	var p *problem.Error
	return errors.As(err, &p) && p.Status == http.StatusNotFound
}

// featuresOfCheck finds land by the layer and the id that findings name.
func (s *Server) featuresOfCheck(c echo.Context) error {
	q := request.Parameters(c, "role", "feature", "bbox")
	roles := slices.Concat(domain.BaseRoles(), []domain.Role{domain.ProjectArea}, domain.ChangeRoles())
	var names []string
	for _, r := range roles {
		names = append(names, string(r))
	}
	role, id, box := domain.Role(q.Word("role", names...)), q.Text("feature"), q.BBox("bbox")
	if role == "" || id == "" || len(id) > 200 {
		missing := "role"
		if role != "" {
			missing = "feature"
		}
		q.Fail(missing, geo.Textf("缺少参数 %s，或者太长", "the parameter %s is missing or too long", missing),
			geo.Text{ZH: "请照抄问题的 features 中的 role 与 id", EN: "Copy role and id from features of a finding"})
	}
	if q.Err != nil {
		return q.Err
	}
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	items, err := s.features(c, k, role, id, box)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return c.JSON(http.StatusOK, request.Page[land]{Items: items})
}

// features are those of a check's plan, or of the base data that it used.
func (s *Server) features(c echo.Context, k store.Check, role domain.Role, id string, box *orb.Bound) (items []land, err error) {
	items = []land{}
	if !slices.Contains(domain.BaseRoles(), role) {
		if err := s.accessLog.ReadsCheck(c, k, string(role)); err != nil {
			return nil, err
		}
		found, err := s.results.For(c, k).Named(role, id)
		for i := range found {
			items = append(items, viewPlanLand(&found[i]))
		}
		return items, err
	}
	if !access.Has(c, s.BaseLayers) {
		return nil, access.NeedsRole(s.BaseLayers)
	}
	base, _, back, err := s.bases.OpenFor(c, k.County, k.BaseVersion)
	if err != nil {
		return nil, err
	}
	defer func() { back(err) }()
	if err := s.accessLog.ReadsBase(c, k.County, role); err != nil {
		return nil, err
	}
	held, err := base.Named(c.Request().Context(), role, id, box, landColumns())
	for i := range held {
		items = append(items, viewParcel(&held[i]))
	}
	return items, err
}
