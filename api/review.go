package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/labstack/echo/v4"
)

// reviewView is what is held of a finding, in a list without its history.
type reviewView struct {
	store.Review
	State store.FindingState `json:"state"` // by what the newest check finds, too
	// Seen is the newest check of the project, and what it finds: nothing, of one that
	// is fixed.
	Seen *seenNow `json:"seen,omitempty"`
	// Outgrown tells that what was held of it was held of another area.
	Outgrown bool `json:"outgrown,omitempty"`
}

// seenNow is what the newest check finds of a finding.
type seenNow struct {
	Check  string        `json:"check"`
	Status domain.Status `json:"status"`
	Area   float64       `json:"area_m2"`
}

// view shows a review.
func (v standing) view(r store.Review, id string) reviewView {
	out := reviewView{Review: r, State: v.state(r, id)}
	if f, there := v.now[id]; there {
		out.Seen = &seenNow{v.newest, f.Status, f.Area}
		out.Outgrown = r.State != store.OpenFinding && out.State == r.State && outgrew(r.Area, f.Area)
	}
	return out
}

// listReviews lists the findings of a project of which there is something to say:
// somebody did, or it was fixed, or came back.
func (s *Server) listReviews(c echo.Context) error {
	q := request.Parameters(c, "county", "state", "after", "limit")
	states := q.Words("state", findingStates()...)
	after, limit := q.Match("after", request.IDForm(), request.WantID), q.Number("limit", 1, 1000, 100)
	county, project, err := s.projectAt(c, q)
	if err != nil {
		return err
	}
	if err := s.accessLog.Reads(c, "findings", project, county, ""); err != nil {
		return err
	}
	v, err := s.standingOf(c, county, project)
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for id := range v.reviews {
		ids[id] = true
	}
	for id := range v.gone {
		ids[id] = true
	}
	var all []reviewView
	for id := range ids {
		r, said := v.reviews[id]
		if !said {
			r = store.NewReview(store.Subject{County: county, Project: project, Finding: id})
		}
		all = append(all, v.view(r, id))
	}
	slices.SortFunc(all, func(a, b reviewView) int { return strings.Compare(a.Finding, b.Finding) })
	of := func(r *reviewView) string { return r.Finding }
	rows, err := request.PageAfter(all, after, limit, of, func(r *reviewView) bool {
		return len(states) == 0 || slices.Contains(states, string(r.State))
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, request.Paged(c, rows, limit, func(r reviewView) string { return r.Finding }, func(r reviewView) reviewView { return r }))
}

func findingStates() []string {
	return []string{string(store.OpenFinding), string(store.AcceptedFinding), string(store.FalseAlarm), string(store.FixedFinding), string(store.ReopenedFinding)}
}

// subjectAt finds the finding of an address, which some check of its project must have
// found, with what is held of the project.
func (s *Server) subjectAt(c echo.Context, q *request.Query) (of store.Subject, v standing, err error) {
	county, project, err := s.projectAt(c, q)
	if err != nil {
		return of, v, err
	}
	of = store.Subject{County: county, Project: project, Finding: c.Param("finding")}
	if v.sighted, err = s.sightedIn(c, county, project); err != nil {
		return of, v, err
	}
	if !v.knows(of.Finding) && !s.partly(c, of) {
		err = problem.NotFound(geo.Textf("项目 %[1]q 没有问题 %[2]q", "the project %[1]q has no finding %[2]q", project, of.Finding))
	}
	return of, v, err
}

// partly tells whether a check of some sub-projects alone found it.
func (s *Server) partly(c echo.Context, of store.Subject) bool {
	checks, err := s.Store.ListChecks(c.Request().Context(), store.Query{Prefix: access.Who(c).Prefix, County: of.County, Project: of.Project, State: store.Done, Limit: mostSighted})
	for _, k := range checks {
		if len(k.SubProjects) == 0 {
			continue
		}
		all, failed := s.sightings(c, k)
		if err == nil && failed == nil && slices.ContainsFunc(all, func(f sighting) bool { return f.ID == of.Finding }) {
			return true
		}
	}
	return false
}

// showReview shows what is held of a finding, with its history.
func (s *Server) showReview(c echo.Context) error {
	of, v, err := s.subjectAt(c, request.Parameters(c, "county"))
	if err != nil {
		return err
	}
	if err := s.accessLog.Reads(c, "findings", of.Project, of.County, ""); err != nil {
		return err
	}
	r, err := s.Store.Review(c.Request().Context(), of)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, v.whole(r))
}

// wholeReview is a review with its history, which may be empty.
type wholeReview struct {
	reviewView
	History []store.Remark `json:"history"`
}

func (v standing) whole(r store.Review) wholeReview {
	out := wholeReview{v.view(r, r.Finding), r.History}
	out.Review.History = nil
	if out.History == nil {
		out.History = []store.Remark{}
	}
	return out
}

// mostRemarks is how long a finding's history may be.
const mostRemarks = 500

// roomForRemark refuses a history without end.
func (s *Server) roomForRemark(ctx context.Context, of store.Subject) (store.Review, error) {
	r, err := s.Store.Review(ctx, of)
	if err == nil && len(r.History) >= mostRemarks {
		err = &problem.Error{Status: http.StatusConflict, Kind: "conflict", Detail: geo.Textf("这个问题的记录已有 %d 条", "the finding has %d remarks already", mostRemarks),
			Advice: geo.Text{ZH: "请线下处理，并在审查意见中写明", EN: "Settle it elsewhere, and say so in the opinion"}}
	}
	return r, err
}
