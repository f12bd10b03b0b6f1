package api

import (
	"net/http"

	"landcheck/api/request"

	"github.com/labstack/echo/v4"
)

// openapi gives the service's description of itself.
func (s *Server) openapi(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	return c.JSONBlob(http.StatusOK, s.document)
}

// Route is a method of an address that the service has.
type Route struct{ Method, Path string }

// Routes lists what the service answers, here or at the address of its metrics,
// but for its page and what it answers with 404.
func (s *Server) Routes() []Route {
	var out []Route
	for _, r := range append(s.echo.Routes(), s.meter(nil).Routes()...) {
		if r.Method != echo.RouteNotFound && r.Path != "/" && r.Path != assets {
			out = append(out, Route{r.Method, r.Path})
		}
	}
	return out
}
