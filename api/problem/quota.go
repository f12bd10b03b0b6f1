package problem

import (
	"net/http"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/dustin/go-humanize"
)

// fullCounty is what a county whose room is used up is told.
func fullCounty(q *store.QuotaError) *Error {
	used, most := humanize.IBytes(uint64(max(q.Used, 0))), humanize.IBytes(uint64(q.Most))
	return &Error{Status: http.StatusInsufficientStorage, Kind: "quota", Cause: q,
		Detail: geo.Textf("旗县 %[1]s 的存储额度不够：共 %[3]s，已用 %[2]s", "county %[1]s has no room for it: %[2]s of %[3]s are used", q.County, used, most),
		Advice: geo.Textf("请删除不再需要的方案（DELETE /v1/plans/{编号}；列表见 /v1/plans?county=%[1]s），或请管理员放宽 --quota",
			"Delete plans that are no longer needed (DELETE /v1/plans/{id}; they are listed at /v1/plans?county=%[1]s), or ask the administrator for a larger --quota", q.County)}
}
