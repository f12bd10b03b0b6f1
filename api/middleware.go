package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/throttle"
	"landcheck/geo"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// routeGroup is a group of addresses with what stands before them. Echo's own groups
// answer a method that an address does not take with 404.
type routeGroup struct {
	echo   *echo.Echo
	prefix string
	before []echo.MiddlewareFunc
}

func (d routeGroup) add(method, path string, h echo.HandlerFunc, more []echo.MiddlewareFunc) {
	d.echo.Add(method, d.prefix+path, h, append(slices.Clone(d.before), more...)...)
}

// PATCH adds an address to change.
func (d routeGroup) PATCH(path string, h echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	d.add(http.MethodPatch, path, h, more)
}

// GET adds an address to read.
func (d routeGroup) GET(path string, h echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	d.add(http.MethodGet, path, h, more)
}

// POST adds an address to send to.
func (d routeGroup) POST(path string, h echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	d.add(http.MethodPost, path, h, more)
}

// PUT adds an address to put something in place at.
func (d routeGroup) PUT(path string, h echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	d.add(http.MethodPut, path, h, more)
}

// DELETE adds an address to take away from.
func (d routeGroup) DELETE(path string, h echo.HandlerFunc, more ...echo.MiddlewareFunc) {
	d.add(http.MethodDelete, path, h, more)
}

// guard turns away requests that another site makes a browser send.
func (s *Server) guard() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return &problem.Error{Status: http.StatusForbidden, Kind: "forbidden", Cause: err,
					Detail: geo.Text{ZH: "请求来自其他网站", EN: "the request comes from another site"},
					Advice: geo.Text{ZH: "请直接打开本服务的网页", EN: "Open this service's own page"}}
			}
			return next(c)
		}
	}
}

// recover makes an answer of a panic, and keeps where it happened in the log.
func (s *Server) recover() echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true,
		LogErrorFunc: func(c echo.Context, err error, stack []byte) error {
			s.Log.Error("handler panicked", "request", request.ID(c), "stack", string(stack))
			return err
		}})
}

func compress() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{Level: 4, MinLength: 1400})
}

// headers gives every answer its request id and tells browsers to be strict.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		control := http.NewResponseController(c.Response().Writer)
		until := time.Now().Add(s.Limits.Timeout + s.Limits.Wait)
		_ = control.SetReadDeadline(until) // a recorder in tests has none
		_ = control.SetWriteDeadline(until.Add(finalWriteTime))
		h := c.Response().Header()
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		h.Set(echo.HeaderXRequestID, id.String())
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set(echo.HeaderReferrerPolicy, "no-referrer")
		h.Set(echo.HeaderXFrameOptions, "DENY")
		if strings.HasPrefix(s.PublicURL, "https:") {
			h.Set(echo.HeaderStrictTransportSecurity, "max-age=31536000") // a year, of this host alone
		}
		h.Set("Vary", "Authorization, Accept, Accept-Language")
		defer func() { _ = control.SetReadDeadline(time.Now().Add(bodyDrainTime)) }()
		return next(c)
	}
}

// finalWriteTime is how long saying that time is up may take.
const finalWriteTime = 10 * time.Second

// bodyDrainTime is how long the rest of a body may take that nobody reads any more:
// net/http reads some of it, to use the connection again.
const bodyDrainTime = 2 * time.Second

// within ends what takes too long: its context, and the reading and writing of
// a connection that stalls or that is slower than the least rate.
func (s *Server) within(d time.Duration) echo.MiddlewareFunc {
	pace := throttle.MinRate{Bytes: s.Limits.Rate * max(int64(s.Limits.RateTime/time.Second), 1), Time: s.Limits.RateTime}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx, cancel := context.WithTimeout(c.Request().Context(), d)
			defer cancel()
			r, w := c.Request().WithContext(ctx), c.Response().Writer
			until := time.Now().Add(d + s.Limits.Wait)
			control := http.NewResponseController(w)
			_ = control.SetReadDeadline(until)                      // a recorder in tests has none
			_ = control.SetWriteDeadline(until.Add(finalWriteTime)) // also where reading took all the time
			if r.Body != nil && r.Body != http.NoBody {
				r.Body = throttle.Body(ctx, w, r.Body, pace, until)
			}
			c.Response().Writer = throttle.Writer(ctx, w, pace, until.Add(finalWriteTime))
			defer func() { c.Response().Writer = w }()
			c.SetRequest(r)
			return next(c)
		}
	}
}
