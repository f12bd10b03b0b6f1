package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// caller is who asks.
type caller struct {
	id     string // whose no other caller's is: names are given by people
	name   string
	role   store.Role
	prefix string // administrative code; "" is everywhere
}

// local is whoever sits at a machine whose service has no token yet.
func local() caller { return caller{id: "local", name: "local", role: store.Admin} }

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

// access lets callers in: by a token of the store's, by a JWT of the issuer's,
// or, while there is neither, whoever sits at this machine.
func (s *Server) access(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), s.Limits.Timeout)
		defer cancel()
		scheme, secret, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
		secret = strings.TrimSpace(secret)
		var in caller
		var err error
		switch {
		case secret == "":
			in, err = s.withoutToken(ctx, c.Request())
		case !strings.EqualFold(scheme, "Bearer"):
			err = errNoToken
		case s.Issuer != nil && strings.Count(secret, ".") == 2:
			in, err = s.Issuer.Verify(ctx, secret)
		default:
			in, err = s.byToken(ctx, secret)
		}
		if err != nil {
			return err
		}
		cancel()
		c.Set(callerKey, in)
		return next(c)
	}
}

var errNoToken = &problem{status: http.StatusUnauthorized, kind: "unauthorized",
	detail: geo.Text{ZH: "没有令牌，或令牌无效、已过期、已撤销", EN: "there is no token, or it is unknown, expired or revoked"},
	advice: geo.Text{ZH: "请在请求头写 Authorization: Bearer 令牌；令牌由管理员用 landcheck token create 建立",
		EN: "Send the header Authorization: Bearer TOKEN; an administrator makes tokens with landcheck token create"}}

func (s *Server) byToken(ctx context.Context, secret string) (caller, error) {
	t, err := s.Store.TokenByHash(ctx, HashToken(secret))
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && !t.Valid(time.Now()):
		return caller{}, errNoToken
	case err != nil:
		return caller{}, err
	}
	return caller{id: "token:" + t.ID, name: t.Name, role: t.Role, prefix: t.Prefix}, nil
}

// Open tells whether there is no lock on the door: no token was ever made and
// no issuer is set.
func (s *Server) Open(ctx context.Context) (bool, error) {
	if s.Issuer != nil {
		return false, nil
	}
	tokens, err := s.Store.ListTokens(ctx)
	return len(tokens) == 0, err
}

// withoutToken lets in callers from this machine while there is no lock. A
// page from elsewhere that makes a browser ask is told by the name it uses, a
// proxy that speaks for others by what it adds.
func (s *Server) withoutToken(ctx context.Context, r *http.Request) (caller, error) {
	open, err := s.Open(ctx)
	if err != nil {
		return caller{}, err
	}
	if !open || !sameMachine(r.Host) || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" {
		return caller{}, errNoToken
	}
	return local(), nil
}

// sameMachine tells whether a host, with or without a port, is this one.
func sameMachine(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// atLeast lets a role and those above it go on.
func atLeast(least store.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if rank(who(c).role) < rank(least) {
				return &problem{status: http.StatusForbidden, kind: "forbidden",
					detail: geo.Textf("需要 %s 权限", "this takes the role %s", least),
					advice: geo.Text{ZH: "请联系管理员", EN: "Ask an administrator"}}
			}
			return next(c)
		}
	}
}

// record adds a line to the audit trail; what cannot be recorded is not done.
// What was done is recorded, also when its caller does not wait for the answer.
func (s *Server) record(c echo.Context, what, object, county, digest string) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), s.Limits.Timeout)
	defer cancel()
	return s.Store.Record(ctx, store.Entry{
		ID: id.String(), Time: time.Now().UTC(), Who: who(c).name, What: what,
		Object: object, County: county, Digest: digest, Request: requestID(c),
	})
}
