package api

import (
	"context"
	"net/http"

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

// page is one page of a list; Next is the address of the next one.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// The forms of what stands in addresses and queries.
var (
	codeForm     = pattern(`^[0-9]{0,12}$`)
	countyForm   = pattern(`^[0-9]{6}$`)
	townshipForm = pattern(`^[0-9]{9}$`)
)

var (
	wantCounty = geo.Text{ZH: "6 位县级行政区代码", EN: "the 6-digit code of a county"}
	wantID     = geo.Text{ZH: "编号", EN: "an id"}
)

// idForm is what ids look like: plans are hex, checks UUIDs, findings hex.
var idForm = pattern(`^[0-9A-Za-z-]{1,64}$`)

// pageOf reads the paging of a list and narrows it to what the caller sees.
func pageOf(c echo.Context, q *query) store.Query {
	return store.Query{
		Prefix: who(c).prefix,
		County: q.match("county", countyForm(), wantCounty),
		After:  q.match("after", idForm(), wantID),
		Limit:  q.number("limit", 1, 1000, 100),
	}
}

// pageError is what a list could not be read for: where it was to go on there
// may be nothing.
func pageError(err error, q store.Query) error {
	if isAbsent(err) && q.After != "" {
		return noSuchRow(q.After)
	}
	return err
}

func noSuchRow(id string) error {
	return badParameter("after", geo.Textf("没有 %q 这一项", "there is no item %q", id),
		geo.Text{ZH: "请用上一页的 next 地址", EN: "Use the address next of the page before"})
}

// next is the address of the page after one that ends with id, as a link in
// the body and in the header; "" after the last page.
func next(c echo.Context, more bool, id string) string {
	if !more {
		return ""
	}
	values := c.Request().URL.Query()
	values.Set("after", id)
	link := c.Request().URL.Path + "?" + values.Encode()
	c.Response().Header().Set("Link", "<"+link+`>; rel="next"`)
	return link
}

// listOf answers with a page of what a store lists.
func listOf[T, V any](c echo.Context, q *query, ask store.Query, rows func(context.Context, store.Query) ([]T, error), id func(T) string, view func(T) V) error {
	if q.err != nil {
		return q.err
	}
	limit := ask.Limit
	ask.Limit++ // one row too many tells that there is a next page
	all, err := rows(c.Request().Context(), ask)
	if err != nil {
		return pageError(err, ask)
	}
	return listed(c, all, limit, id, view)
}

// listed answers with a list that was asked for with one row too many.
func listed[T, V any](c echo.Context, rows []T, limit int, id func(T) string, view func(T) V) error {
	return c.JSON(http.StatusOK, paged(c, rows, limit, id, view))
}

// paged turns a list that was asked for with one row too many into a page.
func paged[T, V any](c echo.Context, rows []T, limit int, id func(T) string, view func(T) V) page[V] {
	more := len(rows) > limit
	if more {
		rows = rows[:limit]
	}
	out := page[V]{Items: make([]V, 0, len(rows))}
	for _, r := range rows {
		out.Items = append(out.Items, view(r))
	}
	if len(rows) > 0 {
		out.Next = next(c, more, id(rows[len(rows)-1]))
	}
	return out
}

func (s *Server) listPlans(c echo.Context) error {
	q := params(c, "county", "after", "limit")
	return listOf(c, q, pageOf(c, q), s.Store.ListPlans, func(p store.Plan) string { return p.ID }, s.viewPlan)
}

// plan finds the plan of an address; one that the caller may not see is not there.
func (s *Server) plan(c echo.Context) (store.Plan, error) {
	id := c.Param("id")
	absent := notFound(geo.Textf("没有方案 %q", "there is no plan %q", id))
	if !idForm().MatchString(id) {
		return store.Plan{}, absent
	}
	p, err := s.Store.Plan(c.Request().Context(), id)
	if isAbsent(err) || err == nil && !who(c).sees(p.County) {
		return p, absent
	}
	return p, err
}

func (s *Server) showPlan(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.viewPlan(p))
}
