package api

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"landcheck/api/access"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
)

// versionView is a plan as a version of its project. Verdict and findings are of its
// newest check that is done.
type versionView struct {
	Plan         planView             `json:"plan"`
	Check        string               `json:"check,omitempty"`
	Checked      *time.Time           `json:"checked,omitempty"`
	Verdict      string               `json:"verdict,omitempty"`
	Reservations int                  `json:"reservations,omitempty"`
	Findings     *store.FindingCounts `json:"findings,omitempty"`
	Decision     *decidedView         `json:"decision,omitempty"`
	Links        map[string]string    `json:"links"`
}

// decidedView is the decision that stands on a version.
type decidedView struct {
	Check    string          `json:"check"`
	Decision domain.Decision `json:"decision"`
}

// projectView is a project by its newest version.
type projectView struct {
	Project  string `json:"project"` // as addresses name it: its code, or the id of a plan that says none
	Code     string `json:"code"`
	Name     string `json:"name"`
	County   string `json:"county"`
	Stage    string `json:"stage"`
	Count    int    `json:"version_count"`
	Awaiting bool   `json:"to_be_reviewed"`
	versionView
	Versions []versionView `json:"versions,omitempty"` // newest first; not in lists
}

// projectPage is a page of projects, with how many there are on all pages.
type projectPage struct {
	request.Page[projectView]
	Total int `json:"total"`
}

// The most versions that one answer has, and what may be looked for.
const (
	maxVersions   = 200
	maxSearch     = 200 // bytes
	maxSearchWord = 10
)

func (s *Server) viewVersion(v store.Version) versionView {
	out := versionView{Plan: s.viewPlan(v.Plan), Findings: v.Findings, Links: map[string]string{"self": "/v1/plans/" + v.Plan.ID, "plan": "/v1/plans/" + v.Plan.ID}}
	if v.Latest != nil {
		latest := viewCheck(*v.Latest)
		out.Plan.Latest = &latest
	}
	if d := v.Done; d != nil {
		out.Check, out.Checked, out.Verdict, out.Reservations = d.ID, d.Finished, d.Verdict, d.Reservations
		out.Links["check"], out.Links["report"] = "/v1/checks/"+d.ID, "/v1/checks/"+d.ID+"/report"
		if n := v.Findings; n != nil && n.Against != "" {
			out.Links["diff"] = "/v1/checks/" + n.Against + "/diff/" + d.ID
		}
	}
	if d := v.Decided; d != nil {
		out.Decision = &decidedView{d.ID, d.Decision}
	}
	return out
}

func (s *Server) viewProject(p store.Project) projectView {
	key := store.ProjectOf(p.Plan)
	v := projectView{Project: key, Code: p.Plan.Code, Name: p.Plan.Name, County: p.Plan.County, Stage: p.Plan.Stage,
		Count: p.Versions, Awaiting: p.Awaits(), versionView: s.viewVersion(p.Version)}
	v.Links["self"] = "/v1/projects/" + url.PathEscape(key) + "?county=" + p.Plan.County
	return v
}

func (s *Server) listProjects(c echo.Context) error {
	q := request.Parameters(c, "q", "county", "verdict", "state", "decision", "stage", "sort", "after", "limit")
	ask := store.ProjectQuery{
		Prefix:   access.Who(c).Prefix,
		County:   q.Match("county", request.CountyForm(), request.WantCounty),
		Words:    wordsOf(q),
		Verdict:  q.Word("verdict", texts(domain.Verdicts())...),
		Stage:    q.Word("stage", texts(domain.Stages())...),
		State:    store.State(q.Word("state", texts([]store.State{store.Unchecked, store.Queued, store.Running, store.Done, store.Failed, store.Cancelled})...)),
		Decision: domain.Decision(q.Word("decision", texts(append([]domain.Decision{store.Awaited}, domain.Decisions()...))...)),
		Sort:     store.ByNewest,
		Limit:    q.Number("limit", 1, 1000, 100),
	}
	if sort := q.Word("sort", texts([]store.ProjectSort{store.ByNewest, store.ByName, store.ByVerdict, store.ByOpen})...); sort != "" {
		ask.Sort = store.ProjectSort(sort)
	}
	ask.After = placeAfter(q, ask.Sort)
	if q.Err != nil {
		return q.Err
	}
	limit := ask.Limit
	ask.Limit++ // one row too many tells that there is a next page
	rows, total, err := s.Store.ListProjects(c.Request().Context(), ask)
	if err != nil {
		return err
	}
	page := request.Paged(c, rows, limit, func(p store.Project) string { return cursorOf(p.Place) }, s.viewProject)
	return c.JSON(http.StatusOK, projectPage{page, total})
}

func texts[T ~string](values []T) (out []string) {
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// wordsOf are the words that a request looks for.
func wordsOf(q *request.Query) []string {
	text := q.Text("q")
	words := strings.Fields(store.Folded(text))
	if len(text) > maxSearch || len(words) > maxSearchWord || !printed(text) {
		q.Fail("q", geo.Text{ZH: "查找的文字太长，或含有控制字符", EN: "what to look for is too long, or has control characters"},
			geo.Textf("至多 %d 个词、%d 字节，用空格分开", "At most %d words, %d bytes, with spaces between them", maxSearchWord, maxSearch))
		return nil
	}
	return words
}

// printed tells of text that no database refuses.
func printed(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) })
}

// cursorOf is a place as the next page's address has it.
func cursorOf(p store.ProjectPlace) string {
	data, _ := json.Marshal(p) // strings and numbers
	return base64.RawURLEncoding.EncodeToString(data)
}

// placeAfter is where the page before ended.
func placeAfter(q *request.Query, sort store.ProjectSort) *store.ProjectPlace {
	if !q.Has("after") {
		return nil
	}
	var p store.ProjectPlace
	data, err := base64.RawURLEncoding.DecodeString(q.Text("after"))
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil || p.Sort != sort || !printed(p.Label+p.ID) {
		q.Fail("after", geo.Textf("%q 不是这个列表的位置", "%q is no place in this list", q.Text("after")), geo.Text{ZH: "请用上一页的 next 地址", EN: "Use the address next of the page before"})
	}
	return &p
}

// showProject is the project of an address, with its versions.
func (s *Server) showProject(c echo.Context) error {
	county, name, err := s.projectAt(c, request.Parameters(c, "county"))
	if err != nil {
		return err
	}
	ctx, prefix := c.Request().Context(), access.Who(c).Prefix
	found, _, err := s.Store.ListProjects(ctx, store.ProjectQuery{Prefix: prefix, County: county, Project: name, Sort: store.ByNewest})
	if err != nil {
		return err
	}
	if len(found) == 0 { // deleted just now
		return noProject(name)
	}
	versions, err := s.Store.ListVersions(ctx, prefix, county, name, maxVersions)
	if err != nil {
		return err
	}
	out := s.viewProject(found[0])
	for _, v := range versions {
		out.Versions = append(out.Versions, s.viewVersion(v))
	}
	return c.JSON(http.StatusOK, out)
}
