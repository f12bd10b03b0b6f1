package api

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// People sign in by browser at the bureau's issuer, with an authorization code
// and PKCE. These addresses are the browser's, not programs': they need no
// token and lie outside /v1, where everything does.
//
//	/sign-in → issuer → /sign-in/return → /#/signed-in/TOKEN
//
// What comes after # stays in the browser: neither a log nor a proxy sees it.
const (
	signInPath    = "/sign-in"
	signInReturn  = "/sign-in/return"
	signInCookie  = "landcheck-sign-in"
	signInExpires = 10 * time.Minute
)

// signInWays is how one may sign in, beside pasting a token.
type signInWays struct {
	OIDC bool `json:"oidc"`
}

func (s *Server) signInWays(c echo.Context) error {
	_, _, err := s.attempt(c)
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, signInWays{OIDC: err == nil})
}

// signIn sends a browser to the issuer.
func (s *Server) signIn(c echo.Context) error {
	address, a, err := s.attempt(c)
	if err != nil {
		return err
	}
	s.keepAttempt(c, a.String(), int(signInExpires.Seconds()))
	return c.Redirect(http.StatusSeeOther, address)
}

// attempt is a new one, with the issuer's address for it.
func (s *Server) attempt(c echo.Context) (string, attempt, error) {
	none := func(detail, advice geo.Text) (string, attempt, error) {
		return "", attempt{}, &problem.Error{Status: http.StatusNotFound, Kind: "not-found", Detail: detail, Advice: advice}
	}
	if s.Issuer == nil {
		return none(geo.Text{ZH: "本服务没有设置统一身份认证", EN: "this service has no organisation's sign-in"},
			geo.Text{ZH: "请用令牌登录，或请管理员设置 --oidc-issuer", EN: "Sign in with a token, or ask the administrator to set --oidc-issuer"})
	}
	home := s.home(c.Request())
	if home == "" {
		return none(geo.Text{ZH: "本服务不知道自己的对外地址，不能用统一身份认证登录", EN: "the service does not know its public address, so nobody can sign in by the organisation's account"},
			geo.Text{ZH: "请管理员设置 --public-url", EN: "Ask the administrator to set --public-url"})
	}
	address, a, ok := s.Issuer.begin(home + signInReturn)
	if !ok {
		return none(geo.Text{ZH: "签发方不提供网页登录", EN: "the issuer offers no sign-in by browser"},
			geo.Text{ZH: "请用令牌登录", EN: "Sign in with a token"})
	}
	return address, a, nil
}

// home is the address that browsers reach the service at: as configured, else,
// on this machine only, as the request says; "" where it is not known.
func (s *Server) home(r *http.Request) string {
	if s.PublicURL != "" {
		return strings.TrimSuffix(s.PublicURL, "/")
	}
	u, err := url.Parse("http://" + r.Host)
	if err != nil || u.Host != r.Host || !sameMachine(r.Host) || r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" {
		return ""
	}
	return u.String()
}

// keepAttempt lets a browser keep an attempt for so many seconds; below zero
// it forgets the one it has.
func (s *Server) keepAttempt(c echo.Context, value string, seconds int) {
	c.Response().Header().Set("Cache-Control", "no-store")
	c.SetCookie(&http.Cookie{Name: signInCookie, Value: value, Path: signInPath, MaxAge: seconds,
		HttpOnly: true, Secure: strings.HasPrefix(s.PublicURL, "https:"), SameSite: http.SameSiteLaxMode})
}

// signInReturn is where the issuer sends a browser back to.
func (s *Server) signInReturn(c echo.Context) error {
	home := s.home(c.Request())
	cookie, err := c.Cookie(signInCookie)
	if err != nil || home == "" {
		return &signInError{failure: signInLost}
	}
	a, ok := readAttempt(cookie.Value)
	if !ok || !a.is(c.QueryParam("state")) {
		return &signInError{failure: signInLost}
	}
	switch said := c.QueryParam("error"); said {
	case "":
	case "access_denied":
		return &signInError{failure: signInDenied}
	case "temporarily_unavailable", "server_error":
		return &signInError{failure: signInUnreachable}
	default:
		return &signInError{signInRefused, errors.New(said)}
	}
	token, in, err := s.Issuer.finish(c.Request().Context(), home+signInReturn, c.QueryParam("code"), a)
	if err != nil {
		return err
	}
	access.SetCaller(c, in)
	if err := s.record(c, "sign-in", in.Name, in.Prefix, ""); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/#/signed-in/"+url.PathEscape(token))
}

// landing brings every sign-in that comes to nothing to the page, which says
// why: a person looks at it, not a program. The attempt is over either way.
func (s *Server) landing(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.Issuer == nil {
			_, _, err := s.attempt(c)
			return err
		}
		s.keepAttempt(c, "", -1)
		err := next(c)
		if err == nil {
			return nil
		}
		trouble, level := signInFailed, slog.LevelError
		var e *signInError
		if errors.As(err, &e) {
			trouble, level = e.failure, slog.LevelWarn
		} else if problem.Of(err).Kind == "busy" {
			trouble, level = signInBusy, slog.LevelWarn
		}
		s.Log.Log(c.Request().Context(), level, "sign-in failed", "request", request.ID(c), "why", string(trouble), "error", err)
		return c.Redirect(http.StatusSeeOther, "/#/sign-in-failed/"+string(trouble))
	}
}
