package api

import (
	"fmt"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/mapsheet"

	"github.com/labstack/echo/v4"
)

// mapSheet gives a map sheet of a check as SVG, on the base data of the check. It
// shows base layers, so it is for those who see them.
func (s *Server) mapSheet(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	kind := mapsheet.Kind(c.Param("sheet"))
	if kind.Title().IsZero() {
		return problem.NotFound(geo.Textf("没有图件 %q", "there is no map sheet %q", string(kind)))
	}
	lang := request.Language(c)
	h := c.Response().Header()
	h.Set("ETag", fmt.Sprintf(`W/"%s-map-%s-%s"`, k.ID, kind, lang))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if known(c) {
		return c.NoContent(http.StatusNotModified)
	}
	if err := s.accessLog.ReadsCheck(c, k, "map"); err != nil {
		return err
	}
	svg, err := s.drawSheet(c, k, kind, lang)
	if err != nil {
		for _, cached := range []string{"ETag", "Cache-Control"} {
			h.Del(cached)
		}
		return err
	}
	h.Set("Content-Language", lang)
	attach(c, fmt.Sprintf("landcheck-%s-%s.svg", k.ID[len(k.ID)-12:], kind))
	return c.Blob(http.StatusOK, "image/svg+xml", svg)
}

// drawSheet reads the land and draws; a sheet for which there is none is not there.
func (s *Server) drawSheet(c echo.Context, k store.Check, kind mapsheet.Kind, lang string) ([]byte, error) {
	ctx := c.Request().Context()
	leave, ok := s.writing.Wait(ctx, access.Who(c).Key())
	if !ok {
		return nil, ctx.Err()
	}
	defer leave()
	r := s.results.For(c, k)
	in := mapsheet.Input{Lang: lang}
	var err error
	if in.Report, err = r.Report(); err != nil {
		return nil, err
	}
	if in.Ledger, err = r.Ledger(); err != nil {
		return nil, err
	}
	near, err := in.Ledger.Plan.Around()
	if err != nil {
		return nil, err
	}
	base, _, err := s.Store.Base(ctx, k.County, k.BaseVersion, near, k.Neighbours)
	if err != nil {
		return nil, err
	}
	defer base.Close()
	if in.Land, err = mapsheet.Read(ctx, base, in.Ledger); err != nil {
		return nil, err
	}
	if why := kind.Missing(in); !why.IsZero() {
		return nil, problem.NotFound(geo.Textf("没有%s：%s", "no sheet %s: %s", kind.Title(), why))
	}
	return mapsheet.Draw(kind, in)
}
