package api

import (
	"net/http"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"
)

// found is a finding with its rule, as the service shows it. Townships are
// those of its scope and of the faces behind it.
type found struct {
	Number    int          `json:"number"` // worst first
	Rule      string       `json:"rule"`
	Group     string       `json:"group"`
	Level     domain.Level `json:"level"`
	Title     geo.Text     `json:"title"`
	Townships []string     `json:"townships"`
	result.Finding
}

// Found lists a result's findings, worst first.
func (r *checkResult) Found() ([]found, error) {
	return r.found.get(func() ([]found, error) {
		rep, err := r.Report()
		if err != nil {
			return nil, err
		}
		l, err := r.Ledger()
		if err != nil {
			return nil, err
		}
		return foundIn(rep, l), nil
	})
}

// foundIn lists the findings of a report, worst first.
func foundIn(r *result.Report, l *ledger.Ledger) []found {
	out := []found{}
	for _, f := range report.WorstFirst(r) {
		out = append(out, found{Number: f.Number, Rule: f.Rule.ID, Group: f.Rule.Group, Level: f.Rule.Level,
			Title: f.Rule.Title, Townships: townshipsOf(f.Finding, l), Finding: *f.Finding})
	}
	return out
}

// brief is a finding without what makes up most of its bytes.
func (f found) brief() found {
	f.Geometry, f.Features, f.Faces = nil, []result.FeatureRef{}, nil
	return f
}

func townshipsOf(f *result.Finding, l *ledger.Ledger) []string {
	list := []string{}
	seen := map[string]bool{"": true}
	add := func(code string) {
		if !seen[code] {
			seen[code] = true
			list = append(list, code)
		}
	}
	if f.Scope.Kind == "township" || f.Scope.Kind == "village" {
		add(plan.TownshipOf(f.Scope.Code))
	}
	for _, id := range f.Faces {
		if id >= 1 && id <= len(l.Faces) {
			add(l.Faces[id-1].Township)
		}
	}
	return list
}

// filter is what findings are asked for.
type filter struct {
	rule, level, township string
	status                []string // any of them; none: every
	box                   *orb.Bound
}

// filterParams are the parameters that filterOf reads.
var filterParams = []string{"rule", "level", "status", "township", "bbox"}

func filterOf(q *query) filter {
	return filter{
		rule:     q.match("rule", idForm(), geo.Text{ZH: "规则编号", EN: "the id of a rule"}),
		level:    q.word("level", string(domain.Mandatory), string(domain.InPrinciple), string(domain.Advisory)),
		status:   q.words("status", string(domain.Fail), string(domain.NotChecked), string(domain.Warn), string(domain.Justified), string(domain.Pass)),
		township: q.match("township", townshipForm(), geo.Text{ZH: "9 位乡镇代码", EN: "the 9-digit code of a township"}),
		box:      q.bbox("bbox"),
	}
}

func (f filter) takes(d *found) bool {
	if f.rule != "" && f.rule != d.Rule || f.level != "" && f.level != string(d.Level) ||
		len(f.status) > 0 && !slices.Contains(f.status, string(d.Status)) {
		return false
	}
	if f.township != "" && !slices.Contains(d.Townships, f.township) {
		return false
	}
	return f.box == nil || meets(*f.box, d.BBox)
}

// meets tells whether a box and a finding's own meet; a finding without a
// place meets none.
func meets(box orb.Bound, own []float64) bool {
	return len(own) == 4 && box.Min[0] <= own[2] && own[0] <= box.Max[0] && box.Min[1] <= own[3] && own[1] <= box.Max[1]
}

// foundPage is a page of findings. Total counts all that the filter lets pass.
type foundPage struct {
	page[found]
	Total int `json:"total"`
}

// findings lists a check's findings, worst first, page by page. With
// detail=list their outlines, features and faces are left out, which are most
// of the bytes.
func (s *Server) findings(c echo.Context) error {
	q := params(c, append([]string{"after", "limit", "detail"}, filterParams...)...)
	bare := q.word("detail", "list") == "list"
	want, after, limit := filterOf(q), q.match("after", idForm(), wantID), q.number("limit", 1, 1000, 100)
	if q.err != nil {
		return q.err
	}
	k, err := s.done(c, "id")
	if err != nil {
		return err
	}
	if err := s.readsCheck(c, k, "findings"); err != nil {
		return err
	}
	all, err := s.result(c, k).Found()
	if err != nil {
		return err
	}
	rows, err := pageAfter(all, after, limit, func(d *found) string { return d.ID }, want.takes)
	if err != nil {
		return err
	}
	out := foundPage{Total: count(all, want.takes)}
	out.page = paged(c, rows, limit, func(d found) string { return d.ID }, func(d found) found {
		if bare {
			return d.brief()
		}
		return d
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

// pageAfter is the rows after one by id that are wanted, one more than the
// limit where there are more.
func pageAfter[T any](all []T, after string, limit int, id func(*T) string, wanted func(*T) bool) ([]T, error) {
	from := 0
	if after != "" {
		from = -1
		for i := range all {
			if id(&all[i]) == after {
				from = i + 1
				break
			}
		}
		if from < 0 {
			return nil, noSuchRow(after)
		}
	}
	var rows []T
	for i := from; i < len(all) && len(rows) <= limit; i++ {
		if wanted(&all[i]) {
			rows = append(rows, all[i])
		}
	}
	return rows, nil
}

// finding shows one finding; its address is its permanent link.
func (s *Server) finding(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	k, err := s.done(c, "id")
	if err != nil {
		return err
	}
	if err := s.readsCheck(c, k, "findings"); err != nil {
		return err
	}
	all, err := s.result(c, k).Found()
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].ID == c.Param("finding") {
			return c.JSON(http.StatusOK, all[i])
		}
	}
	return notFound(geo.Textf("没有问题 %q", "there is no finding %q", c.Param("finding")))
}
