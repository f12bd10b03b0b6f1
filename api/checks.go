package api

import (
	"errors"
	"net/http"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/google/uuid"
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

func isAbsent(err error) bool { return errors.Is(err, store.ErrNotFound) }

// checkAt finds the check of an address by a parameter's name.
func (s *Server) checkAt(c echo.Context, name string) (store.Check, error) {
	id := c.Param(name)
	absent := notFound(geo.Textf("没有检查 %q", "there is no check %q", id))
	if _, err := uuid.Parse(id); err != nil || len(id) != 36 {
		return store.Check{}, absent
	}
	k, err := s.checkOf(c, id)
	if isAbsent(err) {
		err = absent
	}
	return k, err
}

// checkOf is a check that exists for the caller, else store.ErrNotFound.
func (s *Server) checkOf(c echo.Context, id string) (store.Check, error) {
	k, err := s.Store.Check(c.Request().Context(), id)
	if err == nil && !k.SeenBy(who(c).prefix) {
		return store.Check{}, store.ErrNotFound
	}
	return k, err
}

func (s *Server) showCheck(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	k, err := s.checkAt(c, "id")
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
	q := params(c, "county", "state", "after", "limit")
	ask := pageOf(c, q)
	ask.Plan = plan
	ask.State = store.State(q.word("state", string(store.Queued), string(store.Running), string(store.Done), string(store.Failed), string(store.Cancelled)))
	return listOf(c, q, ask, s.Store.ListChecks, func(k store.Check) string { return k.ID }, viewCheck)
}

// cancelCheck ends a check; one that has ended stays as it is.
func (s *Server) cancelCheck(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	k, err := s.checkAt(c, "id")
	if err != nil {
		return err
	}
	k, err = s.Store.Cancel(c.Request().Context(), k.ID, entry(c, "cancel", k.ID, k.County, ""))
	if errors.Is(err, store.ErrFinished) {
		return &problem{status: http.StatusConflict, kind: "conflict",
			detail: geo.Text{ZH: "检查已经结束", EN: "the check has ended"}, advice: geo.Text{ZH: "无需取消", EN: "There is nothing to cancel"}}
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewCheck(k))
}
