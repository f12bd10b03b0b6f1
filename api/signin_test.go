package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/oidctest"
	"landcheck/api/store"
)

// visitor is a browser: it keeps cookies and stops at each redirect.
type visitor struct {
	*service
	http *http.Client
}

func (s *service) visitor() *visitor {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client := *s.client
	client.Jar = jar
	return &visitor{s, &client}
}

// open goes to an address and gives where it leads to, "" for nowhere.
func (v *visitor) open(address string) *http.Response {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, address, nil)
	if err != nil {
		v.Fatal(err)
	}
	client := v.http
	if !strings.HasPrefix(address, v.url) { // the issuer's answers are not in the description
		client = &http.Client{CheckRedirect: client.CheckRedirect}
	}
	a, err := client.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	a.Body.Close()
	return a
}

// away begins a sign-in and gives the address that the issuer sends back to.
func (v *visitor) away() string {
	v.Helper()
	to := v.open(v.url + "/sign-in").Header.Get("Location")
	back := v.open(to)
	if back.StatusCode != http.StatusFound {
		v.Fatalf("the issuer answers %d to %s", back.StatusCode, to)
	}
	return back.Header.Get("Location")
}

// ends is where a sign-in leads to.
func (v *visitor) ends() string {
	v.Helper()
	return v.open(v.away()).Header.Get("Location")
}

// bureau is a service with an issuer that people sign in at.
func bureau(t *testing.T, o setup, c api.OIDC) (*service, *oidctest.Issuer) {
	t.Helper()
	b := oidctest.New(t)
	c.Issuer, c.Audience, c.Client = b.URL, oidctest.Audience, oidctest.Client
	if c.Secret == "" {
		c.Secret = oidctest.Secret
	}
	issuer, err := api.NewIssuer(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	o.issuer, o.idle, o.bare = issuer, true, true
	return serve(t, "embedded", o), b
}

// TestSignIn: a browser goes to the issuer and comes back with a token that
// gives access; neither the log nor a cookie keeps it.
func TestSignIn(t *testing.T) {
	s, b := bureau(t, setup{}, api.OIDC{})
	v := s.visitor()
	var ways struct{ OIDC bool }
	if s.get("/sign-in/ways").wants(200).into(&ways); !ways.OIDC {
		t.Error("no way to sign in")
	}
	back := v.away()
	if !strings.HasPrefix(back, s.url+"/sign-in/return?") {
		t.Fatalf("the issuer sends browsers to %s", back)
	}
	landed := v.open(back)
	secret, ok := strings.CutPrefix(landed.Header.Get("Location"), "/#/signed-in/")
	if landed.StatusCode != http.StatusSeeOther || !ok {
		t.Fatalf("%d %v", landed.StatusCode, landed.Header)
	}
	var me struct{ Name, Role, Prefix string }
	s.get("/v1/me", token(secret)).wants(200).into(&me)
	if me.Name != "oidc:zhang" || me.Role != "reviewer" || me.Prefix != "1501" {
		t.Errorf("%+v", me)
	}
	entries := pages[store.Entry](s, "/v1/audit", token(secret))
	if len(entries) != 1 || entries[0].What != "sign-in" || entries[0].Who != "oidc:zhang" || entries[0].Request != landed.Header.Get("X-Request-Id") {
		t.Errorf("%+v", entries)
	}
	if again := v.open(back).Header.Get("Location"); again != "/#/sign-in-failed/lost" {
		t.Errorf("a second time the same way leads to %s", again)
	}
	if log := s.log.String(); strings.Contains(log, secret) || strings.Contains(log, "zhang") || strings.Contains(log, "code=") {
		t.Error("a token, a code or its subject is in the log")
	}
	// The issuer's token for another client does not open it.
	claims := b.Good()
	claims["aud"] = "mail"
	other, err := b.Sign(claims)
	if err != nil {
		t.Fatal(err)
	}
	s.get("/v1/me", token(other)).problem(401, "unauthorized")
}

// TestSignInFails: whatever goes wrong between a browser, the service and the
// issuer, the browser lands on the page, which can say what.
func TestSignInFails(t *testing.T) {
	s, b := bureau(t, setup{}, api.OIDC{})
	claim := func(name string, value any) oidctest.Behaviour {
		return oidctest.Behaviour{Claims: func(claims map[string]any) {
			if claims[name] = value; value == nil {
				delete(claims, name)
			}
		}}
	}
	for name, c := range map[string]struct {
		behaviour oidctest.Behaviour
		want      string
	}{
		"good":                     {oidctest.Behaviour{}, ""},
		"denied":                   {oidctest.Behaviour{Deny: "access_denied"}, "denied"},
		"an unknown scope":         {oidctest.Behaviour{Deny: "invalid_scope"}, "refused"},
		"a bad day":                {oidctest.Behaviour{Deny: "temporarily_unavailable"}, "unreachable"},
		"the code is refused":      {oidctest.Behaviour{Status: 400}, "refused"},
		"the token endpoint fails": {oidctest.Behaviour{Status: 502}, "unreachable"},
		"no ID token":              {oidctest.Behaviour{Claims: func(claims map[string]any) { clear(claims) }}, "invalid"},
		"another attempt's nonce":  {claim("nonce", "another"), "invalid"},
		"no nonce":                 {claim("nonce", nil), "invalid"},
		"another client":           {claim("aud", oidctest.Audience), "invalid"},
		"another issuer":           {claim("iss", "https://sso.example.cn"), "invalid"},
		"expired":                  {claim("exp", time.Now().Add(-time.Hour).Unix()), "invalid"},
		"no role":                  {claim("landcheck_role", nil), "claims"},
		"a role that there is not": {claim("landcheck_role", "root"), "claims"},
		"no prefix":                {claim("landcheck_prefix", nil), "claims"},
	} {
		b.Set(c.behaviour)
		got := s.visitor().ends()
		if c.want == "" && !strings.HasPrefix(got, "/#/signed-in/") || c.want != "" && got != "/#/sign-in-failed/"+c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	b.Set(oidctest.Behaviour{})
	v := s.visitor()
	back, err := url.Parse(v.away())
	if err != nil {
		t.Fatal(err)
	}
	if got := s.visitor().open(back.String()).Header.Get("Location"); got != "/#/sign-in-failed/lost" {
		t.Errorf("another browser: %s", got)
	}
	for name, change := range map[string]func(url.Values){
		"another state": func(q url.Values) { q.Set("state", "another") },
		"no state":      func(q url.Values) { q.Del("state") },
		"a place to go": func(q url.Values) { q.Set("next", "https://evil.example"); q.Set("state", "//evil.example") },
	} {
		v := s.visitor()
		v.away()
		q := back.Query()
		change(q)
		if got := v.open(s.url + "/sign-in/return?" + q.Encode()).Header.Get("Location"); got != "/#/sign-in-failed/lost" {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, cookie := range []string{"", ".", "..", "a.b", "a.b.c.d", "...."} {
		if got := s.get("/sign-in/return?state=", with("Cookie", "landcheck-sign-in="+cookie)).wants(303).header.Get("Location"); got != "/#/sign-in-failed/lost" {
			t.Errorf("the cookie %q: %s", cookie, got)
		}
	}
	v = s.visitor()
	address := v.away()
	b.Close()
	if got := v.open(address).Header.Get("Location"); got != "/#/sign-in-failed/unreachable" {
		t.Errorf("the issuer is unavailable: %s", got)
	}
}

// TestSignInSecret: a service that the issuer does not know is refused.
func TestSignInSecret(t *testing.T) {
	s, _ := bureau(t, setup{}, api.OIDC{Secret: "another"})
	if got := s.visitor().ends(); got != "/#/sign-in-failed/refused" {
		t.Error(got)
	}
}

// TestSignInBusy: the trail that takes no entry and the service that has no
// room end on the page too.
func TestSignInBusy(t *testing.T) {
	m := &faultyStore{}
	s, b := bureau(t, setup{limits: api.Limits{Requests: 1}, wrap: func(st store.Store) store.Store { m.Store = st; return m }}, api.OIDC{})
	m.set(func(_ context.Context, method string) error {
		if method == "Record" {
			return errors.New("the trail is full")
		}
		return nil
	})
	if got := s.visitor().ends(); got != "/#/sign-in-failed/failed" {
		t.Errorf("unrecorded: %s", got)
	}
	m.set(nil)
	begun, hold := make(chan struct{}), make(chan struct{})
	b.Set(oidctest.Behaviour{Answer: sync.OnceFunc(func() { close(begun); <-hold })})
	first, second := s.visitor(), s.visitor()
	back, also := first.away(), second.away()
	var held sync.WaitGroup
	held.Go(func() { first.open(back) })
	<-begun
	if got := second.open(also).Header.Get("Location"); got != "/#/sign-in-failed/busy" {
		t.Errorf("busy: %s", got)
	}
	close(hold)
	held.Wait()
}

// TestSignInWhere: browsers are sent back to the public address; without one
// only those of this machine may go.
func TestSignInWhere(t *testing.T) {
	t.Parallel()
	none := serve(t, "embedded", setup{idle: true, bare: true})
	s, _ := bureau(t, setup{}, api.OIDC{})
	public, _ := bureau(t, setup{public: "https://plans.example.cn/"}, api.OIDC{})
	host := func(name string) call { return func(r *http.Request) { r.Host = name } }
	for name, c := range map[string]struct {
		s    *service
		as   call
		back string // "": there is no sign-in
	}{
		"no issuer":         {none, host("127.0.0.1"), ""},
		"this machine":      {s, host("localhost:8080"), "http://localhost:8080/sign-in/return"},
		"another host":      {s, host("plans.example.cn"), ""},
		"by way of a proxy": {s, with("X-Forwarded-For", "10.0.0.7"), ""},
		"a name in a name":  {s, host("localhost:x@evil.example"), ""},
		"public":            {public, host("10.0.0.7:8080"), "https://plans.example.cn/sign-in/return"},
		"public, from here": {public, host("localhost"), "https://plans.example.cn/sign-in/return"},
	} {
		c.s.visitor() // redirects are not followed
		a := c.s.get("/sign-in", c.as)
		var ways struct{ OIDC bool }
		c.s.get("/sign-in/ways", c.as).wants(200).into(&ways)
		if ways.OIDC != (c.back != "") {
			t.Errorf("%s: ways %v", name, ways)
		}
		if c.back == "" {
			if a.problem(404, "not-found").Advice == "" || a.header.Get("Set-Cookie") != "" {
				t.Errorf("%s: %s %v", name, a.body, a.header)
			}
			continue
		}
		to, err := url.Parse(a.wants(303).header.Get("Location"))
		if err != nil || to.Query().Get("redirect_uri") != c.back {
			t.Errorf("%s: %v %v", name, to, err)
		}
		cookie := a.header.Get("Set-Cookie")
		if strings.Contains(cookie, "Secure") != (c.s == public) || !strings.Contains(cookie, "SameSite=Lax") || !strings.Contains(cookie, "Max-Age=600") {
			t.Errorf("%s: %s", name, cookie)
		}
	}
	none.get("/sign-in/return").problem(404, "not-found")
	if got := s.get("/sign-in/return", host("plans.example.cn")).wants(303).header.Get("Location"); got != "/#/sign-in-failed/lost" {
		t.Error(got)
	}
}
