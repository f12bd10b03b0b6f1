package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/plan"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// order is the body of a request for a check; every field may be absent.
type order struct {
	Rulebook    string `json:"rulebook,omitempty"`
	Stage       string `json:"stage,omitempty"`
	BaseVersion whole  `json:"base_version,omitempty"`
	Strict      bool   `json:"strict,omitempty"`
	// SubProjects are the numbers (XMBH) of those up for acceptance.
	SubProjects []string `json:"subprojects,omitempty"`
}

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

// startCheck queues a check of a plan. With Prefer: wait=N it answers when the
// check has ended, or after N seconds.
func (s *Server) startCheck(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	o, err := readOrder(c)
	if err != nil {
		return err
	}
	if err := s.checkOrder(c.Request().Context(), o, p); err != nil {
		return err
	}
	wait, err := waitOf(c, s.Limits.Wait)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	key, err := keyOf(c, p, o)
	if err != nil {
		return err
	}
	book, err := s.rulebookOf(o.Rulebook, p)
	if err != nil {
		return err
	}
	neighbours, err := s.neighbours(c.Request().Context(), who(c).prefix, p)
	if err != nil {
		return err
	}
	k, _, err := s.Store.AddCheck(c.Request().Context(), store.Check{
		ID: id.String(), Plan: p.ID, County: p.County, Neighbours: neighbours, State: store.Queued, Rulebook: book, Stage: o.Stage,
		BaseVersion: int(o.BaseVersion), Strict: o.Strict, SubProjects: o.SubProjects, Created: time.Now().UTC().Truncate(time.Microsecond), By: who(c).name,
	}, key, entry(c, "check", "", p.County, p.Digest))
	if errors.Is(err, store.ErrConflict) || err == nil && !k.SeenBy(who(c).prefix) { // whoever had the key may see less now
		return &problem{status: http.StatusConflict, kind: "conflict", field: "Idempotency-Key",
			detail: geo.Text{ZH: "这个 Idempotency-Key 已用于另一项请求", EN: "this Idempotency-Key was used for another request"},
			advice: geo.Text{ZH: "请为新的请求换一个值", EN: "Use another value for a new request"}}
	}
	if errors.Is(err, store.ErrBlocked) {
		return blocked()
	}
	if err != nil {
		return err
	}
	if wait > 0 && s.gates.streams.instead(c) { // else it is looked for as by those who did not ask to wait
		c.Response().Header().Set("Preference-Applied", "wait="+strconv.Itoa(int(wait.Seconds())))
		if k, err = s.await(c.Request().Context(), k, wait); err != nil { // it is queued all the same
			s.Log.Warn("check not waited for", "request", requestID(c), "check", k.ID, "error", err)
		}
		if tokenEnded(c.Request().Context()) {
			return errNoToken
		}
	}
	view := viewCheck(k)
	c.Response().Header().Set(echo.HeaderLocation, view.Links["self"])
	if k.State.Ended() {
		return c.JSON(http.StatusOK, view)
	}
	c.Response().Header().Set("Retry-After", "1")
	return c.JSON(http.StatusAccepted, view)
}

// await watches a check until it has ended, for so long.
func (s *Server) await(ctx context.Context, k store.Check, d time.Duration) (store.Check, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	changes, err := s.Store.Watch(ctx, k.ID)
	if err != nil {
		return k, err
	}
	for {
		select {
		case now, ok := <-changes:
			if !ok {
				return k, nil
			}
			k = now
		case <-s.closing:
			return k, nil
		}
	}
}

// waitOf reads Prefer: wait=N; other preferences are the caller's to have.
func waitOf(c echo.Context, most time.Duration) (time.Duration, error) {
	for _, header := range c.Request().Header.Values("Prefer") {
		for part := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == ',' || r == ';' }) {
			value, ok := strings.CutPrefix(strings.TrimSpace(part), "wait=")
			if !ok {
				continue
			}
			n, err := strconv.Atoi(value)
			if err != nil || n < 0 {
				return 0, badParameter("Prefer", geo.Textf("Prefer: wait=%s 不是秒数", "Prefer: wait=%s is not a number of seconds", value),
					geo.Text{ZH: "请写 Prefer: wait=30", EN: "Write Prefer: wait=30"})
			}
			return min(time.Duration(n)*time.Second, most), nil
		}
	}
	return 0, nil
}

// maxOrder is the longest body of a request for a check.
const maxOrder = 4 << 10

func readOrder(c echo.Context) (o order, err error) {
	r := c.Request()
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, maxOrder))
	if err != nil {
		return o, broken(err)
	}
	if len(strings.TrimSpace(string(data))) == 0 {
		return o, nil
	}
	if err := isJSON(c); err != nil {
		return o, err
	}
	return o, decodeStrict(data, &o)
}

// checkOrder sees that what is asked for is there, before it is queued.
func (s *Server) checkOrder(ctx context.Context, o order, p store.Plan) error {
	unprocessable := func(field string, detail, advice geo.Text) error {
		return &problem{status: http.StatusUnprocessableEntity, kind: "bad-body", field: field, detail: detail, advice: advice}
	}
	if name := o.Rulebook; name != "" && s.books[name] == nil {
		return unprocessable("rulebook", geo.Textf("没有规则册 %q", "there is no rulebook %q", name), s.booksAdvice())
	}
	if o.Stage != "" {
		if _, err := plan.ParseStage(o.Stage); err != nil {
			f, ok := geo.AsFault(err)
			if !ok {
				return err
			}
			return unprocessable("stage", f.Problem, f.Advice)
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

var keyForm = pattern(`^[!-~]{1,200}$`)

// keyOf makes the same request with the same Idempotency-Key the same check.
func keyOf(c echo.Context, p store.Plan, o order) (store.Key, error) {
	values := c.Request().Header.Values("Idempotency-Key")
	if len(values) == 0 {
		return store.Key{}, nil
	}
	value := strings.Join(values, ",")
	if !keyForm().MatchString(value) {
		return store.Key{}, badParameter("Idempotency-Key", geo.Text{ZH: "Idempotency-Key 写法有误", EN: "the Idempotency-Key is malformed"},
			geo.Text{ZH: "至多 200 个可见的 ASCII 字符，例如一个 UUID", EN: "At most 200 visible ASCII characters, for instance a UUID"})
	}
	text := fmt.Appendf(nil, "%q %q %q %d", p.ID, o.Rulebook, o.Stage, o.BaseVersion)
	if o.Strict || len(o.SubProjects) > 0 { // else as ever: keys outlive an update
		text = fmt.Appendf(text, " %t %q", o.Strict, o.SubProjects)
	}
	request := sha256.Sum256(text)
	return store.Key{Caller: who(c).id, Value: value, Request: hex.EncodeToString(request[:])}, nil
}

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
