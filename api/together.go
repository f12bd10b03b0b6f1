package api

import (
	"errors"
	"io"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/together"

	"github.com/labstack/echo/v4"
)

// togetherRequest names the checks whose plans are held against each other.
type togetherRequest struct {
	Checks []string `json:"checks"`
}

// How many plans one request may hold against each other: their ledgers are in
// memory one after the other, their land all at once.
const (
	leastTogether = 2
	mostTogether  = 50
)

// holdTogether says what the plans of checks that are done do to each other. Its
// packages are the ids of the checks.
func (s *Server) holdTogether(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	var o togetherRequest
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxCheckRequest))
	if err != nil {
		return broken(err)
	}
	if err := request.IsJSON(c); err != nil {
		return err
	}
	if err := request.DecodeStrict(data, &o); err != nil {
		return err
	}
	checks, err := s.checksTogether(c, o.Checks)
	if err != nil {
		return err
	}
	var plans []*together.Plan
	for _, k := range checks {
		if err := s.accessLog.ReadsCheck(c, k, "together"); err != nil {
			return err
		}
		r := s.results.For(c, k)
		report, err := r.Report()
		if err != nil {
			return err
		}
		l, err := r.Ledger()
		if err != nil {
			return err
		}
		plans = append(plans, together.PlanOf(k.ID, l, report))
	}
	found, err := together.Check(c.Request().Context(), plans, nil)
	if f, ok := geo.AsInputError(err); ok {
		return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: "checks", Detail: f.Message, Advice: f.Advice, Cause: err}
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, found)
}

// checksTogether are the checks that a request names, each once, all of them done.
func (s *Server) checksTogether(c echo.Context, ids []string) (checks []store.Check, err error) {
	bad := func(detail, advice geo.Text) error {
		return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: "checks", Detail: detail, Advice: advice}
	}
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		k, err := access.Check(c, s.Store, id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return nil, bad(geo.Textf("没有核查 %q", "there is no check %q", id), geo.Text{ZH: "请核对核查编号", EN: "Look at the ids of the checks"})
		case err != nil:
			return nil, err
		case k.State != store.Done:
			return nil, bad(geo.Textf("核查 %q 没有结果", "the check %q has no result", id), geo.Text{ZH: "请等核查结束，或重新核查", EN: "Wait for its end, or check the plan again"})
		}
		if checks = append(checks, k); len(checks) > mostTogether {
			break
		}
	}
	if len(checks) < leastTogether || len(checks) > mostTogether {
		return nil, bad(geo.Textf("一次比对 %[1]d 至 %[2]d 个方案", "%[1]d to %[2]d plans are held against each other at a time", leastTogether, mostTogether),
			geo.Text{ZH: `请写各方案核查的编号：{"checks": ["…", "…"]}；更多方案用 landcheck check --together`, EN: `Name their checks: {"checks": ["…", "…"]}; for more plans use landcheck check --together`})
	}
	return checks, nil
}
