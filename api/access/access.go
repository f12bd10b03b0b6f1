// Package access is who asks and what there is for them: callers with roles and
// prefixes, the checks that they see, and the trail of what they read.
package access

import (
	"net/http"
	"time"

	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// Caller is who asks.
type Caller struct {
	ID     string // whose no other caller's is: names are given by people
	Name   string
	Role   store.Role
	Prefix string // administrative code; "" is everywhere
	// Address is of callers who showed nothing: whoever sits at a machine whose
	// service has no token yet.
	Address string
	// What they came by ends: until then, of a JWT, or when the store says so,
	// of the token with this digest.
	Until  time.Time
	Digest string
}

// Local is whoever sits at a machine whose service has no token yet.
func Local(address string) Caller {
	return Caller{ID: "local", Name: "local", Role: store.Admin, Address: address}
}

// Key is who a caller counts as where there are limits for each.
func (c Caller) Key() string {
	if c.Address != "" {
		return "address:" + c.Address
	}
	return c.ID
}

// Rank orders roles: each may do what those before it may.
func Rank(r store.Role) int {
	switch r {
	case store.Submitter:
		return 1
	case store.Reviewer:
		return 2
	case store.Admin:
		return 3
	}
	return 0
}

// Sees tells whether something of a county exists for the caller.
func (c Caller) Sees(county string) bool { return store.Sees(c.Prefix, county) }

const callerKey = "landcheck.caller"

// SetCaller says who asks, to whatever handles the request.
func SetCaller(c echo.Context, in Caller) { c.Set(callerKey, in) }

// Who asks.
func Who(c echo.Context) Caller {
	caller, _ := c.Get(callerKey).(Caller)
	return caller
}

// AtLeast lets a role and those above it go on.
func AtLeast(least store.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if !Has(c, least) {
				return NeedsRole(least)
			}
			return next(c)
		}
	}
}

// NeedsRole is the answer to whom a role is missing.
func NeedsRole(least store.Role) error {
	return &problem.Error{Status: http.StatusForbidden, Kind: "forbidden",
		Detail: geo.Textf("需要 %s 权限", "this takes the role %s", least),
		Advice: geo.Text{ZH: "请联系管理员", EN: "Ask an administrator"}}
}

// Has tells whether the caller may do what a role may.
func Has(c echo.Context, least store.Role) bool { return Rank(Who(c).Role) >= Rank(least) }

// Entry is a line for the audit trail.
func Entry(c echo.Context, what, object, county, digest string) store.Entry {
	return store.Entry{Time: time.Now().UTC(), Who: Who(c).Name, What: what,
		Object: object, County: county, Digest: digest, Request: request.ID(c)}
}
