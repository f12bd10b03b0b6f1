package api

import (
	"errors"
	"fmt"
	"net/http"

	"landcheck/api/access"
	"landcheck/api/request"
	"landcheck/rules/diff"

	"github.com/labstack/echo/v4"
)

// diff holds a later check's report against an earlier one's: what is new,
// fixed, unchanged. It never changes.
func (s *Server) diff(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	old, err := access.DoneCheck(c, s.Store, "id")
	if err != nil {
		return err
	}
	late, err := access.DoneCheck(c, s.Store, "other")
	if err != nil {
		return err
	}
	if err := errors.Join(s.accessLog.ReadsCheck(c, old, "diff"), s.accessLog.ReadsCheck(c, late, "diff")); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", fmt.Sprintf(`W/"%s-%s"`, old.ID, late.ID))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if known(c) {
		return c.NoContent(http.StatusNotModified)
	}
	before, err := s.results.For(c, old).Report()
	if err != nil {
		return err
	}
	after, err := s.results.For(c, late).Report()
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, diff.Compare(before, after))
}
