package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/passport"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/labstack/echo/v4"
)

// How long a decision may be, bytes, and how many conditions it may have.
const (
	maxDecision   = 64 << 10
	maxOpinion    = 12_000
	maxCondition  = 1500
	mostCondition = 30
)

// decisionRequest is the body of a decision.
type decisionRequest struct {
	Decision   string   `json:"decision"`
	Opinion    string   `json:"opinion"`
	Conditions []string `json:"conditions,omitempty"`
	Name       string   `json:"name,omitempty"` // who signs; absent: the caller
	Date       string   `json:"date,omitempty"` // absent: today
}

// decisions are those on a check.
type decisions struct {
	Decision  *store.Decision  `json:"decision"`  // the one that stands; null where none does
	Withdrawn []store.Decision `json:"withdrawn"` // oldest first
}

// decide keeps a reviewer's decision on a check. The same again changes nothing.
func (s *Server) decide(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	var o decisionRequest
	if err := readBody(c, maxDecision, &o); err != nil {
		return err
	}
	said, err := o.read(access.Who(c).Name, time.Now())
	if err != nil {
		return err
	}
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	d := store.Decision{Check: k.ID, Decision: said, By: access.Who(c).Name}
	if err := s.complete(c, k, &d); err != nil {
		return err
	}
	e := access.Entry(c, "decide", k.ID, k.County, "")
	e.Reason = string(said.Kind)
	kept, created, err := s.Store.Decide(c.Request().Context(), d, e)
	if errors.Is(err, store.ErrDecided) {
		return decidedAlready(kept)
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
	}
	return c.JSON(status, kept)
}

func decidedAlready(d store.Decision) error {
	return conflicts("decision", geo.Textf("%[1]s 已于 %[2]s 决定：%[3]s", "%[1]s decided on %[2]s: %[3]s", d.Name, d.Date, d.Kind.Title()),
		geo.Text{ZH: "决定不能修改；要另作决定请先撤回：DELETE …/decision?reason=", EN: "A decision does not change; to decide otherwise withdraw it first: DELETE …/decision?reason="})
}

// read is the decision as it is written.
func (o decisionRequest) read(caller string, now time.Time) (d result.Decision, err error) {
	d = result.Decision{Kind: domain.Decision(o.Decision), Date: o.Date}
	if d.Kind != domain.Approve && d.Kind != domain.Conditional && d.Kind != domain.SendBack {
		return d, badReview("decision", geo.Textf("没有决定 %q", "there is no decision %q", o.Decision), geo.Text{ZH: "可写 pass、conditions、return", EN: "Write pass, conditions or return"})
	}
	if d.Opinion, err = plain("opinion", o.Opinion, maxOpinion, true); err == nil && d.Opinion == "" {
		err = badReview("opinion", geo.Text{ZH: "没有写审查意见", EN: "the opinion is missing"}, geo.Text{ZH: "请写 opinion，它会印在意见书上", EN: "Write opinion, which stands on the paper"})
	}
	if err != nil {
		return d, err
	}
	if o.Name == "" {
		o.Name = caller
	}
	if d.Name, err = plain("name", o.Name, maxReviewName, false); err != nil {
		return d, err
	}
	for _, text := range o.Conditions {
		if text, err = plain("conditions", text, maxCondition, true); err != nil {
			return d, err
		}
		if text != "" {
			d.Conditions = append(d.Conditions, text)
		}
	}
	switch day, wrong := time.Parse(time.DateOnly, d.Date); {
	case (len(d.Conditions) > 0) != (d.Kind == domain.Conditional) || len(d.Conditions) > mostCondition:
		return d, badReview("conditions", geo.Textf("附条件通过要写 1 至 %d 个条件，其他决定不写", "a pass with conditions has 1 to %d of them, any other decision none", mostCondition), geo.Text{ZH: "请检查 conditions", EN: "Look at conditions"})
	case d.Date == "":
		d.Date = now.Format(time.DateOnly)
	case wrong != nil || day.After(now.AddDate(0, 0, 1)):
		return d, badReview("date", geo.Textf("日期 %q 不对", "%q is no day until today", d.Date), geo.Text{ZH: "写作 2026-11-30；不写为今天", EN: "Write 2026-11-30; without it it is today"})
	}
	return d, nil
}

// complete says of a decision what follows from the check: which findings stood how,
// what enters the ledger, its passport. It refuses what may not be decided.
func (s *Server) complete(c echo.Context, k store.Check, d *store.Decision) error {
	if stands, err := s.standsOn(c, k); err != nil || stands != nil {
		if err == nil && !stands.Says(d.Decision) {
			err = decidedAlready(*stands)
		}
		return err
	}
	if err := s.isNewest(c, k); err != nil {
		return err
	}
	r, err := s.results.For(c, k).Report()
	if err != nil {
		return err
	}
	v, _, err := s.standingIn(c, k)
	if err != nil {
		return err
	}
	left := v.weigh(r, &d.Decision)
	if err := left.allow(d.Kind, r.Verdict); err != nil {
		return err
	}
	if d.Kind == domain.Approve {
		entry, err := s.entryOf(c, k)
		if err != nil {
			return err
		}
		entry.County, entry.By = k.County, access.Who(c).Name
		d.Entered = &entry
	}
	if s.Key == nil {
		return nil
	}
	written, err := s.artifact(c, k, check.ReportFile)
	if err != nil {
		return err
	}
	p, err := passport.OfDecided(written, k.ID, &d.Decision, s.Key)
	if err != nil {
		return err
	}
	d.Passport, err = json.Marshal(p)
	return err
}

func (s *Server) standsOn(c echo.Context, k store.Check) (*store.Decision, error) {
	all, err := s.Store.Decisions(c.Request().Context(), k.ID)
	return store.StandingOf(all), err
}

// isNewest refuses a check of which the project has a newer one: what was decided on
// it would be of land that is drawn otherwise by now.
func (s *Server) isNewest(c echo.Context, k store.Check) error {
	p, err := s.Store.Plan(c.Request().Context(), k.Plan)
	if err != nil {
		return err
	}
	checks, err := s.Store.ListChecks(c.Request().Context(), store.Query{Prefix: access.Who(c).Prefix, County: k.County, Project: store.ProjectOf(p), State: store.Done, Limit: 1})
	if err == nil && len(checks) > 0 && checks[0].ID != k.ID {
		err = conflicts("", geo.Textf("项目有更新的核查 %s", "the project has a newer check, %s", checks[0].ID), geo.Text{ZH: "请就最新一次核查作出决定", EN: "Decide on the newest"})
	}
	return err
}

// showDecision gives what was decided on a check, or, of what stands, the opinion in
// Word or the passport as a file.
func (s *Server) showDecision(c echo.Context) error {
	q := request.Parameters(c, "f")
	format := q.Word("f", "json", "docx", "passport")
	if q.Err != nil {
		return q.Err
	}
	k, err := s.readCheck(c, "decision")
	if err != nil {
		return err
	}
	all, err := s.Store.Decisions(c.Request().Context(), k.ID)
	if err != nil {
		return err
	}
	switch format {
	case "docx":
		return s.sendOpinion(c, k, store.StandingOf(all))
	case "passport":
		return sendDecisionPassport(c, k, store.StandingOf(all))
	}
	out := decisions{Decision: store.StandingOf(all), Withdrawn: []store.Decision{}}
	for _, d := range all {
		if !d.Stands() {
			out.Withdrawn = append(out.Withdrawn, d)
		}
	}
	return c.JSON(http.StatusOK, out)
}

// sendOpinion sends the review opinion with the decision in it.
func (s *Server) sendOpinion(c echo.Context, k store.Check, d *store.Decision) error {
	if d == nil {
		return undecided()
	}
	format, err := report.ByName("docx")
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, format.Media)
	h.Set("Content-Language", request.Language(c))
	attach(c, "landcheck-"+k.ID[len(k.ID)-12:]+".decision.docx")
	return s.sendFormat(c, k, format, request.Language(c), &d.Decision)
}

func undecided() error {
	return conflicts("", geo.Text{ZH: "还没有审查决定", EN: "no decision stands on the check"}, geo.Text{ZH: "草稿见 …/report?f=docx", EN: "For a draft see …/report?f=docx"})
}

// sendDecisionPassport sends what landcheck verify --passport takes.
func sendDecisionPassport(c echo.Context, k store.Check, d *store.Decision) error {
	switch {
	case d == nil:
		return undecided()
	case d.Passport == nil:
		return noServiceKey() // or it had none then
	}
	attach(c, "landcheck-"+k.ID[len(k.ID)-12:]+".decision.passport.json")
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, d.Passport)
}

// withdraw ends a decision; the check can be decided again.
func (s *Server) withdraw(c echo.Context) error {
	reason, err := reasonOf(c)
	if err != nil {
		return err
	}
	if reason == "" {
		return problem.BadParameter("reason", geo.Text{ZH: "撤回决定要写明原因", EN: "whoever withdraws a decision says why"}, geo.Text{ZH: "请加参数 ?reason=原因", EN: "Add the parameter ?reason=…"})
	}
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	e := access.Entry(c, "decision-withdraw", k.ID, k.County, "")
	e.Reason = reason
	d, err := s.Store.Withdraw(c.Request().Context(), k.ID, store.Withdrawal{By: access.Who(c).Name, Reason: reason}, e)
	if store.IsAbsent(err) {
		return conflicts("", geo.Text{ZH: "没有可撤回的决定", EN: "no decision stands on the check"}, geo.Text{ZH: "无需撤回", EN: "There is nothing to withdraw"})
	}
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, d)
}
