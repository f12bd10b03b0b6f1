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

	"landcheck/api/store"
	"landcheck/geo"
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
	Map       mapView           `json:"map"`
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
	Items []found `json:"items"`
	Total int     `json:"total"`
}

// mapView is where a plan lies and the zone to draw it in.
type mapView struct {
	EPSG int       `json:"epsg"` // a Gauss-Krüger zone of CGCS2000
	Proj string    `json:"proj"` // the same for PROJ, easting first
	BBox []float64 `json:"bbox"` // degrees: west, south, east, north
}

// tolerance is what a rulebook takes for noise.
type tolerance struct {
	Area        float64 `json:"area_m2"` // a margin no larger could flip
	Grade       float64 `json:"grade"`
	SliverArea  float64 `json:"sliver_area_m2"` // smaller pieces are no findings
	SliverWidth float64 `json:"sliver_width_m"` // nor are narrower ones
}

// newOverview sums up what came of a check.
func newOverview(r *result.Report, l *ledger.Ledger, p rulebook.Parameters) (*overview, error) {
	where, err := mapOf(l)
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(foundIn(r, l), func(f found) bool { return f.Status == domain.Pass })
	first := firstPage{Total: len(all), Items: []found{}}
	for _, f := range all[:min(len(all), firstFindings)] {
		first.Items = append(first.Items, f.brief())
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

// overview shows a check's overview; it never changes.
func (s *Server) overview(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	k, err := s.done(c, "id")
	if err != nil {
		return err
	}
	if err := s.readsCheck(c, k, "overview"); err != nil {
		return err
	}
	tag := fmt.Sprintf(`"%s-overview-%t"`, k.ID, s.seesBaseLayers(c))
	h := c.Response().Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if unchanged(c, tag) {
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
	return c.JSON(http.StatusOK, overviewAnswer{*o, viewCheck(k), s.viewPlan(p), s.seesBaseLayers(c)})
}

// readOverview reads what the run left; a run of an older program left none, or
// one with another headline.
func (s *Server) readOverview(c echo.Context, k store.Check) (*overview, error) {
	file, err := s.Store.Artifact(c.Request().Context(), k.ID, overviewFile)
	if isAbsent(err) {
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
// rulebook takes for noise today.
func (s *Server) makeOverview(c echo.Context, k store.Check) (*overview, error) {
	result := s.result(c, k)
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

// mapOf is where a plan lies. One in a system of its own is drawn in the
// standard 3° zone of its middle.
func mapOf(l *ledger.Ledger) (mapView, error) {
	box, err := l.Plan.Around()
	if err != nil {
		return mapView{}, err
	}
	zone := l.CRS
	if zone.EPSG() == 0 {
		number := int(box.Center()[0]/3 + 0.5)
		if zone, err = geo.FromEPSG(4513 + number - 25); err != nil {
			return mapView{}, err
		}
	}
	return mapView{zone.EPSG(), zone.Proj(), []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}}, nil
}
