package api

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/rules/check"
	"landcheck/rules/report"
	"landcheck/rules/result"

	"github.com/labstack/echo/v4"
)

// report gives a check's report in the format of ?f=, else of Accept, else as
// JSON. A report never changes.
func (s *Server) report(c echo.Context) error {
	q := request.Parameters(c, "f")
	name := q.Word("f", report.Names(false)...)
	if q.Err != nil {
		return q.Err
	}
	if name == "" {
		if name = accepted(c.Request().Header.Get("Accept")); name == "" {
			return &problem.Error{Status: http.StatusNotAcceptable, Kind: "not-acceptable",
				Detail: geo.Textf("没有 %q 这种格式的报告", "there is no report of type %q", c.Request().Header.Get("Accept")),
				Advice: geo.Textf("请用 ?f= 选择：%s", "Choose one with ?f=: %s", strings.Join(report.Names(false), ", "))}
		}
	}
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	format, err := report.ByName(name)
	if err != nil {
		return err
	}
	lang := request.Language(c)
	h := c.Response().Header()
	h.Set("ETag", fmt.Sprintf(`W/"%s-%s-%s"`, k.ID, name, lang)) // weak: it may be compressed
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if known(c) {
		return c.NoContent(http.StatusNotModified)
	}
	if err := s.accessLog.ReadsCheck(c, k, "report"); err != nil {
		return err
	}
	h.Set(echo.HeaderContentType, withCharset(format.Media))
	h.Set("Content-Language", lang)
	if c.QueryParams().Has("f") && name != "html" && name != "json" {
		attach(c, "landcheck-"+k.ID[len(k.ID)-12:]+format.Endings[0])
	}
	if name == "json" {
		return s.sendArtifact(c, k, check.ReportFile)
	}
	return s.sendFormat(c, k, format, lang, nil)
}

// known tells whether the caller has an answer of this ETag already.
func known(c echo.Context) bool {
	tag := c.Response().Header().Get("ETag")
	for have := range strings.SplitSeq(c.Request().Header.Get("If-None-Match"), ",") {
		have = strings.TrimSpace(have)
		if have == "*" || strings.TrimPrefix(have, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func withCharset(media string) string {
	if strings.HasPrefix(media, "text/") || media == "application/xml" {
		return media + "; charset=utf-8"
	}
	return media
}

func (s *Server) sendArtifact(c echo.Context, k store.Check, name string) error {
	a, err := s.Store.Artifact(c.Request().Context(), k.ID, name)
	if err != nil {
		return err
	}
	defer a.Close()
	_, err = io.Copy(c.Response(), a)
	return err
}

// sendFormat writes a format to disk first: what fails is a problem then, not
// half a file. A decision is in it where there is one.
func (s *Server) sendFormat(c echo.Context, k store.Check, f report.Format, lang string, decided *result.Decision) error {
	queue := s.writing
	if f.Printed {
		queue = s.printing
	}
	leave, ok := queue.Wait(c.Request().Context(), access.Who(c).Key())
	if !ok {
		return c.Request().Context().Err()
	}
	defer leave()
	dir, err := os.MkdirTemp("", "landcheck-report-*")
	if err != nil {
		return err
	}
	defer outfile.RemoveAll(dir)
	path := filepath.Join(dir, "report"+f.Endings[0])
	in, err := s.input(c, k, f, lang)
	if err != nil {
		return err
	}
	if decided != nil {
		in.Decision, in.Dated = decided, decided.Date
	}
	if err := report.WriteFile(c.Request().Context(), path, in); err != nil {
		return err
	}
	leave() // sending takes no memory, and as long as the caller likes
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(c.Response(), file)
	return err
}

// writeAtOnce is how many reports are written at one time, half of them for one
// caller: each takes memory of its own, some times what its result takes.
const writeAtOnce = 2

// printAtOnce is how many browsers print at one time: each takes some hundred
// megabytes, for seconds.
const printAtOnce = 1

func (s *Server) input(c echo.Context, k store.Check, f report.Format, lang string) (in report.Input, err error) {
	r := s.results.For(c, k)
	in.Lang = lang
	if in.Report, err = r.Report(); err != nil {
		return in, err
	}
	if in.Ledger, err = r.Ledger(); err != nil {
		return in, err
	}
	if in.Digest, err = s.digestOf(c, k); err != nil {
		return in, err
	}
	in.Browser = s.Browser
	if f.Drawing {
		in.Drawing, err = r.Drawing()
	}
	return in, err
}

// accepted is the format that an Accept header likes best, "" where none will
// do.
func accepted(header string) string {
	if strings.TrimSpace(header) == "" {
		return "json"
	}
	best, weight := "", 0.0
	for _, f := range report.Formats() {
		if w := weigh(header, f.Media); w > weight {
			best, weight = f.Name, w
		}
	}
	return best
}

// weigh is how much a header wants a media type: its most specific range says.
func weigh(header, media string) float64 {
	kind, _, _ := strings.Cut(media, "/")
	ranges := []string{"*/*", kind + "/*", media}
	found, weight := -1, 0.0
	for part := range strings.SplitSeq(header, ",") {
		name, options, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if v, err := strconv.ParseFloat(options["q"], 64); err == nil {
			q = v
		}
		if i := slices.Index(ranges, name); i > found {
			found, weight = i, q
		}
	}
	return weight
}

// attach makes a browser keep a file under a name, whatever letters it has.
func attach(c echo.Context, name string) {
	c.Response().Header().Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}
