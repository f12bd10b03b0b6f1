package api

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// healthView is whether the process lives, or can serve.
type healthView struct {
	Status  string `json:"status"` // ok, unavailable
	Version string `json:"version"`
	Detail  string `json:"detail,omitempty"`
}

// health answers as long as the process does.
func (s *Server) health(c echo.Context) error {
	return c.JSON(http.StatusOK, healthView{Status: "ok", Version: s.Version})
}

// ready asks the store: the database, its schema version and the queue. What
// is wrong goes to the log; outside nobody learns of the database.
func (s *Server) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 5*time.Second)
	defer cancel()
	err := s.Store.Ready(ctx)
	if err == nil {
		_, err = s.Store.Queue(ctx)
	}
	select {
	case <-s.closing:
		return c.JSON(http.StatusServiceUnavailable, healthView{Status: "unavailable", Version: s.Version, Detail: "draining"})
	default:
	}
	if err != nil {
		s.Log.Warn("not ready", "error", err)
		return c.JSON(http.StatusServiceUnavailable, healthView{Status: "unavailable", Version: s.Version, Detail: "store"})
	}
	return c.JSON(http.StatusOK, healthView{Status: "ok", Version: s.Version})
}
