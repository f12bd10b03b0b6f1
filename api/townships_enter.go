package api

import (
	"io"
	"math"
	"net/http"
	"slices"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/plan"
	"landcheck/rules/together"

	"github.com/labstack/echo/v4"
)

// ledgerRequest is the body of an entry: a check whose report has the figures, or
// the figures of a project that was never checked here.
type ledgerRequest struct {
	Check   *string      `json:"check,omitempty"`
	Project string       `json:"project,omitempty"` // code
	Name    string       `json:"name,omitempty"`
	Moves   []store.Move `json:"moves,omitempty"`
}

// The longest body of an entry, and the longest code or name in it, bytes.
const (
	maxLedgerRequest = 64 << 10
	maxLedgerName    = 200
)

// enterLedger enters a project into the ledger, in place of an earlier version of
// it. The same again changes nothing.
func (s *Server) enterLedger(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	county, err := s.county(c)
	if err != nil {
		return err
	}
	var o ledgerRequest
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxLedgerRequest))
	if err != nil {
		return broken(err)
	}
	if err := request.IsJSON(c); err != nil {
		return err
	}
	if err := request.DecodeStrict(data, &o); err != nil {
		return err
	}
	p, err := stated(county, o)
	if o.Check != nil {
		p, err = s.reported(c, county, o)
	}
	if err != nil {
		return err
	}
	p.County, p.By = county, access.Who(c).Name
	kept, entered, err := s.Store.EnterLedger(c.Request().Context(), p, access.Entry(c, "ledger-enter", p.Code, county, p.Digest))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if entered {
		status = http.StatusCreated
	}
	return c.JSON(status, kept)
}

func badLedgerEntry(field string, detail, advice geo.Text) error {
	return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: field, Detail: detail, Advice: advice}
}

// reported is a project by the report of a check: one that complies, with its
// justified rules.
func (s *Server) reported(c echo.Context, county string, o ledgerRequest) (p store.LedgerEntry, err error) {
	if o.Project != "" || o.Name != "" || o.Moves != nil {
		return p, badLedgerEntry("check", geo.Text{ZH: "check 与 project、name、moves 不能同时写", EN: "check goes without project, name and moves"},
			geo.Text{ZH: "只写 check，数字取自它的报告；未在本服务核查过的项目写 project 和 moves", EN: "Write check alone, whose report has the figures; for a project that was not checked here write project and moves"})
	}
	k, err := access.Check(c, s.Store, *o.Check)
	if err != nil && !store.IsAbsent(err) {
		return p, err
	}
	if err != nil || k.County != county {
		return p, badLedgerEntry("check", geo.Textf("没有 %[1]s 的核查 %[2]q", "%[1]s has no check %[2]q", county, *o.Check), geo.Text{ZH: "请核对核查编号", EN: "Look at the id of the check"})
	}
	if k.State != store.Done {
		return p, conflicts("check", geo.Text{ZH: "核查还没有结果", EN: "the check has no result"}, geo.Text{ZH: "请等核查结束", EN: "Wait for its end"})
	}
	if domain.Verdict(k.Verdict) != domain.Compliant {
		return p, conflicts("check", geo.Text{ZH: "方案不符合政策要求，或资料不全，不能登记", EN: "the plan does not comply, or its check is incomplete: it cannot be entered"},
			geo.Text{ZH: "请登记符合要求（含已论证）的版本", EN: "Enter a version that complies, justified rules included"})
	}
	return s.entryOf(c, k)
}

// entryOf is what a check's project moves, for the township ledger.
func (s *Server) entryOf(c echo.Context, k store.Check) (p store.LedgerEntry, err error) {
	r := s.results.For(c, k)
	report, err := r.Report()
	if err != nil {
		return p, err
	}
	l, err := r.Ledger()
	if err != nil {
		return p, err
	}
	if strings.TrimSpace(report.Plan.Code) == "" {
		return p, conflicts("check", geo.Text{ZH: "方案没有项目编号，登记后无法与其他版本区分", EN: "the plan has no project code, by which its versions are one project"},
			geo.Text{ZH: "请在 plan.yaml 写明 project.code 后重新核查", EN: "State project.code in plan.yaml and check it again"})
	}
	p = store.LedgerEntry{Code: strings.TrimSpace(report.Plan.Code), Name: report.Plan.Name, Check: k.ID, Plan: k.Plan, Digest: report.Plan.Digest, Moves: []store.Move{}}
	for _, m := range together.Moves(l, report) {
		p.Moves = append(p.Moves, store.Move{Township: m.Township, Out: m.PBFOut, In: m.PBFIn})
	}
	return p, nil
}

// stated is a project with the figures that an officer states.
func stated(county string, o ledgerRequest) (p store.LedgerEntry, err error) {
	code, name := strings.TrimSpace(o.Project), strings.TrimSpace(o.Name)
	steers := func(text string) bool { return len(text) > maxLedgerName || strings.ContainsFunc(text, geo.Steers) }
	switch {
	case code == "" || steers(code) || strings.Contains(code, "/"):
		return p, badLedgerEntry("project", geo.Text{ZH: "缺少项目编号，或编号写法有误", EN: "the project's code is missing or malformed"},
			geo.Textf("请写 check（核查编号），或 project（至多 %d 字节，不含 /）和 moves", "Write check, or project (at most %d bytes, without a /) and moves", maxLedgerName))
	case steers(name):
		return p, badLedgerEntry("name", geo.Text{ZH: "名称太长，或含有控制字符", EN: "the name is too long, or has control characters"}, geo.Textf("至多 %d 字节", "At most %d bytes", maxLedgerName))
	case len(o.Moves) == 0:
		return p, badLedgerEntry("moves", geo.Text{ZH: "没有写各乡镇的调出、补划面积", EN: "what the project moved is missing"},
			geo.Text{ZH: `例如 [{"township": "150123101", "pbf_out_m2": 120000, "pbf_in_m2": 121000}]`, EN: `For instance [{"township": "150123101", "pbf_out_m2": 120000, "pbf_in_m2": 121000}]`})
	}
	seen := map[string]bool{}
	for _, m := range o.Moves {
		switch {
		case !townshipForm().MatchString(m.Township) || !strings.HasPrefix(m.Township, county) || seen[m.Township]:
			return p, badLedgerEntry("township", geo.Textf("%q 不是本旗县的乡镇代码，或写了两次", "%q is no township of the county, or stands twice", m.Township),
				geo.Textf("乡镇代码 9 位，以 %s 开头，各写一次", "A township's code has 9 digits and begins with %s; each stands once", county))
		case !plausible(m.Out) || !plausible(m.In):
			return p, badLedgerEntry("moves", geo.Text{ZH: "面积不能是负数，也不能超过一个旗县的面积", EN: "an area is negative, or larger than a county"}, geo.Text{ZH: "单位为平方米", EN: "Areas are m²"})
		}
		seen[m.Township] = true
		p.Moves = append(p.Moves, store.Move{Township: m.Township, Out: geo.RoundArea(m.Out), In: geo.RoundArea(m.In)})
	}
	slices.SortFunc(p.Moves, func(a, b store.Move) int { return strings.Compare(a.Township, b.Township) })
	p.Code, p.Name = code, name
	return p, nil
}

// plausible tells an area that a county can have, m².
func plausible(m2 float64) bool { return m2 >= 0 && m2 <= 1e11 && !math.IsNaN(m2) }

// others are the entries but for the plan itself, which a package without a code is
// known by.
func others(ledger []store.LedgerEntry, p *plan.Plan) (rest []store.LedgerEntry) {
	for _, o := range ledger {
		if o.Digest == "" || o.Digest != p.Digest {
			rest = append(rest, o)
		}
	}
	return rest
}
