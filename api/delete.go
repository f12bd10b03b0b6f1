package api

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// maxReason is the longest reason in bytes.
const maxReason = 1000

// deletePlan removes a plan with its package, checks and reports. The entry in
// the audit trail stays.
func (s *Server) deletePlan(c echo.Context) error {
	reason, err := reasonOf(c)
	if err != nil {
		return err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if err := mayDelete(access.Who(c), p, reason); err != nil {
		return err
	}
	if err := s.undecided(c, p); err != nil {
		return err
	}
	e := store.Entry{Who: access.Who(c).Name, What: "delete", Reason: reason, Request: request.ID(c)}
	if err := s.Store.DeletePlan(c.Request().Context(), p.ID, e); store.IsAbsent(err) { // by somebody else just now
		return problem.NotFound(geo.Textf("没有方案 %q", "there is no plan %q", p.ID))
	} else if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// undecided refuses a submitter a plan that a decision was made on, withdrawn or not:
// it is on file from then on.
func (s *Server) undecided(c echo.Context, p store.Plan) error {
	if access.Has(c, store.Admin) {
		return nil
	}
	all, err := s.Store.ProjectDecisions(c.Request().Context(), p.County, store.ProjectOf(p))
	if err == nil && slices.ContainsFunc(all, func(d store.Decision) bool { return d.Plan == p.ID }) {
		err = conflicts("", geo.Text{ZH: "方案已有审查决定，不能删除", EN: "a decision was made on the plan: it stays"}, geo.Text{ZH: "确需删除请联系管理员", EN: "Where it has to go, ask an administrator"})
	}
	return err
}

// reasonOf is why something goes, in one line; "" where nobody says.
func reasonOf(c echo.Context) (string, error) {
	q := request.Parameters(c, "reason")
	reason := strings.TrimSpace(q.Text("reason"))
	if len(reason) > maxReason || strings.ContainsFunc(reason, unicode.IsControl) {
		q.Fail("reason", geo.Text{ZH: "reason 太长，或含有控制字符", EN: "the reason is too long, or has control characters"},
			geo.Textf("请写一行，至多 %d 字节", "Write one line of at most %d bytes", maxReason))
	}
	return reason, q.Err
}

// mayDelete tells whether a caller may delete a plan: its uploader, by name,
// since a token is renewed under the same one, and an administrator who says why.
func mayDelete(in access.Caller, p store.Plan, reason string) error {
	switch {
	case in.Role == store.Admin && reason == "":
		return problem.BadParameter("reason", geo.Text{ZH: "管理员删除方案要写明原因", EN: "an administrator who deletes a plan says why"},
			geo.Text{ZH: "请加参数 ?reason=原因，它会写入审计记录", EN: "Add the parameter ?reason=…; it goes into the audit trail"})
	case in.Role != store.Admin && in.Name != p.By:
		return &problem.Error{Status: http.StatusForbidden, Kind: "forbidden",
			Detail: geo.Text{ZH: "只有上传者和管理员可以删除方案", EN: "a plan is deleted by who uploaded it, or by an administrator"},
			Advice: geo.Textf("请联系上传者 %[1]s 或管理员", "Ask %[1]s, who uploaded it, or an administrator", p.By)}
	}
	return nil
}
