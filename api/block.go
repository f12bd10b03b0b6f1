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

// blocked is the answer to whoever asks for another check of a plan that ended
// the processes of the last ones.
func blocked() *problem.Error {
	f := store.Blocked(nil)
	return &problem.Error{Status: http.StatusConflict, Kind: "blocked", Detail: f.Message, Advice: f.Advice}
}

// unblock lets a plan be checked again that ended the processes of its checks,
// once somebody has looked at it, or given checks more memory.
func (s *Server) unblock(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if !p.Blocked() {
		return &problem.Error{Status: http.StatusConflict, Kind: "conflict",
			Detail: geo.Text{ZH: "方案没有停止核查", EN: "the plan is not blocked"}, Advice: geo.Text{ZH: "可以直接核查", EN: "It can be checked as it is"}}
	}
	if p, err = s.Store.Unblock(c.Request().Context(), p.ID, access.Entry(c, "unblock", p.ID, p.County, p.Digest)); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.viewPlan(p))
}
