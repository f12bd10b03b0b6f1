package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
)

// How long what people write may be, bytes.
const (
	maxReviewRequest = 32 << 10
	maxComment       = 6000
	maxReviewReason  = 3000
	maxReviewName    = 200 // of a paper, of a person
)

// readBody reads a body that is one JSON object.
func readBody(c echo.Context, most int64, into any) error {
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, most))
	if err != nil {
		return broken(err)
	}
	if err := request.IsJSON(c); err != nil {
		return err
	}
	return request.DecodeStrict(data, into)
}

// badReview is a body that says what cannot be.
func badReview(field string, detail, advice geo.Text) error {
	return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: field, Detail: detail, Advice: advice}
}

// conflicts is a request that what there is does not allow.
func conflicts(field string, detail, advice geo.Text) error {
	return &problem.Error{Status: http.StatusConflict, Kind: "conflict", Field: field, Detail: detail, Advice: advice}
}

// plain is a text without spaces around it, short enough and without characters that
// steer a screen; lines stay where they may be.
func plain(field, text string, most int, lines bool) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	steers := func(r rune) bool { return (r != '\n' || !lines) && (unicode.IsControl(r) || geo.Steers(r)) }
	if len(text) > most || strings.ContainsFunc(text, steers) {
		return "", badReview(field, geo.Textf("%s 太长，或含有控制字符", "%s is too long, or has control characters", field), geo.Textf("至多 %d 字节", "At most %d bytes", most))
	}
	return text, nil
}

// reviewRequest is the body of a change: what is absent stays as it is.
type reviewRequest struct {
	Version  *int    `json:"version"` // that the caller has seen
	State    *string `json:"state"`
	Reason   *string `json:"reason"`
	Paper    *string `json:"paper"`
	Assignee *string `json:"assignee"`
}

// changeReview changes what is held of a finding, for reviewers.
func (s *Server) changeReview(c echo.Context) error {
	q := request.Parameters(c, "county")
	if q.Err != nil {
		return q.Err
	}
	var o reviewRequest
	if err := readBody(c, maxReviewRequest, &o); err != nil {
		return err
	}
	if o.Version == nil {
		return badReview("version", geo.Text{ZH: "没有写所见的版本", EN: "the version that you have seen is missing"},
			geo.Text{ZH: `请写 GET 所得的 version（尚无人处理时为 0），以免覆盖别人的修改`, EN: `Write the version that GET gave (0 where nobody said anything), so that nobody's change is lost`})
	}
	of, v, err := s.subjectAt(c, q)
	if err != nil {
		return err
	}
	was, err := s.roomForRemark(c.Request().Context(), of)
	if err != nil {
		return err
	}
	if was.Version != *o.Version {
		return stale(was)
	}
	next, err := o.on(was.Standing, v.state(was, of.Finding))
	if err != nil {
		return err
	}
	if err := s.mayHold(c, of, v, was, next); err != nil {
		return err
	}
	e := access.Entry(c, "finding", of.Project+" "+of.Finding, of.County, "")
	e.Reason = string(next.State)
	if next.Reason != "" {
		e.Reason += ": " + strings.ReplaceAll(next.Reason, "\n", " ")
	}
	m := store.Remark{By: access.Who(c).Name, Standing: &next, Check: v.newest, Area: v.now[of.Finding].Area}
	now, _, err := s.Store.Remark(c.Request().Context(), of, *o.Version, m, "", e)
	if errors.Is(err, store.ErrStale) {
		return stale(now)
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v.whole(now))
}

// stale says who changed it meanwhile, and to what.
func stale(now store.Review) error {
	for i := len(now.History) - 1; i >= 0; i-- {
		if m := now.History[i]; m.Standing != nil {
			return conflicts("version", geo.Textf("%[1]s 已在 %[2]s 改为 %[3]s（第 %[4]d 版）", "%[1]s changed it to %[3]s at %[2]s (version %[4]d)",
				m.By, m.Time.UTC().Format(time.RFC3339), m.Standing.State, now.Version),
				geo.Text{ZH: "请重新读取后再修改", EN: "Read it again, then change it"})
		}
	}
	return conflicts("version", geo.Text{ZH: "还没有人处理过，版本为 0", EN: "nobody has said anything of it: its version is 0"}, geo.Text{ZH: "请重新读取后再修改", EN: "Read it again, then change it"})
}

// on is a standing with the change. shown is the state that the caller saw.
func (o reviewRequest) on(was store.Standing, shown store.FindingState) (next store.Standing, err error) {
	next = was
	if shown == store.ReopenedFinding { // what was said of it has lapsed
		next = store.Standing{State: store.OpenFinding, Assignee: was.Assignee}
	}
	if o.State != nil {
		if to := store.FindingState(*o.State); to != next.State {
			next = store.Standing{State: to, Assignee: was.Assignee}
		}
	}
	for _, f := range []struct {
		name  string
		said  *string
		into  *string
		most  int
		lines bool
	}{{"reason", o.Reason, &next.Reason, maxReviewReason, true}, {"paper", o.Paper, &next.Paper, maxReviewName, false}, {"assignee", o.Assignee, &next.Assignee, maxReviewName, false}} {
		if f.said == nil {
			continue
		}
		if *f.into, err = plain(f.name, *f.said, f.most, f.lines); err != nil {
			return next, err
		}
	}
	return next, validStanding(next)
}

// validStanding refuses an exception without reason and paper.
func validStanding(s store.Standing) error {
	switch s.State {
	case store.OpenFinding:
		if s.Paper != "" {
			return badReview("paper", geo.Text{ZH: "未处理的问题没有文件", EN: "a finding that is open rests on no paper"}, geo.Text{ZH: "请把 state 写为 accepted，或去掉 paper", EN: "Write state accepted, or leave paper out"})
		}
	case store.AcceptedFinding, store.FalseAlarm:
		if s.Reason == "" {
			return badReview("reason", geo.Text{ZH: "没有写理由", EN: "the reason is missing"}, geo.Text{ZH: "请写 reason", EN: "Write reason"})
		}
		if s.State == store.AcceptedFinding && s.Paper == "" {
			return badReview("paper", geo.Text{ZH: "例外没有依据文件", EN: "an exception rests on a paper, which is missing"}, geo.Text{ZH: "请在 paper 写明文件的文号或名称", EN: "Name the document in paper, by its number or title"})
		}
	case store.FixedFinding, store.ReopenedFinding:
		return badReview("state", geo.Textf("%s 由核查结果得出，不能填写", "%s follows from what the checks find: nobody says it", s.State), geo.Text{ZH: "可写 open、accepted、false_alarm", EN: "Write open, accepted or false_alarm"})
	default:
		return badReview("state", geo.Textf("没有状态 %q", "there is no state %q", string(s.State)), geo.Text{ZH: "可写 open、accepted、false_alarm", EN: "Write open, accepted or false_alarm"})
	}
	return nil
}

// mayHold refuses what may not be held of a finding: an exception from a clause that
// has none, of what is no longer found, or after the decision.
func (s *Server) mayHold(c echo.Context, of store.Subject, v standing, was store.Review, next store.Standing) error {
	same := was.Standing
	same.Assignee = next.Assignee
	if same == next {
		return nil // who is to look at it, which is open to all times
	}
	f, there := v.now[of.Finding]
	if !there && settled(next.State) && v.gone[of.Finding] != "" {
		return conflicts("state", geo.Text{ZH: "最新一次核查已没有这个问题", EN: "the newest check does not find it any more"}, geo.Text{ZH: "无需处理；可以留言", EN: "There is nothing to hold of it; comments are open"})
	}
	if next.State == store.AcceptedFinding && f.Level == domain.Mandatory && (f.Status == domain.Fail || f.Status == domain.NotChecked) {
		return conflicts("state", geo.Textf("%s 是约束性条款，不能作为例外接受", "%s is a mandatory clause, from which there are no exceptions", f.Rule),
			geo.Text{ZH: "请退回修改；核查有误时改为 false_alarm 并写明理由", EN: "Return the plan; where the finding is wrong, hold it to be a false_alarm and say why"})
	}
	if v.newest == "" {
		return nil
	}
	k, err := s.Store.Check(c.Request().Context(), v.newest)
	if err == nil && k.Decision != "" {
		err = conflicts("state", geo.Textf("最新一次核查已有审查决定（%s）", "the newest check is decided (%s)", k.Decision.Title()), geo.Text{ZH: "请先撤回决定；可以留言", EN: "Withdraw the decision first; comments are open"})
	}
	return err
}

// commentRequest is the body of a comment.
type commentRequest struct {
	Comment string `json:"comment"`
}

// comment adds a comment to a finding, for whoever sees it.
func (s *Server) comment(c echo.Context) error {
	q := request.Parameters(c, "county")
	if q.Err != nil {
		return q.Err
	}
	var o commentRequest
	if err := readBody(c, maxReviewRequest, &o); err != nil {
		return err
	}
	text, err := plain("comment", o.Comment, maxComment, true)
	if err == nil && text == "" {
		err = badReview("comment", geo.Text{ZH: "没有内容", EN: "it is empty"}, geo.Text{ZH: `请写 {"comment": "…"}`, EN: `Write {"comment": "…"}`})
	}
	if err != nil {
		return err
	}
	of, v, err := s.subjectAt(c, q)
	if err != nil {
		return err
	}
	if _, err := s.roomForRemark(c.Request().Context(), of); err != nil {
		return err
	}
	key := c.Request().Header.Get("Idempotency-Key")
	if key != "" {
		key = fmt.Sprintf("%s %s", access.Who(c).ID, access.HashToken(key+"\n"+text))
	}
	m := store.Remark{By: access.Who(c).Name, Comment: text, Check: v.newest}
	now, added, err := s.Store.Remark(c.Request().Context(), of, 0, m, key, access.Entry(c, "comment", of.Project+" "+of.Finding, of.County, ""))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if added {
		status = http.StatusCreated
	}
	return c.JSON(status, v.whole(now))
}
