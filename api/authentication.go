package api

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/api/throttle"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// access lets callers in: by a token of the store's, by a JWT of the issuer's,
// or, while there is neither, whoever sits at this machine. Looking up is
// limited by address, and so are wrong secrets.
func (s *Server) access(next echo.HandlerFunc) echo.HandlerFunc {
	identify := s.byAddress(s.limiters.lookups)(func(c echo.Context) error {
		in, err := s.identify(c)
		access.SetCaller(c, in)
		return err
	})
	return func(c echo.Context) error {
		if err := identify(c); err != nil {
			return err
		}
		return next(c)
	}
}

func (s *Server) identify(c echo.Context) (access.Caller, error) {
	ctx, cancel := context.WithTimeout(c.Request().Context(), s.Limits.Timeout)
	defer cancel()
	from := s.from(c)
	scheme, secret, _ := strings.Cut(c.Request().Header.Get(echo.HeaderAuthorization), " ")
	secret = strings.TrimSpace(secret)
	switch {
	case secret == "":
		return s.withoutToken(ctx, c.Request(), from)
	case !strings.EqualFold(scheme, "Bearer"):
		return access.Caller{}, errNoToken
	}
	digest := access.HashToken(secret)
	if wait, ok := s.attempts.May(from, digest); !ok {
		return access.Caller{}, tooManyWrong(wait)
	}
	var in access.Caller
	var err error
	if s.Issuer != nil && strings.Count(secret, ".") == 2 {
		in, err = s.Issuer.Verify(ctx, secret)
	} else {
		in, err = s.byToken(ctx, digest)
	}
	if wrong := errors.Is(err, errNoToken); wrong || err == nil {
		s.attempts.Was(from, digest, !wrong)
	}
	return in, err
}

// wrongPause is how long an address waits for each wrong secret beyond those
// that it may send at once.
const wrongPause = 5 * time.Second

func tooManyWrong(wait time.Duration) error {
	return &problem.Error{Status: http.StatusTooManyRequests, Kind: "busy", Retry: max(wait, time.Second), Limit: "max-wrong-tokens",
		Detail: geo.Text{ZH: "这个地址送来的无效令牌太多", EN: "too many tokens from this address were wrong"},
		Advice: geo.Text{ZH: "请检查令牌，稍后再试；此前有效的令牌不受影响", EN: "Check the token and try again later; tokens that were good before go on"}}
}

// from is the address that a request comes from: of the connection, or, where
// that is one of our proxies, as the proxy says.
func (s *Server) from(c echo.Context) string {
	a, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return ""
	}
	return throttle.Network(a)
}

// isProxy tells whether an address is of a proxy of ours.
func (s *Server) isProxy(a netip.Addr) bool {
	for _, p := range s.Proxies {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// fromProxy tells whether a request comes by way of one.
func (s *Server) fromProxy(r *http.Request) bool {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && s.isProxy(a.Addr())
}

// extractor reads who a request comes from. Nobody but our proxies is believed.
func (s *Server) extractor() echo.IPExtractor {
	if len(s.Proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range s.Proxies {
		trust = append(trust, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

var errNoToken = &problem.Error{Status: http.StatusUnauthorized, Kind: "unauthorized",
	Detail: geo.Text{ZH: "没有令牌，或令牌无效、已过期、已撤销", EN: "there is no token, or it is unknown, expired or revoked"},
	Advice: geo.Text{ZH: "请在请求头写 Authorization: Bearer 令牌；令牌由管理员用 landcheck token create 建立",
		EN: "Send the header Authorization: Bearer TOKEN; an administrator makes tokens with landcheck token create"}}

func (s *Server) byToken(ctx context.Context, digest string) (access.Caller, error) {
	t, err := s.Store.TokenByHash(ctx, digest)
	switch {
	case errors.Is(err, store.ErrNotFound), err == nil && !t.Valid(time.Now()):
		return access.Caller{}, errNoToken
	case err != nil:
		return access.Caller{}, err
	}
	return access.Caller{ID: "token:" + t.ID, Name: t.Name, Role: t.Role, Prefix: t.Prefix, Digest: digest}, nil
}

// Open tells whether there is no access control: no token was ever made and
// no issuer is set. Once there is one the store is not asked again: a revoked
// token is a lock too.
func (s *Server) Open(ctx context.Context) (bool, error) {
	if s.Issuer != nil || s.locked.Load() {
		return false, nil
	}
	tokens, err := s.Store.ListTokens(ctx)
	if err != nil {
		return false, err
	}
	if len(tokens) > 0 {
		s.locked.Store(true)
	}
	return len(tokens) == 0, nil
}

// withoutToken lets in callers from this machine while there is no lock. A
// page from elsewhere that makes a browser ask is told by the name it uses, a
// proxy that speaks for others by what it adds.
func (s *Server) withoutToken(ctx context.Context, r *http.Request, from string) (access.Caller, error) {
	open, err := s.Open(ctx)
	if err != nil {
		return access.Caller{}, err
	}
	if !open || !sameMachine(r.Host) || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" {
		return access.Caller{}, errNoToken
	}
	return access.Local(from), nil
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
