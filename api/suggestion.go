package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"

	"github.com/labstack/echo/v4"
)

// suggestionMedia are the media types of a suggestion, by the ending of its file.
var suggestionMedia = map[string]string{".json": "application/json", ".gpkg": "application/geopackage+sqlite3", packageEnding: "application/zip"}

// notesHeader says what a changed package does not have, percent-encoded.
const notesHeader = "X-Landcheck-Notes"

// suggestion gives the smallest change that makes the plan of a check pass.
func (s *Server) suggestion(c echo.Context) error {
	q := request.Parameters(c, "f")
	format := q.Word("f", "json", "gpkg")
	if q.Err != nil {
		return q.Err
	}
	if format == "" {
		format = "json"
	}
	return s.suggest(c, &suggestJob{Ending: "." + format})
}

// suggestedPackage gives the package of a check's plan as it is suggested.
func (s *Server) suggestedPackage(c echo.Context) error {
	q := request.Parameters(c, "add")
	j := &suggestJob{Ending: packageEnding, Add: q.Word("add", "true", "false") == "true"}
	if q.Err != nil {
		return q.Err
	}
	return s.suggest(c, j)
}

// suggest has the file of a job made and sends it. Land that is brought in is
// parcels of base layers: whoever does not see those is not shown it.
func (s *Server) suggest(c echo.Context, j *suggestJob) error {
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	if j.Adds = access.Has(c, s.BaseLayers); j.Add && !j.Adds {
		return access.NeedsRole(s.BaseLayers)
	}
	h := c.Response().Header()
	tag := fmt.Sprintf(`W/"%s-suggestion-%s-%s-%t-%t"`, k.ID, s.Version, j.Ending, j.Add, j.Adds)
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if known(c) {
		return c.NoContent(http.StatusNotModified)
	}
	h.Del("ETag") // of what there is
	if err := s.accessLog.ReadsCheck(c, k, "suggestion"); err != nil {
		return err
	}
	j.Check, j.Version, j.Jobs, j.Limits = k, s.Version, s.Jobs, s.Limits.Plan
	leave, ok := s.writing.Wait(c.Request().Context(), access.Who(c).Key())
	if !ok {
		return c.Request().Context().Err()
	}
	defer leave()
	if j.Dir, err = os.MkdirTemp("", "landcheck-suggestion-*"); err != nil {
		return err
	}
	defer outfile.RemoveAll(j.Dir)
	done, err := s.makeSuggestion(c, j)
	if err != nil {
		return notSuggested(err)
	}
	if done.Nothing {
		return conflict(nil, geo.Text{ZH: "没有可采用的修改", EN: "there is no suggestion to apply"},
			geo.Text{ZH: "原因见 /v1/checks/编号/suggestion 的 why 和 not_shape", EN: "For why see why and not_shape of /v1/checks/ID/suggestion"})
	}
	leave() // sending takes no memory, and as long as the caller likes
	h.Set("ETag", tag)
	return sendSuggestion(c, j, done)
}

// sendSuggestion sends the file of a job.
func sendSuggestion(c echo.Context, j *suggestJob, done suggestDone) error {
	file, err := os.Open(j.path())
	if err != nil {
		return err
	}
	defer file.Close()
	var notes []string
	for _, n := range done.Notes {
		notes = append(notes, n.In(request.Language(c)))
	}
	if len(notes) > 0 {
		c.Response().Header().Set(notesHeader, url.PathEscape(strings.Join(notes, "\n")))
	}
	if j.Ending != ".json" {
		attach(c, "suggestion-"+j.Check.ID[len(j.Check.ID)-12:]+j.Ending)
	}
	return c.Stream(http.StatusOK, suggestionMedia[j.Ending], file)
}

// makeSuggestion gives a job the package and what its check counted, and has it
// done within the time of a check.
func (s *Server) makeSuggestion(c echo.Context, j *suggestJob) (done suggestDone, err error) {
	ctx, cancel := context.WithTimeoutCause(c.Request().Context(), s.Limits.CheckTime, suggestTooLong(s.Limits.CheckTime.String()))
	defer cancel()
	reader := s.results.For(c, j.Check)
	r, err := reader.Report()
	if err != nil {
		return done, err
	}
	if j.Book = r.Rulebook.ID; s.books[j.Book] == nil || s.books[j.Book].Digest != r.Rulebook.Digest {
		return done, conflict(nil, geo.Textf("规则册 %s 已不是核查时的版本", "the rulebook %s is no longer what the check was made by", j.Book),
			geo.Text{ZH: "请重新核查方案", EN: "Check the plan again"})
	}
	l, err := reader.Ledger()
	if err != nil {
		return done, err
	}
	j.Prior = l.Plan.Prior
	near, err := l.Plan.Around()
	if err != nil {
		return done, err
	}
	p, err := s.Store.Plan(ctx, j.Check.Plan)
	if err != nil {
		return done, err
	}
	path, release, err := s.Store.Package(ctx, p.ID)
	if err != nil {
		return done, err
	}
	defer release()
	j.Package, j.Name = path, p.File
	done, err = s.runSuggestion(ctx, j, near)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return done, err
}

// notSuggested says why there is no suggestion: the check is what it is.
func notSuggested(err error) error {
	if store.IsAbsent(err) { // deleted just now
		return problem.NotFound(geo.Text{ZH: "方案已删除", EN: "the plan has been deleted"})
	}
	var wrong *geo.InputError
	if errors.As(err, &wrong) {
		return conflict(err, wrong.Message, wrong.Advice)
	}
	return err
}

func suggestTooLong(limit string) error {
	return &geo.InputError{Message: geo.Textf("修改建议没有在 %s 内得出", "no suggestion was found within %s", limit), Advice: geo.Text{
		ZH: "请按子项目拆分方案，或请管理员放宽 --check-time", EN: "Split the plan by sub-project, or ask the administrator for a longer --check-time"}}
}
