package api

import (
	"net"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/api/web"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// probes is what an operator asks a process.
func (s *Server) probes() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler, e.IPExtractor = s.answer, s.extractor()
	e.Use(s.observe, s.headers, s.recover(), s.guard())

	e.GET("/healthz", s.health)
	e.GET("/readyz", s.ready)
	if s.MetricsHere {
		e.GET(metricsPath, s.metrics.handler())
	}
	return e
}

const metricsPath = "/metrics"

// meter is what an operator's Prometheus reads. It tells how busy each county
// is, so it has an address of its own.
func (s *Server) meter(addr net.Addr) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler, e.IPExtractor = s.answer, s.extractor()
	e.Use(s.observe, s.headers, s.recover(), s.guard())
	e.GET(metricsPath, s.metrics.handler(), forThisMachine(addr))
	return e
}

// forThisMachine turns away, where a listener is for this machine only, what a
// page from elsewhere makes a browser ask by a name of its own.
func forThisMachine(addr net.Addr) echo.MiddlewareFunc {
	tcp, ok := addr.(*net.TCPAddr)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if ok && tcp.IP.IsLoopback() && !sameMachine(c.Request().Host) {
				return problem.NotFound(geo.Textf("没有主机 %q", "there is no host %q", c.Request().Host))
			}
			return next(c)
		}
	}
}

// assets are the files of the page.
const assets = "/assets/*"

// routes is the table of addresses, read from top to bottom.
func (s *Server) routes() *echo.Echo {
	e := s.probes()
	e.Pre(middleware.Rewrite(map[string]string{"/v1/ogc/": "/v1/ogc"})) // as people type it
	e.GET("/openapi.json", s.openapi, compress())
	e.GET(docsPath, s.docs)
	e.GET(docsStyle, s.docsLook, compress())
	e.GET("/docs/pictures/:file", s.docsPicture)
	e.GET("/docs/:language", s.docsContents, compress())
	e.GET("/docs/:language/:topic", s.docsTopic, compress())
	e.GET("/schemas/:file", s.schemaFile, compress())
	var images []string // from where the page may have them, beside the service
	for _, m := range s.Basemaps {
		images = append(images, m.Origin())
	}
	page := echo.WrapHandler(web.Handler(images...))
	for _, address := range []string{"/", assets} {
		e.GET(address, page, compress())
		e.HEAD(address, page)
	}

	e.GET("/sign-in/ways", s.signInWays)
	e.GET(signInPath, s.signIn)
	e.GET(signInReturn, s.signInReturn, s.landing, s.byAddress(s.limiters.signIns), s.within(s.Limits.Timeout))

	// Who it is, whether there is room for them, how long they have.
	short := routeGroup{e, "/v1", []echo.MiddlewareFunc{s.access, s.limiters.requests.limit, s.within(s.Limits.Timeout), compress()}}
	slow := routeGroup{e, "/v1", []echo.MiddlewareFunc{s.access, s.limiters.requests.limit, s.whileValid, s.within(s.Limits.Transfer)}}
	transfers := routeGroup{e, "/v1", []echo.MiddlewareFunc{s.access, s.limiters.transfers.limit, s.whileValid, s.within(s.Limits.Transfer)}}
	streams := routeGroup{e, "/v1", []echo.MiddlewareFunc{s.access, s.limiters.streams.limit, s.whileValid}} // they wait, they do not work
	tiles := routeGroup{e, "/v1", []echo.MiddlewareFunc{s.access, s.limiters.tiles.limit, s.within(s.Limits.Timeout)}}

	short.GET("/me", s.me)
	transfers.POST("/plans", s.upload)
	short.GET("/plans", s.listPlans)
	short.GET("/plans/:id", s.showPlan)
	short.DELETE("/plans/:id", s.deletePlan)
	short.GET("/projects", s.listProjects)
	short.GET("/projects/:project", s.showProject)
	transfers.GET("/plans/:id/package", s.download)
	slow.POST("/plans/:id/checks", s.startCheck)
	short.GET("/plans/:id/checks", s.listPlanChecks)
	short.GET("/checks", s.listChecks)
	short.GET("/checks/:id", s.showCheck)
	short.DELETE("/checks/:id", s.cancelCheck)
	streams.GET("/checks/:id/events", s.events)
	transfers.GET("/checks/:id/report", s.report, compress())
	transfers.GET("/checks/:id/passport", s.passport)
	short.GET("/passport-key", s.passportKey)
	transfers.POST("/verify", s.verify)
	transfers.GET("/checks/:id/exports/:kind", s.export)
	transfers.GET("/checks/:id/suggestion", s.suggestion, compress())
	transfers.GET("/checks/:id/suggestion/package", s.suggestedPackage)
	transfers.GET("/checks/:id/maps/:sheet", s.mapSheet, compress(), access.AtLeast(s.BaseLayers))
	short.GET("/checks/:id/overview", s.overview)
	short.GET("/checks/:id/findings", s.findings)
	short.GET("/checks/:id/findings/:finding", s.finding)
	slow.GET("/checks/:id/decision", s.showDecision, compress())
	slow.POST("/checks/:id/decision", s.decide, access.AtLeast(store.Reviewer))
	short.DELETE("/checks/:id/decision", s.withdraw, access.AtLeast(store.Reviewer))
	slow.GET("/findings/:project", s.listReviews)
	slow.GET("/findings/:project/:finding", s.showReview)
	slow.PATCH("/findings/:project/:finding", s.changeReview, access.AtLeast(store.Reviewer))
	slow.POST("/findings/:project/:finding/comments", s.comment)
	short.GET("/checks/:id/ledger", s.ledger)
	short.GET("/checks/:id/at", s.atOfCheck)
	short.GET("/checks/:id/features", s.featuresOfCheck)
	short.GET("/checks/:id/diff/:other", s.diff)
	slow.POST("/together", s.holdTogether)
	short.GET("/rulebooks", s.listBooks)
	short.GET("/rulebooks/:id", s.showBook)
	short.GET("/rulebooks/:id/rules/:rule", s.showRule)
	short.GET("/counties", s.listCounties)
	short.GET("/counties/:code/datasets", s.listDatasets)
	short.GET("/counties/:code/at", s.atOfCounty, access.AtLeast(s.BaseLayers))
	transfers.POST("/counties/:code/datasets", s.uploadBase, access.AtLeast(store.Admin))
	short.PUT("/counties/:code/current", s.setCurrent, access.AtLeast(store.Admin))
	short.GET("/counties/:code/loads", s.listLoads, access.AtLeast(store.Admin))
	short.GET("/loads/:id", s.showLoad, access.AtLeast(store.Admin))
	short.DELETE("/loads/:id", s.cancelLoad, access.AtLeast(store.Admin))
	slow.GET("/counties/:code/ledger", s.showTownships)
	slow.POST("/counties/:code/ledger", s.enterLedger, access.AtLeast(store.Reviewer))
	short.DELETE("/counties/:code/ledger/:project", s.removeFromLedger, access.AtLeast(store.Reviewer))
	transfers.GET("/counties/:code/room", s.room, access.AtLeast(s.BaseLayers), compress())
	short.GET("/tiles/:county", s.tiles.BaseTiles, access.AtLeast(s.BaseLayers))
	tiles.GET("/tiles/:county/:role/:z/:x/:y", s.tiles.BaseTile, access.AtLeast(s.BaseLayers))
	short.GET("/checks/:id/tiles", s.tiles.CheckTiles)
	tiles.GET("/checks/:id/tiles/:layer/:z/:x/:y", s.tiles.CheckTile)
	short.GET("/ogc", s.ogc.Landing)
	short.GET("/ogc/conformance", s.ogc.Conformance)
	short.GET("/ogc/collections", s.ogc.Collections)
	short.GET("/ogc/collections/:collection", s.ogc.Collection)
	short.GET("/ogc/collections/:collection/queryables", s.ogc.Queryables)
	short.GET("/ogc/collections/:collection/items", s.ogc.Items)
	short.GET("/ogc/collections/:collection/items/:feature", s.ogc.Item)

	short.DELETE("/plans/:id/block", s.unblock, access.AtLeast(store.Admin))
	short.GET("/tokens", s.listTokens, access.AtLeast(store.Admin))
	short.POST("/tokens", s.createToken, access.AtLeast(store.Admin))
	short.DELETE("/tokens/:id", s.revokeToken, access.AtLeast(store.Admin))
	short.GET("/audit", s.listAudit, access.AtLeast(store.Reviewer))
	return e
}
