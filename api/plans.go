package api

import (
	"context"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// planView is a plan with where to go from it.
type planView struct {
	store.Plan
	Blocked bool `json:"blocked,omitempty"`
	// Decreed is the rulebook that the service judges it by; "" where the plan
	// or the request chooses.
	Decreed string `json:"decreed_rulebook,omitempty"`
	// Latest is the newest check of it that the caller sees; nil: none, or not asked.
	Latest *checkView        `json:"latest,omitempty"`
	Links  map[string]string `json:"links"`
}

func (s *Server) viewPlan(p store.Plan) planView {
	self := "/v1/plans/" + p.ID
	return planView{Plan: p, Blocked: p.Blocked(), Decreed: s.decreed(p.County), Links: map[string]string{"self": self, "package": self + "/package", "checks": self + "/checks"}}
}

// pageOf reads the paging of a list and narrows it to what the caller sees.
func pageOf(c echo.Context, q *request.Query) store.Query {
	return store.Query{
		Prefix: access.Who(c).Prefix,
		County: q.Match("county", request.CountyForm(), request.WantCounty),
		After:  q.Match("after", request.IDForm(), request.WantID),
		Limit:  q.Number("limit", 1, 1000, 100),
	}
}

func (s *Server) listPlans(c echo.Context) error {
	q := request.Parameters(c, "county", "after", "limit")
	return request.ListOf(c, q, pageOf(c, q), s.plansWithLatest, func(p planView) string { return p.ID }, func(p planView) planView { return p })
}

// plansWithLatest are plans, each with its latest check, whose query names the
// prefix of who asks.
func (s *Server) plansWithLatest(ctx context.Context, q store.Query) ([]planView, error) {
	plans, err := s.Store.ListPlans(ctx, q)
	if err != nil {
		return nil, err
	}
	return s.viewPlans(ctx, q.Prefix, plans...)
}

// viewPlans are plans with the latest check of each that a prefix sees.
func (s *Server) viewPlans(ctx context.Context, prefix string, plans ...store.Plan) ([]planView, error) {
	views, ids := make([]planView, len(plans)), make([]string, len(plans))
	for i, p := range plans {
		views[i], ids[i] = s.viewPlan(p), p.ID
	}
	latest, err := s.Store.LatestChecks(ctx, prefix, ids)
	for i, p := range plans {
		if k, ok := latest[p.ID]; ok {
			view := viewCheck(k)
			views[i].Latest = &view
		}
	}
	return views, err
}

// plan finds the plan of an address; one that the caller may not see is not there.
func (s *Server) plan(c echo.Context) (store.Plan, error) { return s.planOf(c, c.Param("id")) }

// planOf is a plan that the caller sees; what he does not see is not there.
func (s *Server) planOf(c echo.Context, id string) (store.Plan, error) {
	absent := problem.NotFound(geo.Textf("没有方案 %q", "there is no plan %q", id))
	if !request.IDForm().MatchString(id) {
		return store.Plan{}, absent
	}
	p, err := s.Store.Plan(c.Request().Context(), id)
	if store.IsAbsent(err) || err == nil && !access.Who(c).Sees(p.County) {
		return p, absent
	}
	return p, err
}

func (s *Server) showPlan(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	views, err := s.viewPlans(c.Request().Context(), access.Who(c).Prefix, p)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, views[0])
}
