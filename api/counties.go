package api

import (
	"net/http"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

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
	Signs   bool       `json:"passports"`    // whether the service signs passports of reports
	Maps    []Basemap  `json:"basemaps"`     // of the bureau's network, to draw under others
}

func (s *Server) me(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	in := access.Who(c)
	return c.JSON(http.StatusOK, callerView{in.Name, in.Role, in.Prefix, s.Version, s.Limits.Upload, access.Has(c, s.BaseLayers), s.Key != nil, append([]Basemap{}, s.Basemaps...)})
}

// countyView is a county with the rulebook by which its plans are judged.
type countyView struct {
	store.County
	Name     string `json:"name,omitempty"` // in Chinese, after its prefecture's
	Rulebook string `json:"rulebook"`
	Decreed  bool   `json:"rulebook_decreed"` // plans and requests cannot choose another
}

// listCounties lists the counties that have base data and that the caller sees.
func (s *Server) listCounties(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	counties, err := s.Store.Counties(c.Request().Context(), access.Who(c).Prefix)
	if err != nil {
		return err
	}
	page := request.Page[countyView]{Items: []countyView{}}
	for _, county := range counties {
		page.Items = append(page.Items, s.viewCounty(county))
	}
	return c.JSON(http.StatusOK, page)
}

func (s *Server) viewCounty(county store.County) countyView {
	return countyView{county, domain.CountyName(county.Code), s.pinned(county.Code), s.decreed(county.Code) != ""}
}

// county is the one of an address; one that the caller may not see, or that
// has no base data, is not there.
func (s *Server) county(c echo.Context) (string, error) {
	code := c.Param("code")
	absent := problem.NotFound(geo.Textf("没有 %q 的底图", "there is no base data of %q", code))
	if !request.CountyForm().MatchString(code) || !access.Who(c).Sees(code) {
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
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	code, err := s.county(c)
	if err != nil {
		return err
	}
	datasets, err := s.Store.Datasets(c.Request().Context(), code)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, request.Page[store.Dataset]{Items: append([]store.Dataset{}, datasets...)})
}
