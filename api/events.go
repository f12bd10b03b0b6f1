package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"landcheck/api/access"
	"landcheck/api/request"
	"landcheck/api/store"

	"github.com/labstack/echo/v4"
)

// heartbeat keeps an event stream alive through proxies that close silent ones.
const heartbeat = 15 * time.Second

// events streams a check until it has ended: Server-Sent Events named "check",
// each the check as GET /checks/{id} shows it. An event's id says how far the
// check is; a reader that comes back after the last event is told to stay away.
func (s *Server) events(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	k, err := s.watched(c)
	if err != nil {
		return err
	}
	control := http.NewResponseController(c.Response().Writer)
	_ = control.SetReadDeadline(time.Time{}) // it is open for as long as the check takes
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	if k.State.Ended() && c.Request().Header.Get("Last-Event-ID") == eventID(k) {
		return c.NoContent(http.StatusNoContent)
	}
	changes, err := s.Store.Watch(c.Request().Context(), k.ID)
	if err != nil {
		return err
	}
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	c.Response().Flush()
	s.stream(c, changes)
	return nil
}

// watched finds the check of a stream, in the time that a request has.
func (s *Server) watched(c echo.Context) (store.Check, error) {
	r := c.Request()
	defer c.SetRequest(r)
	ctx, cancel := context.WithTimeout(r.Context(), s.Limits.Timeout)
	defer cancel()
	c.SetRequest(r.WithContext(ctx))
	return access.CheckAt(c, s.Store, "id")
}

// stream writes events until there are no more or the reader has gone.
func (s *Server) stream(c echo.Context, changes <-chan store.Check) {
	control := http.NewResponseController(c.Response().Writer)
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		var message string
		select {
		case k, ok := <-changes:
			if !ok {
				return
			}
			var err error
			if message, err = event(k); err != nil {
				s.Log.Error("event not written", "request", request.ID(c), "check", k.ID, "error", err)
				return
			}
		case <-tick.C:
			message = ": \n\n"
		case <-s.closing:
			return // the reader comes back, to another server if need be
		}
		_ = control.SetWriteDeadline(time.Now().Add(2 * heartbeat)) // a recorder in tests has none
		if _, err := c.Response().Write([]byte(message)); err != nil {
			return // the reader has gone
		}
		c.Response().Flush()
	}
}

func eventID(k store.Check) string { return fmt.Sprintf("%s-%d-%d", k.State, k.Attempt, k.Done) }

func event(k store.Check) (string, error) {
	data, err := json.Marshal(viewCheck(k))
	return fmt.Sprintf("event: check\nid: %s\ndata: %s\n\n", eventID(k), data), err
}
