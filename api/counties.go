package api

import (
	"net/http"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// callerView tells callers who they are to the service, and what it may take.
type callerView struct {
	Name    string     `json:"name"`
	Role    store.Role `json:"role"`
	Prefix  string     `json:"prefix"`
	Version string     `json:"version"`
	Upload  int64      `json:"upload_bytes"` // largest package
	Base    bool       `json:"base_layers"`  // whether they see base layers themselves
}

func (s *Server) me(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	in := who(c)
	return c.JSON(http.StatusOK, callerView{in.name, in.role, in.prefix, s.Version, s.Limits.Upload, s.seesBaseLayers(c)})
}

// listCounties lists the counties that have base data and that the caller sees.
func (s *Server) listCounties(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	counties, err := s.Store.Counties(c.Request().Context(), who(c).prefix)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, page[store.County]{Items: append([]store.County{}, counties...)})
}

// county is the one of an address; one that the caller may not see, or that
// has no base data, is not there.
func (s *Server) county(c echo.Context) (string, error) {
	code := c.Param("code")
	absent := notFound(geo.Textf("没有 %q 的底图", "there is no base data of %q", code))
	if !countyForm().MatchString(code) || !who(c).sees(code) {
		return "", absent
	}
	counties, err := s.Store.Counties(c.Request().Context(), code)
	if err != nil {
		return "", err
	}
	if len(counties) == 0 {
		return "", absent
	}
	return code, nil
}

func (s *Server) listDatasets(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	code, err := s.county(c)
	if err != nil {
		return err
	}
	datasets, err := s.Store.Datasets(c.Request().Context(), code)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, page[store.Dataset]{Items: append([]store.Dataset{}, datasets...)})
}
