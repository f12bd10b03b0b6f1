package api

import (
	"slices"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// projectAt finds the project of an address: those of its plans that the caller sees
// say which county it is of. Codes are unique within a county only: where the caller
// sees several of one, the request has to name the county.
func (s *Server) projectAt(c echo.Context, q *request.Query) (county, project string, err error) {
	county = q.Match("county", request.CountyForm(), request.WantCounty)
	if q.Err != nil {
		return "", "", q.Err
	}
	project = request.InPath(c, "project")
	if project == "" || !printed(project) {
		return "", "", noProject(project)
	}
	plans, err := s.Store.ListPlans(c.Request().Context(), store.Query{Prefix: access.Who(c).Prefix, County: county, Project: project})
	if err != nil {
		return "", "", err
	}
	var counties []string
	for _, p := range plans {
		if !slices.Contains(counties, p.County) {
			counties = append(counties, p.County)
		}
	}
	switch len(counties) {
	case 0:
		return "", "", noProject(project)
	case 1:
		return counties[0], project, nil
	}
	slices.Sort(counties)
	return "", "", conflicts("county", geo.Textf("几个旗县都有项目 %[1]q：%[2]s", "there is a project %[1]q in several counties: %[2]s", project, strings.Join(counties, ", ")),
		geo.Text{ZH: "请加参数 ?county=，写明是哪个旗县", EN: "Add the parameter ?county= to say which"})
}

func noProject(name string) error {
	return problem.NotFound(geo.Textf("没有项目 %q", "there is no project %q", name))
}
