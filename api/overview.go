package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"landcheck/api/access"
	"landcheck/api/request"
	"landcheck/api/results"
	"landcheck/api/store"
	"landcheck/rules/check"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/report"
	"landcheck/rules/result"
	"landcheck/rules/rulebook"

	"github.com/labstack/echo/v4"
)

// overviewFile is what the run of a check leaves of its overview: reading a
// report of ten thousand findings takes seconds, this takes none.
const overviewFile = "overview.json"

// firstFindings is how many findings an overview holds.
const firstFindings = 100

// overview is a report as a page shows it first: with words, and of the
// findings only those at the top.
type overview struct {
	*report.Overview
	Townships map[string]string `json:"townships"` // code → name
	Map       results.MapView   `json:"map"`
	Tolerance tolerance         `json:"tolerance"`
	First     firstPage         `json:"first"`
}

// overviewAnswer is an overview with what it is of.
type overviewAnswer struct {
	overview
	Check   checkView `json:"check"`
	Package planView  `json:"package"`
	Base    bool      `json:"base_layers"` // whether the caller sees them
}

// firstPage is the worst findings in brief, and how many somebody has to look
// at: all but those that pass.
type firstPage struct {
	Items []results.Found `json:"items"`
	Total int             `json:"total"`
}

// tolerance is what a rulebook takes for a sliver.
type tolerance struct {
	Area        float64 `json:"area_m2"` // a margin no larger could flip
	Grade       float64 `json:"grade"`
	SliverArea  float64 `json:"sliver_area_m2"` // smaller pieces are no findings
	SliverWidth float64 `json:"sliver_width_m"` // nor are narrower ones
}

// newOverview sums up what came of a check.
func newOverview(r *result.Report, l *ledger.Ledger, p rulebook.Parameters) (*overview, error) {
	where, err := results.MapOf(l)
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(results.FoundIn(r, l), func(f results.Found) bool { return f.Status == domain.Pass })
	first := firstPage{Total: len(all), Items: []results.Found{}}
	for _, f := range all[:min(len(all), firstFindings)] {
		first.Items = append(first.Items, f.Brief())
	}
	return &overview{report.NewOverview(r), l.Townships, where, tolerance{p.Tolerance, p.GradeTolerance, p.SliverArea, p.SliverWidth}, first}, nil
}

// leave writes an overview into the directory of a run.
func (o *overview) leave(dir string) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, overviewFile), data, 0o600)
}

// overview shows a check's overview; it changes when the check is decided, and not
// else.
func (s *Server) overview(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := s.readCheck(c, "overview")
	if err != nil {
		return err
	}
	tag := fmt.Sprintf(`"%s-overview-%t%s"`, k.ID, access.Has(c, s.BaseLayers), k.Decision)
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if request.Unchanged(c, tag) {
		return c.NoContent(http.StatusNotModified)
	}
	p, err := s.Store.Plan(c.Request().Context(), k.Plan)
	if err != nil {
		return err
	}
	o, err := s.readOverview(c, k)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, overviewAnswer{*o, viewCheck(k), s.viewPlan(p), access.Has(c, s.BaseLayers)})
}

// readOverview reads what the run left; a run of an older program left none, or
// one with another headline.
func (s *Server) readOverview(c echo.Context, k store.Check) (*overview, error) {
	file, err := s.Store.Artifact(c.Request().Context(), k.ID, overviewFile)
	if store.IsAbsent(err) {
		return s.makeOverview(c, k)
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	o := &overview{}
	if err := json.Unmarshal(data, o); err != nil {
		return nil, err
	}
	if o.Overview == nil || o.Tone == "" { // of a program whose headlines left reservations out
		return s.makeOverview(c, k)
	}
	return o, nil
}

// makeOverview makes an overview out of the whole result, with what its
// rulebook takes for a sliver today.
func (s *Server) makeOverview(c echo.Context, k store.Check) (*overview, error) {
	result := s.results.For(c, k)
	r, err := result.Report()
	if err != nil {
		return nil, err
	}
	l, err := result.Ledger()
	if err != nil {
		return nil, err
	}
	book := s.books[r.Rulebook.ID]
	if book == nil {
		book = s.books[check.DefaultBook]
	}
	return newOverview(r, l, book.Parameters)
}
