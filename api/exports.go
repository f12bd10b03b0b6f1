package api

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/outfile"
	"landcheck/rules/deliver"
	"landcheck/rules/plan"

	"github.com/labstack/echo/v4"
)

var (
	dayForm   = request.Pattern(`^\d{4}-\d{2}-\d{2}$`)
	areaForm  = request.Pattern(`^\d{1,11}(\.\d{1,4})?$`)
	mostNamed = 60 // characters of a producer's name
)

// export gives a deliverable of a check as a zip. It is made anew each time, by the
// program as it is now.
func (s *Server) export(c echo.Context) error {
	r, err := s.exportRequest(c)
	if err != nil {
		return err
	}
	kind, err := deliver.ByName(c.Param("kind"))
	if err != nil {
		return problem.NotFound(geo.Textf("没有交付成果 %q", "there is no deliverable %q", c.Param("kind")))
	}
	r.Kind = kind.Kind
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	if kind.Kind == deliver.PBFUpdate && !access.Has(c, s.BaseLayers) {
		return access.NeedsRole(s.BaseLayers) // it is a base layer, but for what changes
	}
	if err := s.accessLog.ReadsCheck(c, k, "export"); err != nil {
		return err
	}
	return s.sendExport(c, k, r)
}

// exportRequest reads what is asked for.
func (s *Server) exportRequest(c echo.Context) (r deliver.Request, err error) {
	q := request.Parameters(c, "draft", "dated", "producer", "own_needs_m2")
	day := geo.Text{ZH: "请写成 2026-11-30 的样子", EN: "Write a day as 2026-11-30"}
	r.Draft = q.Word("draft", "true", "false") == "true"
	r.Dated = q.Match("dated", dayForm(), day)
	if _, err := time.Parse(time.DateOnly, r.Dated); err != nil && r.Dated != "" {
		q.Fail("dated", geo.Textf("没有 %q 这一天", "there is no day %q", r.Dated), day)
	}
	r.Producer = q.Text("producer")
	if len([]rune(r.Producer)) > mostNamed || strings.ContainsFunc(r.Producer, unicode.IsControl) {
		q.Fail("producer", geo.Textf("数据产生单位应为不超过 %d 个字的一行文字", "the producer is one line of at most %d characters", mostNamed), geo.Text{})
	}
	if v := q.Match("own_needs_m2", areaForm(), geo.Text{ZH: "请填写平方米数", EN: "Write a number of square metres"}); v != "" {
		r.OwnNeeds.Value, err = strconv.ParseFloat(v, 64)
		r.OwnNeeds.Known = err == nil
	}
	return r, q.Err
}

// sendExport makes a deliverable on disk, and sends it.
func (s *Server) sendExport(c echo.Context, k store.Check, r deliver.Request) (err error) {
	ctx := c.Request().Context()
	leave, ok := s.writing.Wait(ctx, access.Who(c).Key())
	if !ok {
		return ctx.Err()
	}
	defer leave()
	reader := s.results.For(c, k)
	if r.Report, err = reader.Report(); err != nil {
		return err
	}
	if r.Ledger, err = reader.Ledger(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "landcheck-export-*")
	if err != nil {
		return err
	}
	defer outfile.RemoveAll(dir)
	path := filepath.Join(dir, "export.zip")
	made, err := s.makeExport(c, k, r)
	if err == nil {
		_, err = made.Write(ctx, path, request.Language(c))
	}
	if err != nil {
		return notExported(err)
	}
	leave() // sending takes no memory, and as long as the caller likes
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	c.Response().Header().Set(echo.HeaderContentType, "application/zip")
	c.Response().Header().Set("Cache-Control", "private, no-store")
	attach(c, string(r.Kind)+"-"+k.ID[len(k.ID)-12:]+".zip")
	_, err = io.Copy(c.Response(), file)
	return err
}

// makeExport makes a deliverable, with the base data of the check where that is
// needed.
func (s *Server) makeExport(c echo.Context, k store.Check, r deliver.Request) (made *deliver.Deliverable, err error) {
	ctx := c.Request().Context()
	if r.Kind == deliver.PBFUpdate {
		var base *plan.Base
		var back func(error)
		if base, _, back, err = s.bases.OpenFor(c, k.County, k.BaseVersion); err != nil {
			return nil, err
		}
		defer func() { back(err) }()
		r.Base = base
	}
	return deliver.Make(ctx, r)
}

// notExported says why there is no deliverable: the check is what it is.
func notExported(err error) error {
	var refused *deliver.Refusal
	var nothing *deliver.Nothing
	var wrong *geo.InputError
	switch {
	case errors.As(err, &refused):
		return conflict(err, refused.Text(), geo.Text{ZH: "修改方案后重新核查；只作讨论用的，加 draft=true，文件和记录都注明“草案”", EN: "Change the plan and check it again; for discussion only add draft=true: files and records then say 草案 (draft)"})
	case errors.As(err, &nothing):
		figures := geo.Text{}
		for _, f := range nothing.Figures {
			figures.ZH += f.In("zh") + "；"
			figures.EN += f.In("en") + "; "
		}
		return conflict(err, nothing.Text(), geo.Text{ZH: strings.TrimSuffix(figures.ZH, "；"), EN: strings.TrimSuffix(figures.EN, "; ")})
	case errors.As(err, &wrong):
		return conflict(err, wrong.Message, wrong.Advice)
	}
	return err
}

func conflict(cause error, detail, advice geo.Text) error {
	return &problem.Error{Status: http.StatusConflict, Kind: "conflict", Cause: cause, Detail: detail, Advice: advice}
}
