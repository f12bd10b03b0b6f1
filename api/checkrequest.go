package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
)

// checkRequest is the body of a request for a check; every field may be absent.
type checkRequest struct {
	Rulebook    string              `json:"rulebook,omitempty"`
	Stage       string              `json:"stage,omitempty"`
	BaseVersion request.WholeNumber `json:"base_version,omitempty"`
	Strict      bool                `json:"strict,omitempty"`
	// SubProjects are the numbers (XMBH) of those up for acceptance.
	SubProjects []string `json:"subprojects,omitempty"`
}

// maxCheckRequest is the longest body of a request for a check.
const maxCheckRequest = 4 << 10

func readCheckRequest(c echo.Context) (o checkRequest, err error) {
	r := c.Request()
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, maxCheckRequest))
	if err != nil {
		return o, broken(err)
	}
	if len(strings.TrimSpace(string(data))) == 0 {
		return o, nil
	}
	if err := request.IsJSON(c); err != nil {
		return o, err
	}
	return o, request.DecodeStrict(data, &o)
}

// checkRequest sees that what is asked for is there, before it is queued.
func (s *Server) checkRequest(ctx context.Context, o checkRequest, p store.Plan) error {
	unprocessable := func(field string, detail, advice geo.Text) error {
		return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: field, Detail: detail, Advice: advice}
	}
	if name := o.Rulebook; name != "" && s.books[name] == nil {
		return unprocessable("rulebook", geo.Textf("没有规则册 %q", "there is no rulebook %q", name), s.booksAdvice())
	}
	if o.Stage != "" {
		if _, err := plan.ParseStage(o.Stage); err != nil {
			f, ok := geo.AsInputError(err)
			if !ok {
				return err
			}
			return unprocessable("stage", f.Message, f.Advice)
		}
	}
	if len(o.SubProjects) > maxSubProjects || slices.ContainsFunc(o.SubProjects, func(s string) bool { return strings.TrimSpace(s) == "" || len(s) > maxSubProject }) {
		return unprocessable("subprojects", geo.Text{ZH: "子项目编号不能为空，也不能过多、过长", EN: "a number of a sub-project is empty or too long, or they are too many"},
			geo.Textf("至多 %[1]d 个，每个至多 %[2]d 字节", "At most %[1]d, of at most %[2]d bytes each", maxSubProjects, maxSubProject))
	}
	counties, err := s.Store.Counties(ctx, p.County)
	if err != nil {
		return err
	}
	if len(counties) == 0 {
		return unprocessable("", geo.Textf("没有 %s 的底图", "there is no base data of %s", p.County),
			geo.Textf("请管理员运行 landcheck load 底图 --to 数据库 --county %[1]s（或以 --base %[1]s=底图 启动服务）",
				"Ask the administrator to run landcheck load BASE --to DATABASE --county %[1]s (or to serve with --base %[1]s=BASE)", p.County))
	}
	if versions := counties[0].Versions; o.BaseVersion != 0 && !slices.Contains(versions, int(o.BaseVersion)) {
		list := strings.Trim(fmt.Sprint(versions), "[]")
		return unprocessable("base_version", geo.Textf("%s 的底图没有第 %d 版", "the base data of %s has no version %d", p.County, o.BaseVersion),
			geo.Textf("现有版本：%[1]s；较早的版本可能已按 --keep-versions 清理", "There are versions %[1]s; older ones may have been dropped (--keep-versions)", list))
	}
	return nil
}

// How many sub-projects a request may name, and how long a name may be in bytes.
const (
	maxSubProjects = 50
	maxSubProject  = 64
)

var keyForm = request.Pattern(`^[!-~]{1,200}$`)

// keyOf makes the same request with the same Idempotency-Key the same check.
func keyOf(c echo.Context, p store.Plan, o checkRequest) (store.Key, error) {
	values := c.Request().Header.Values("Idempotency-Key")
	if len(values) == 0 {
		return store.Key{}, nil
	}
	value := strings.Join(values, ",")
	if !keyForm().MatchString(value) {
		return store.Key{}, problem.BadParameter("Idempotency-Key", geo.Text{ZH: "Idempotency-Key 写法有误", EN: "the Idempotency-Key is malformed"},
			geo.Text{ZH: "至多 200 个可见的 ASCII 字符，例如一个 UUID", EN: "At most 200 visible ASCII characters, for instance a UUID"})
	}
	text := fmt.Appendf(nil, "%q %q %q %d", p.ID, o.Rulebook, o.Stage, o.BaseVersion)
	if o.Strict || len(o.SubProjects) > 0 { // else as ever: keys outlive an update
		text = fmt.Appendf(text, " %t %q", o.Strict, o.SubProjects)
	}
	request := sha256.Sum256(text)
	return store.Key{Caller: access.Who(c).ID, Value: value, Request: hex.EncodeToString(request[:])}, nil
}
