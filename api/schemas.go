package api

import (
	"bytes"
	"net/http"
	"strings"

	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/geo"
	"landcheck/rules/report"
	"landcheck/rules/schema"

	"github.com/labstack/echo/v4"
)

// schemaFile is the JSON Schema of a file that people or programs write or read,
// for editors. It is open to all, as the manual is.
func (s *Server) schemaFile(c echo.Context) error {
	if q := request.Parameters(c, "lang"); q.Err != nil {
		return q.Err
	}
	name, _ := strings.CutSuffix(c.Param("file"), ".json")
	of := schema.Of(name, request.Language(c))
	if of == nil || name == c.Param("file") {
		return problem.NotFound(geo.Textf("没有 %[1]q 的 JSON Schema，可用：%[2]s", "there is no JSON Schema %[1]q, only %[2]s", c.Param("file"), strings.Join(schema.Names(), ", ")))
	}
	var text bytes.Buffer
	if err := report.EncodeJSON(&text, of); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	return c.Blob(http.StatusOK, "application/schema+json", text.Bytes())
}
