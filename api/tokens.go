package api

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/request"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/labstack/echo/v4"
)

// NewToken makes a token and the secret for it, which is
// nowhere kept. A name, role or prefix that cannot be is a *geo.InputError.
func NewToken(name string, role store.Role, prefix string, expires *time.Time) (t store.Token, secret string, err error) {
	inputErr := func(field string, problem, advice geo.Text) error {
		return &geo.InputError{Field: field, Message: problem, Advice: advice}
	}
	name = strings.TrimSpace(name)
	switch {
	case name == "" || len(name) > 200 || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }):
		return t, "", inputErr("name", geo.Text{ZH: "令牌需要名称", EN: "a token needs a name"}, geo.Text{ZH: "写明持有人，至多 200 字节", EN: "Say whose it is, in at most 200 bytes"})
	case access.Rank(role) == 0:
		return t, "", inputErr("role", geo.Textf("没有角色 %q", "there is no role %q", role), geo.Text{ZH: "可用：submitter, reviewer, admin", EN: "Use submitter, reviewer or admin"})
	case !request.CodeForm().MatchString(prefix):
		return t, "", inputErr("prefix", geo.Textf("%q 不是行政区代码", "%q is no administrative code", prefix), geo.Text{ZH: "写行政区代码的前几位数字，空为全部", EN: "Write the first digits of an administrative code; empty is everywhere"})
	case expires != nil && !expires.After(time.Now()):
		return t, "", inputErr("expires", geo.Text{ZH: "有效期已过", EN: "it would be expired already"}, geo.Text{ZH: "请写将来的时间", EN: "Write a time to come"})
	}
	var id [6]byte
	var key [32]byte
	_, _ = rand.Read(id[:]) // never fails
	_, _ = rand.Read(key[:])
	secret = "lc_" + hex.EncodeToString(key[:])
	return store.Token{ID: hex.EncodeToString(id[:]), Name: name, Hash: access.HashToken(secret), Role: role, Prefix: prefix,
		Created: time.Now().UTC().Truncate(time.Microsecond), Expires: expires}, secret, nil
}

// tokenRequest is the body of a request for a token.
type tokenRequest struct {
	Name    string     `json:"name"`
	Role    store.Role `json:"role"`
	Prefix  *string    `json:"prefix"`            // must be said: "" is everywhere
	Expires *string    `json:"expires,omitempty"` // RFC 3339
}

func (o tokenRequest) token() (store.Token, string, error) {
	if o.Prefix == nil {
		return store.Token{}, "", &geo.InputError{Field: "prefix",
			Message: geo.Text{ZH: "没有写行政区代码", EN: "the prefix is missing"},
			Advice:  geo.Text{ZH: "写行政区代码的前几位数字，空为全部", EN: "Write the first digits of an administrative code; empty is everywhere"}}
	}
	if o.Expires == nil {
		return NewToken(o.Name, o.Role, *o.Prefix, nil)
	}
	expires, err := time.Parse(time.RFC3339, *o.Expires)
	if err != nil {
		return store.Token{}, "", &geo.InputError{Field: "expires",
			Message: geo.Textf("%q 不是时间", "%q is not a time", *o.Expires),
			Advice:  geo.Text{ZH: "请写成 2027-12-31T16:00:00Z", EN: "Write it as 2027-12-31T16:00:00Z"}}
	}
	expires = expires.UTC()
	return NewToken(o.Name, o.Role, *o.Prefix, &expires)
}

// newToken is a token with its secret, shown once.
type newToken struct {
	store.Token
	Secret string `json:"secret"`
}

// An administrator of an area rules over the tokens of that area only.
func (s *Server) listTokens(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	all, err := s.Store.ListTokens(c.Request().Context())
	if err != nil {
		return err
	}
	out := request.Page[store.Token]{Items: []store.Token{}}
	for _, t := range all {
		if access.Who(c).Sees(t.Prefix) {
			out.Items = append(out.Items, t)
		}
	}
	return c.JSON(http.StatusOK, out)
}

func (s *Server) createToken(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	if access.Who(c).Address != "" {
		return &problem.Error{Status: http.StatusForbidden, Kind: "forbidden",
			Detail: geo.Text{ZH: "还没有任何令牌，第一个令牌只能用命令行建立", EN: "there is no token yet, and the first is made by the command line only"},
			Advice: geo.Text{ZH: "请在服务器上运行 landcheck token create --role admin --name 姓名（没有数据库时先停止服务，建好后再启动）",
				EN: "Run landcheck token create --role admin --name NAME on the service's machine (without a database: stop the service first and start it again)"}}
	}
	var o tokenRequest
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxCheckRequest))
	if err != nil {
		return broken(err)
	}
	if err := request.IsJSON(c); err != nil {
		return err
	}
	if err := request.DecodeStrict(data, &o); err != nil {
		return err
	}
	t, secret, err := o.token()
	if f, ok := geo.AsInputError(err); ok {
		return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-body", Field: f.Field, Detail: f.Message, Advice: f.Advice}
	}
	if !access.Who(c).Sees(t.Prefix) {
		return &problem.Error{Status: http.StatusForbidden, Kind: "forbidden", Field: "prefix",
			Detail: geo.Textf("您的权限不含 %q", "%q lies outside your area", t.Prefix),
			Advice: geo.Textf("前缀须以 %q 开头", "The prefix begins with %q", access.Who(c).Prefix)}
	}
	if err := s.record(c, "token-create", t.ID, t.Prefix, ""); err != nil { // before: no token that nobody knows of
		return err
	}
	if err := s.Store.AddToken(c.Request().Context(), t); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusCreated, newToken{t, secret})
}

func (s *Server) revokeToken(c echo.Context) error {
	if q := request.Parameters(c); q.Err != nil {
		return q.Err
	}
	all, err := s.Store.ListTokens(c.Request().Context())
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.ID != c.Param("id") || !access.Who(c).Sees(t.Prefix) {
			continue
		}
		if err := s.record(c, "token-revoke", t.ID, t.Prefix, ""); err != nil {
			return err
		}
		if err := s.Store.RevokeToken(c.Request().Context(), t.ID); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	}
	return problem.NotFound(geo.Textf("没有令牌 %q", "there is no token %q", c.Param("id")))
}

// listAudit lists who did what in the caller's area, newest first.
func (s *Server) listAudit(c echo.Context) error {
	q := request.Parameters(c, "county", "after", "limit")
	return request.ListOf(c, q, pageOf(c, q), s.Store.Entries, func(e store.Entry) string { return e.ID }, func(e store.Entry) store.Entry { return e })
}
