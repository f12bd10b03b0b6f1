package api

import (
	"context"
	"net/http"
	"time"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// probes is what an operator asks a process.
func (s *Server) probes() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.answer
	e.Use(s.observe, s.headers, s.recover(), s.guard())

	e.GET("/healthz", s.health)
	e.GET("/readyz", s.ready)
	e.GET("/metrics", s.metrics.handler())
	return e
}

// routes is the table of addresses, read from top to bottom.
func (s *Server) routes() *echo.Echo {
	e := s.probes()
	e.GET("/openapi.json", s.openapi, compress())

	busy := atMost(s.Limits.Requests)
	short := e.Group("/v1", busy, s.within(s.Limits.Timeout), s.access, compress())
	long := e.Group("/v1", busy, s.within(s.Limits.Transfer), s.access)
	streams := e.Group("/v1", atMost(s.Limits.Streams), s.access) // they wait, they do not work

	short.GET("/me", s.me)
	long.POST("/plans", s.upload)
	short.GET("/plans", s.listPlans)
	short.GET("/plans/:id", s.showPlan)
	long.GET("/plans/:id/package", s.download)
	long.POST("/plans/:id/checks", s.startCheck)
	short.GET("/plans/:id/checks", s.listPlanChecks)
	short.GET("/checks", s.listChecks)
	short.GET("/checks/:id", s.showCheck)
	short.DELETE("/checks/:id", s.cancelCheck)
	streams.GET("/checks/:id/events", s.events)
	long.GET("/checks/:id/report", s.report, compress())
	short.GET("/checks/:id/findings", s.findings)
	short.GET("/checks/:id/findings/:finding", s.finding)
	short.GET("/checks/:id/ledger", s.ledger)
	short.GET("/checks/:id/diff/:other", s.diff)
	short.GET("/rulebooks", s.listBooks)
	short.GET("/rulebooks/:id", s.showBook)
	short.GET("/rulebooks/:id/rules/:rule", s.showRule)
	short.GET("/counties", s.listCounties)
	short.GET("/counties/:code/datasets", s.listDatasets)
	short.GET("/tiles/:county", s.baseTiles)
	short.GET("/tiles/:county/:role/:z/:x/:y", s.baseTile)
	short.GET("/checks/:id/tiles", s.checkTiles)
	short.GET("/checks/:id/tiles/:layer/:z/:x/:y", s.checkTile)

	short.GET("/tokens", s.listTokens, atLeast(store.Admin))
	short.POST("/tokens", s.createToken, atLeast(store.Admin))
	short.DELETE("/tokens/:id", s.revokeToken, atLeast(store.Admin))
	short.GET("/audit", s.listAudit, atLeast(store.Reviewer))
	return e
}

// guard turns away requests that another site makes a browser send.
func (s *Server) guard() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return &problem{status: http.StatusForbidden, kind: "forbidden", cause: err,
					detail: geo.Text{ZH: "请求来自其他网站", EN: "the request comes from another site"},
					advice: geo.Text{ZH: "请直接打开本服务的网页", EN: "Open this service's own page"}}
			}
			return next(c)
		}
	}
}

// recover makes an answer of a panic, and keeps where it happened in the log.
func (s *Server) recover() echo.MiddlewareFunc {
	return middleware.RecoverWithConfig(middleware.RecoverConfig{DisableErrorHandler: true,
		LogErrorFunc: func(c echo.Context, err error, stack []byte) error {
			s.Log.Error("handler panicked", "request", requestID(c), "stack", string(stack))
			return err
		}})
}

func compress() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{Level: 4, MinLength: 1400})
}

// requestID is the id that answers and logs name.
func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// headers gives every answer its request id and tells browsers to be strict.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		// What an earlier request of this connection was given to end by does
		// not hold for this one. A recorder in tests has no deadlines.
		control := http.NewResponseController(c.Response().Writer)
		_ = control.SetReadDeadline(time.Time{})
		_ = control.SetWriteDeadline(time.Time{})
		h := c.Response().Header()
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		h.Set(echo.HeaderXRequestID, id.String())
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set(echo.HeaderReferrerPolicy, "no-referrer")
		h.Set(echo.HeaderXFrameOptions, "DENY")
		h.Set("Vary", "Authorization, Accept, Accept-Language")
		return next(c)
	}
}

// atMost lets only so many requests in at one time.
func atMost(n int) echo.MiddlewareFunc {
	places := make(chan struct{}, n)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			select {
			case places <- struct{}{}:
				defer func() { <-places }()
				return next(c)
			default:
				return &problem{status: http.StatusTooManyRequests, kind: "busy", retry: time.Second,
					detail: geo.Text{ZH: "同时处理的请求太多", EN: "too many requests at one time"},
					advice: geo.Text{ZH: "请稍后再试", EN: "Try again shortly"}}
			}
		}
	}
}

// lastWords is how long saying that time is up may take.
const lastWords = 10 * time.Second

// within ends what takes too long: its context, and the reading and writing of
// a connection that stalls.
func (s *Server) within(d time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			ctx, cancel := context.WithTimeout(c.Request().Context(), d)
			defer cancel()
			control := http.NewResponseController(c.Response().Writer)
			until := time.Now().Add(d + s.Limits.Wait)
			_ = control.SetReadDeadline(until)                 // a recorder in tests has none
			_ = control.SetWriteDeadline(until.Add(lastWords)) // also where reading took all the time
			c.SetRequest(c.Request().WithContext(ctx))
			return next(c)
		}
	}
}
