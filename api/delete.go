package api

import (
	"net/http"
	"strings"
	"unicode"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/dustin/go-humanize"
	"github.com/labstack/echo/v4"
)

// maxReason is the longest reason in bytes.
const maxReason = 1000

// deletePlan removes a plan with its package, checks and reports. The entry in
// the audit trail stays.
func (s *Server) deletePlan(c echo.Context) error {
	q := params(c, "reason")
	reason := strings.TrimSpace(q.text("reason"))
	if len(reason) > maxReason || strings.ContainsFunc(reason, unicode.IsControl) {
		q.fail("reason", geo.Text{ZH: "reason 太长，或含有控制字符", EN: "the reason is too long, or has control characters"},
			geo.Textf("请写一行，至多 %d 字节", "Write one line of at most %d bytes", maxReason))
	}
	if q.err != nil {
		return q.err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if err := mayDelete(who(c), p, reason); err != nil {
		return err
	}
	e := store.Entry{Who: who(c).name, What: "delete", Reason: reason, Request: requestID(c)}
	if err := s.Store.DeletePlan(c.Request().Context(), p.ID, e); isAbsent(err) { // by somebody else just now
		return notFound(geo.Textf("没有方案 %q", "there is no plan %q", p.ID))
	} else if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// mayDelete tells whether a caller may delete a plan: its uploader, by name,
// since a token is renewed under the same one, and an administrator who says why.
func mayDelete(in caller, p store.Plan, reason string) error {
	switch {
	case in.role == store.Admin && reason == "":
		return badParameter("reason", geo.Text{ZH: "管理员删除方案要写明原因", EN: "an administrator who deletes a plan says why"},
			geo.Text{ZH: "请加参数 ?reason=原因，它会写入审计记录", EN: "Add the parameter ?reason=…; it goes into the audit trail"})
	case in.role != store.Admin && in.name != p.By:
		return &problem{status: http.StatusForbidden, kind: "forbidden",
			detail: geo.Text{ZH: "只有上传者和管理员可以删除方案", EN: "a plan is deleted by who uploaded it, or by an administrator"},
			advice: geo.Textf("请联系上传者 %[1]s 或管理员", "Ask %[1]s, who uploaded it, or an administrator", p.By)}
	}
	return nil
}

// fullCounty is what a county whose room is used up is told.
func fullCounty(q *store.QuotaError) *problem {
	used, most := humanize.IBytes(uint64(max(q.Used, 0))), humanize.IBytes(uint64(q.Most))
	return &problem{status: http.StatusInsufficientStorage, kind: "quota", cause: q,
		detail: geo.Textf("旗县 %[1]s 的存储额度不够：共 %[3]s，已用 %[2]s", "county %[1]s has no room for it: %[2]s of %[3]s are used", q.County, used, most),
		advice: geo.Textf("请删除不再需要的方案（DELETE /v1/plans/{编号}；列表见 /v1/plans?county=%[1]s），或请管理员放宽 --quota",
			"Delete plans that are no longer needed (DELETE /v1/plans/{id}; they are listed at /v1/plans?county=%[1]s), or ask the administrator for a larger --quota", q.County)}
}
