package api

import (
	"net/http"
	"time"

	"landcheck/api/throttle"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// gates are how many may be at something at one time, in all and of one caller.
type gates struct {
	knocks    gate // who a caller is gets looked up; by address
	signIns   gate // that wait for the issuer; by address
	requests  gate
	transfers gate
	streams   gate
	tiles     gate // come by the dozen, and wait for each other
}

// gate is a throttle.Gate with its name, for whoever is turned away.
type gate struct {
	*throttle.Gate
	name string // of the flags: --max-NAME, --max-NAME-per-caller
	what geo.Text
}

func newGates(l Limits) gates {
	return gates{
		// Looking up takes a moment: there are more places than can be used well.
		knocks:    gate{throttle.NewGate(8*l.Requests, 2*l.Requests), "requests", geo.Text{ZH: "同时登录的请求", EN: "requests that are being let in"}},
		signIns:   gate{throttle.NewGate(l.Requests, l.CallerRequests), "requests", geo.Text{ZH: "同时登录的请求", EN: "sign-ins at one time"}},
		requests:  gate{throttle.NewGate(l.Requests, l.CallerRequests), "requests", geo.Text{ZH: "同时处理的请求", EN: "requests at one time"}},
		transfers: gate{throttle.NewGate(l.Transfers, l.CallerTransfers), "transfers", geo.Text{ZH: "同时进行的上传和下载", EN: "uploads and downloads at one time"}},
		streams:   gate{throttle.NewGate(l.Streams, l.CallerStreams), "streams", geo.Text{ZH: "同时等待检查的请求", EN: "event streams and waiting requests at one time"}},
		tiles:     gate{throttle.NewGate(l.Tiles, l.CallerTiles), "tiles", geo.Text{ZH: "同时请求的瓦片", EN: "requests for tiles at one time"}},
	}
}

// refused is the answer to whom a gate turns away.
func (g gate) refused(r throttle.Refusal) error {
	all, each := g.Most()
	if r == throttle.OfTheirs {
		limit := "max-" + g.name + "-per-caller"
		return &problem{status: http.StatusTooManyRequests, kind: "busy", retry: time.Second, limit: limit,
			detail: geo.Textf("您%[1]s太多（上限 %[3]d）", "you have too many %[2]s (at most %[3]d)", g.what.ZH, g.what.EN, each),
			advice: geo.Textf("请等前面的结束再试；上限由管理员用 %[1]s 设置", "Wait until earlier ones have ended; an administrator sets the limit by %[1]s", "--"+limit)}
	}
	return &problem{status: http.StatusTooManyRequests, kind: "busy", retry: time.Second, limit: "max-" + g.name,
		detail: geo.Textf("%[1]s太多（上限 %[3]d）", "there are too many %[2]s (at most %[3]d)", g.what.ZH, g.what.EN, all),
		advice: geo.Text{ZH: "请稍后再试", EN: "Try again shortly"}}
}

// leaveKey is where a request finds what gives its place to another.
const leaveKey = "landcheck.leave"

// through lets a caller who is known through a gate.
func (g gate) through(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		leave, refusal := g.Enter(who(c).key())
		if refusal != throttle.Admitted {
			return g.refused(refusal)
		}
		c.Set(leaveKey, leave)
		defer giveUp(c)
		return next(c)
	}
}

// instead takes a place at this gate and gives up the one that a request has;
// where there is none it stays where it is.
func (g gate) instead(c echo.Context) bool {
	leave, refusal := g.Enter(who(c).key())
	if refusal != throttle.Admitted {
		return false
	}
	giveUp(c)
	c.Set(leaveKey, leave)
	return true
}

func giveUp(c echo.Context) {
	if leave, ok := c.Get(leaveKey).(func()); ok {
		leave()
	}
}

// byAddress lets a caller who is not known yet through a gate.
func (s *Server) byAddress(g gate) echo.MiddlewareFunc {
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
