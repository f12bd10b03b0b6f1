package api

import (
	"strings"

	"github.com/labstack/echo/v4"
)

// origin is where the service is, as configured, else as the caller wrote it.
// What a proxy adds is heard from one of ours only.
func (s *Server) origin(c echo.Context) string {
	if s.PublicURL != "" {
		return strings.TrimSuffix(s.PublicURL, "/")
	}
	r := c.Request()
	scheme := "http"
	if r.TLS != nil || r.Header.Get(echo.HeaderXForwardedProto) == "https" && s.fromProxy(r) {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
