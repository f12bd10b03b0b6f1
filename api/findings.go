package api

import (
	"net/http"
	"slices"

	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// filter is what findings are asked for.
type filter struct {
	rule, level, township string
	status                []string // any of them; none: every
	box                   *orb.Bound
	words                 []string // all of them, lower case
	sort                  string   // "" worst first
	state                 []string // any of them; none: every
	held                  standing
}

// filterParams are the parameters that filterOf reads.
var filterParams = []string{"rule", "level", "status", "township", "bbox", "q", "sort", "state"}

func filterOf(q *request.Query) filter {
	return filter{
		rule:     q.Match("rule", request.IDForm(), geo.Text{ZH: "规则编号", EN: "the id of a rule"}),
		level:    q.Word("level", string(domain.Mandatory), string(domain.InPrinciple), string(domain.Advisory)),
		status:   q.Words("status", string(domain.Fail), string(domain.NotChecked), string(domain.Warn), string(domain.Justified), string(domain.Pass)),
		township: q.Match("township", request.TownshipForm(), geo.Text{ZH: "9 位乡镇代码", EN: "the 9-digit code of a township"}),
		box:      q.BBox("bbox"),
		words:    searched(q),
		sort:     q.Word("sort", "area", "township", "rule"),
		state:    q.Words("state", findingStates()...),
	}
}

func (f filter) takes(d *results.Found) bool {
	if f.rule != "" && f.rule != d.Rule || f.level != "" && f.level != string(d.Level) ||
		len(f.status) > 0 && !slices.Contains(f.status, string(d.Status)) {
		return false
	}
	if f.township != "" && !slices.Contains(d.Townships, f.township) {
		return false
	}
	if len(f.state) > 0 {
		_, state := f.held.of(d.ID)
		if d.Status == domain.Pass || !slices.Contains(f.state, string(state)) {
			return false
		}
	}
	return (f.box == nil || meets(*f.box, d.BBox)) && mentions(d, f.words)
}

// meets tells whether a box and a finding's own meet; a finding without a
// place meets none.
func meets(box orb.Bound, own []float64) bool {
	return len(own) == 4 && box.Min[0] <= own[2] && own[0] <= box.Max[0] && box.Min[1] <= own[3] && own[1] <= box.Max[1]
}

// foundPage is a page of findings. Total counts all that the filter lets pass.
type foundPage struct {
	request.Page[foundView]
	Total int `json:"total"`
}

// foundView is a finding with what is held of it today.
type foundView struct {
	results.Found
	State  store.FindingState `json:"state,omitempty"`  // of those that somebody has to look at
	Review *reviewView        `json:"review,omitempty"` // where somebody said something
}

func (v standing) found(d results.Found) foundView {
	out := foundView{Found: d}
	if d.Status == domain.Pass {
		return out
	}
	r, state := v.of(d.ID)
	if out.State = state; r.Finding != "" {
		view := v.view(r, d.ID)
		out.Review = &view
	}
	return out
}

// findings lists a check's findings, worst first, page by page. With
// detail=list their outlines, features and faces are left out, which are most
// of the bytes.
func (s *Server) findings(c echo.Context) error {
	q := request.Parameters(c, append([]string{"after", "limit", "detail"}, filterParams...)...)
	bare := q.Word("detail", "list") == "list"
	want, after, limit := filterOf(q), q.Match("after", request.IDForm(), request.WantID), q.Number("limit", 1, 1000, 100)
	if q.Err != nil {
		return q.Err
	}
	k, err := s.readCheck(c, "findings")
	if err != nil {
		return err
	}
	all, err := s.results.For(c, k).Found()
	if err != nil {
		return err
	}
	all = sorted(all, want.sort)
	if want.held, _, err = s.standingIn(c, k); err != nil {
		return err
	}
	rows, err := request.PageAfter(all, after, limit, func(d *results.Found) string { return d.ID }, want.takes)
	if err != nil {
		return err
	}
	out := foundPage{Total: count(all, want.takes)}
	out.Page = request.Paged(c, rows, limit, func(d results.Found) string { return d.ID }, func(d results.Found) foundView {
		if bare {
			d = d.Brief()
		}
		return want.held.found(d)
	})
	return c.JSON(http.StatusOK, out)
}

func count[T any](all []T, wanted func(*T) bool) int {
	n := 0
	for i := range all {
		if wanted(&all[i]) {
			n++
		}
	}
	return n
}

// finding shows one finding; its address is its permanent link.
func (s *Server) finding(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := s.readCheck(c, "findings")
	if err != nil {
		return err
	}
	all, err := s.results.For(c, k).Found()
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].ID == c.Param("finding") {
			v, _, err := s.standingIn(c, k)
			if err != nil {
				return err
			}
			return c.JSON(http.StatusOK, v.found(all[i]))
		}
	}
	return problem.NotFound(geo.Textf("没有问题 %q", "there is no finding %q", c.Param("finding")))
}
