package api

import (
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
	Decreed string            `json:"decreed_rulebook,omitempty"`
	Links   map[string]string `json:"links"`
}

func (s *Server) viewPlan(p store.Plan) planView {
	self := "/v1/plans/" + p.ID
	return planView{p, p.Blocked(), s.decreed(p.County), map[string]string{"self": self, "package": self + "/package", "checks": self + "/checks"}}
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
	return request.ListOf(c, q, pageOf(c, q), s.Store.ListPlans, func(p store.Plan) string { return p.ID }, s.viewPlan)
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
	return c.JSON(http.StatusOK, s.viewPlan(p))
}
