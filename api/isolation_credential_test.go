package api_test

import (
	"net/http"
	"strings"
	"testing"

	"landcheck/api"
	"landcheck/api/oidctest"
	"landcheck/api/store"
)

// credential is a way in which a caller is let in.
type credential string

const (
	byToken  credential = "token"
	byJWT    credential = "JWT"     // of an issuer, as programs bring it
	bySignIn credential = "sign-in" // with a browser
)

var credentials = []credential{byToken, byJWT, bySignIn}

// issuer gives a service the issuer that a credential takes; nil for none.
func (c credential) issuer(t *testing.T, o *setup) *oidctest.Issuer {
	t.Helper()
	if c == byToken {
		return nil
	}
	b := oidctest.New(t)
	issuer, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: b.URL, Audience: oidctest.Audience, Client: oidctest.Client, Secret: oidctest.Secret})
	if err != nil {
		t.Fatal(err)
	}
	o.issuer = issuer
	return b
}

// secret lets a caller in.
func (c credential) secret(s *service, b *oidctest.Issuer, role store.Role, prefix string) string {
	s.Helper()
	claim := func(claims map[string]any) {
		claims["landcheck_role"], claims["landcheck_prefix"] = string(role), prefix
	}
	switch c {
	case byJWT:
		s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		claims := b.Good()
		claim(claims)
		secret, err := b.Sign(claims)
		if err != nil {
			s.Fatal(err)
		}
		return secret
	case bySignIn:
		b.Set(oidctest.Behaviour{Claims: claim})
		to := s.visitor().ends()
		secret, ok := strings.CutPrefix(to, "/#/signed-in/")
		if !ok {
			s.Fatalf("signing in leads to %s", to)
		}
		return secret
	}
	return s.newToken(role, prefix)
}
