package api

import (
	"net/http"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/throttle"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// limiters are how many may be at something at one time, in all and of one caller.
type limiters struct {
	lookups   limiter // who a caller is gets looked up; by address
	signIns   limiter // that wait for the issuer; by address
	requests  limiter
	transfers limiter
	streams   limiter
	tiles     limiter // come by the dozen, and wait for each other
}

// limiter is a throttle.Gate with its name, for whoever is turned away.
type limiter struct {
	*throttle.Limiter
	name string // of the flags: --max-NAME, --max-NAME-per-caller
	what geo.Text
}

func newLimiters(l Limits) limiters {
	return limiters{
		// Looking up takes a moment: there are more places than can be used well.
		lookups:   limiter{throttle.NewLimiter(8*l.Requests, 2*l.Requests), "requests", geo.Text{ZH: "同时登录的请求", EN: "requests that are being let in"}},
		signIns:   limiter{throttle.NewLimiter(l.Requests, l.CallerRequests), "requests", geo.Text{ZH: "同时登录的请求", EN: "sign-ins at one time"}},
		requests:  limiter{throttle.NewLimiter(l.Requests, l.CallerRequests), "requests", geo.Text{ZH: "同时处理的请求", EN: "requests at one time"}},
		transfers: limiter{throttle.NewLimiter(l.Transfers, l.CallerTransfers), "transfers", geo.Text{ZH: "同时进行的上传和下载", EN: "uploads and downloads at one time"}},
		streams:   limiter{throttle.NewLimiter(l.Streams, l.CallerStreams), "streams", geo.Text{ZH: "同时等待核查的请求", EN: "event streams and waiting requests at one time"}},
		tiles:     limiter{throttle.NewLimiter(l.Tiles, l.CallerTiles), "tiles", geo.Text{ZH: "同时请求的瓦片", EN: "requests for tiles at one time"}},
	}
}

// refused is the answer to whom a gate turns away.
func (g limiter) refused(r throttle.Refusal) error {
	all, each := g.Most()
	if r == throttle.OfTheirs {
		limit := "max-" + g.name + "-per-caller"
		return &problem.Error{Status: http.StatusTooManyRequests, Kind: "busy", Retry: time.Second, Limit: limit,
			Detail: geo.Textf("您%[1]s太多（上限 %[3]d）", "you have too many %[2]s (at most %[3]d)", g.what.ZH, g.what.EN, each),
			Advice: geo.Textf("请等前面的结束再试；上限由管理员用 %[1]s 设置", "Wait until earlier ones have ended; an administrator sets the limit by %[1]s", "--"+limit)}
	}
	return &problem.Error{Status: http.StatusTooManyRequests, Kind: "busy", Retry: time.Second, Limit: "max-" + g.name,
		Detail: geo.Textf("%[1]s太多（上限 %[3]d）", "there are too many %[2]s (at most %[3]d)", g.what.ZH, g.what.EN, all),
		Advice: geo.Text{ZH: "请稍后再试", EN: "Try again shortly"}}
}

// releaseKey is where a request finds what gives its place to another.
const releaseKey = "landcheck.leave"

// limit lets a caller who is known through a gate.
func (g limiter) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		leave, refusal := g.Enter(access.Who(c).Key())
		if refusal != throttle.Admitted {
			return g.refused(refusal)
		}
		c.Set(releaseKey, leave)
		defer release(c)
		return next(c)
	}
}

// switchTo takes a place at this gate and gives up the one that a request has;
// where there is none it stays where it is.
func (g limiter) switchTo(c echo.Context) bool {
	leave, refusal := g.Enter(access.Who(c).Key())
	if refusal != throttle.Admitted {
		return false
	}
	release(c)
	c.Set(releaseKey, leave)
	return true
}

func release(c echo.Context) {
	if leave, ok := c.Get(releaseKey).(func()); ok {
		leave()
	}
}

// byAddress lets a caller who is not known yet through a gate.
func (s *Server) byAddress(g limiter) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			leave, refusal := g.Enter(s.from(c))
			if refusal != throttle.Admitted {
				return g.refused(throttle.OfAll)
			}
			defer leave()
			return next(c)
		}
	}
}
