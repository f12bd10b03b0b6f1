package api

import (
	"errors"
	"fmt"
	"net/http"

	"landcheck/rules/diff"

	"github.com/labstack/echo/v4"
)

// diff holds a later check's report against an earlier one's: what is new,
// fixed, unchanged. It never changes.
func (s *Server) diff(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	old, err := s.done(c, "id")
	if err != nil {
		return err
	}
	late, err := s.done(c, "other")
	if err != nil {
		return err
	}
	if err := errors.Join(s.readsCheck(c, old, "diff"), s.readsCheck(c, late, "diff")); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("ETag", fmt.Sprintf(`W/"%s-%s"`, old.ID, late.ID))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	if known(c) {
		return c.NoContent(http.StatusNotModified)
	}
	before, err := s.result(c, old).Report()
	if err != nil {
		return err
	}
	after, err := s.result(c, late).Report()
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, diff.Compare(before, after))
}
