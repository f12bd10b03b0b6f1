package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"landcheck/api/problem"
	"landcheck/api/request"

	"github.com/labstack/echo/v4"
)

// answer writes an error as a problem document and logs what is ours.
func (s *Server) answer(err error, c echo.Context) {
	if c.Response().Committed {
		s.Log.Warn("response broken off", "request", request.ID(c), "error", err)
		return
	}
	p := problem.Of(err)
	if p.Status >= 500 && !errors.Is(err, context.Canceled) {
		s.Log.Error("request failed", "request", request.ID(c), "error", err)
	}
	lang := request.Language(c)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.Retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.Retry.Seconds()))))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="landcheck"`)
	}
	body, err := json.Marshal(p.Document(lang))
	if err == nil {
		h.Set("Content-Language", lang)
		c.Response().WriteHeader(p.Status)
		if c.Request().Method != http.MethodHead {
			_, err = c.Response().Write(append(body, '\n'))
		}
	}
	if err != nil {
		s.Log.Debug("problem not delivered", "error", fmt.Sprint(err))
	}
}
