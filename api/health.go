package api

import (
	"context"
	"net/http"
	"time"

	"landcheck/api/request"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// liveness is whether the process lives.
type liveness struct {
	Status  string `json:"status"` // ok
	Version string `json:"version"`
}

// readiness is whether it can serve, part by part.
type readiness struct {
	Status  string `json:"status"` // ok, unavailable
	Version string `json:"version"`
	Store   string `json:"store"`  // ok, unreachable, draining
	Schema  string `json:"schema"` // ok, mismatch, unknown
	Queue   string `json:"queue"`  // ok, unknown
	Queued  int    `json:"queued,omitempty"`
	Running int    `json:"running,omitempty"`
}

// health answers as long as the process does.
func (s *Server) health(c echo.Context) error {
	return c.JSON(http.StatusOK, liveness{Status: "ok", Version: s.Version})
}

// ready asks the store: the database, its schema version and the queue. What
// exactly is wrong goes to the log; outside nobody learns of the database.
func (s *Server) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 5*time.Second)
	defer cancel()
	v, err := s.readiness(ctx)
	if err != nil {
		s.Log.Warn("not ready", "request", request.ID(c), "error", err)
	}
	status := http.StatusOK
	if v.Status != "ok" {
		status = http.StatusServiceUnavailable
	}
	return c.JSON(status, v)
}

func (s *Server) readiness(ctx context.Context) (readiness, error) {
	v := readiness{Status: "unavailable", Version: s.Version, Store: "ok", Schema: "ok", Queue: "unknown"}
	select {
	case <-s.closing:
		v.Store, v.Schema = "draining", "unknown"
		return v, nil
	default:
	}
	err := s.Store.Ready(ctx)
	switch f, inputErr := geo.AsInputError(err); {
	case inputErr && f.Err == nil: // the schema's version, and what to run; others have a cause
		v.Schema = "mismatch"
		return v, err
	case err != nil:
		v.Store, v.Schema = "unreachable", "unknown"
		return v, err
	}
	counts, err := s.Store.Queue(ctx)
	if err != nil {
		return v, err
	}
	for _, n := range counts {
		v.Queued += n.Queued
		v.Running += n.Running
	}
	v.Status, v.Queue = "ok", "ok"
	return v, nil
}
