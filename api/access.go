package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// caller is who asks.
type caller struct {
	id     string // whose no other caller's is: names are given by people
	name   string
	role   store.Role
	prefix string // administrative code; "" is everywhere
	// address is of callers who showed nothing: whoever sits at a machine whose
	// service has no token yet.
	address string
	// What they came by ends: until then, of a JWT, or when the store says so,
	// of the token with this digest.
	until  time.Time
	digest string
}

// local is whoever sits at a machine whose service has no token yet.
func local(address string) caller {
	return caller{id: "local", name: "local", role: store.Admin, address: address}
}

// key is who a caller counts as where there are limits for each.
func (c caller) key() string {
	if c.address != "" {
		return "address:" + c.address
	}
	return c.id
}

// rank orders roles: each may do what those before it may.
func rank(r store.Role) int {
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

// sees tells whether something of a county exists for the caller.
func (c caller) sees(county string) bool { return store.Sees(c.prefix, county) }

const callerKey = "landcheck.caller"

func who(c echo.Context) caller {
	caller, _ := c.Get(callerKey).(caller)
	return caller
}

// HashToken is what a store keeps of a token.
func HashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// atLeast lets a role and those above it go on.
func atLeast(least store.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if rank(who(c).role) < rank(least) {
				return needsRole(least)
			}
			return next(c)
		}
	}
}

func needsRole(least store.Role) error {
	return &problem{status: http.StatusForbidden, kind: "forbidden",
		detail: geo.Textf("需要 %s 权限", "this takes the role %s", least),
		advice: geo.Text{ZH: "请联系管理员", EN: "Ask an administrator"}}
}

// seesBaseLayers tells whether the caller may see base data itself, beside what
// checks say of it.
func (s *Server) seesBaseLayers(c echo.Context) bool { return rank(who(c).role) >= rank(s.BaseLayers) }

// record adds a line to the audit trail; what cannot be recorded is not done.
// What was done is recorded, also when its caller does not wait for the answer.
// What changes the store is recorded by the store, together with the change.
func (s *Server) record(c echo.Context, what, object, county, digest string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), s.Limits.Timeout)
	defer cancel()
	return s.Store.Record(ctx, entry(c, what, object, county, digest))
}

// entry is a line for the audit trail.
func entry(c echo.Context, what, object, county, digest string) store.Entry {
	return store.Entry{Time: time.Now().UTC(), Who: who(c).name, What: what,
		Object: object, County: county, Digest: digest, Request: requestID(c)}
}
