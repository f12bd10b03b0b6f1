package api

import (
	"errors"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// checkView is a check with where to go from it.
type checkView struct {
	store.Check
	Links map[string]string `json:"links"`
}

func viewCheck(k store.Check) checkView {
	self := "/v1/checks/" + k.ID
	links := map[string]string{"self": self, "plan": "/v1/plans/" + k.Plan, "events": self + "/events"}
	if k.State == store.Done {
		links["report"], links["findings"], links["ledger"] = self+"/report", self+"/findings", self+"/ledger"
	}
	return checkView{k, links}
}

// readCheck finds the check of an address, which must be done, and puts into the
// audit trail that the caller reads a part of what came of it.
func (s *Server) readCheck(c echo.Context, part string) (store.Check, error) {
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return k, err
	}
	return k, s.accessLog.ReadsCheck(c, k, part)
}

func (s *Server) showCheck(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := access.CheckAt(c, s.Store, "id")
	if err != nil {
		return err
	}
	if !k.State.Ended() {
		c.Response().Header().Set("Retry-After", "1")
	}
	return c.JSON(http.StatusOK, viewCheck(k))
}

func (s *Server) listChecks(c echo.Context) error { return s.checksOf(c, "") }

func (s *Server) listPlanChecks(c echo.Context) error {
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	return s.checksOf(c, p.ID)
}

func (s *Server) checksOf(c echo.Context, plan string) error {
	q := request.Parameters(c, "county", "state", "after", "limit")
	ask := pageOf(c, q)
	ask.Plan = plan
	ask.State = store.State(q.Word("state", string(store.Queued), string(store.Running), string(store.Done), string(store.Failed), string(store.Cancelled)))
	return request.ListOf(c, q, ask, s.Store.ListChecks, func(k store.Check) string { return k.ID }, viewCheck)
}

// cancelCheck ends a check; one that has ended stays as it is.
func (s *Server) cancelCheck(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := access.CheckAt(c, s.Store, "id")
	if err != nil {
		return err
	}
	k, err = s.Store.Cancel(c.Request().Context(), k.ID, access.Entry(c, "cancel", k.ID, k.County, ""))
	if errors.Is(err, store.ErrFinished) {
		return &problem.Error{Status: http.StatusConflict, Kind: "conflict",
			Detail: geo.Text{ZH: "核查已经结束", EN: "the check has ended"}, Advice: geo.Text{ZH: "无需取消", EN: "There is nothing to cancel"}}
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewCheck(k))
}
