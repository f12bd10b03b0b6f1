package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"landcheck/api/store"

	"github.com/labstack/echo/v4"
)

// beat keeps an event stream alive through proxies that close silent ones.
const beat = 15 * time.Second

// events streams a check until it has ended: Server-Sent Events named "check",
// each the check as GET /checks/{id} shows it.
func (s *Server) events(c echo.Context) error {
	if q := params(c); q.err != nil {
		return q.err
	}
	k, err := s.checkAt(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	changes, err := s.Store.Watch(ctx, k.ID)
	if err != nil {
		return err
	}
	control := http.NewResponseController(c.Response().Writer)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for n := 1; ; n++ {
		var message string
		select {
		case k, ok := <-changes:
			if !ok {
				return nil
			}
			if message, err = event(n, k); err != nil {
				return err
			}
		case <-tick.C:
			message = ": \n\n"
		case <-s.closing:
			return nil // the reader comes back, to another server if need be
		}
		_ = control.SetWriteDeadline(time.Now().Add(2 * beat)) // a recorder in tests has none
		if _, err := c.Response().Write([]byte(message)); err != nil {
			return nil // the reader has gone
		}
		c.Response().Flush()
	}
}

func event(n int, k store.Check) (string, error) {
	data, err := json.Marshal(viewCheck(k))
	return fmt.Sprintf("event: check\nid: %d\ndata: %s\n\n", n, data), err
}
