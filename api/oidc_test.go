package api_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/oidctest"
	"landcheck/api/store"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

func signed(t testing.TB, alg jose.SignatureAlgorithm, key any, claims map[string]any) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "1"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestOIDC: a JWT of the bureau's issuer gives access with the role and the
// prefix that it claims; one that does not hold does not.
func TestOIDC(t *testing.T) {
	t.Parallel()
	b := oidctest.New(t)
	issuer, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: b.URL, Audience: oidctest.Audience})
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{issuer: issuer, idle: true, bare: true})
	s.get("/v1/me").problem(401, "unauthorized") // an issuer is a lock
	good := signed(t, jose.ES256, b.Key, b.Good())
	var me struct{ Name, Role, Prefix string }
	s.get("/v1/me", token(good)).wants(200).into(&me)
	if me.Name != "oidc:zhang" || me.Role != "reviewer" || me.Prefix != "1501" {
		t.Errorf("%+v", me)
	}
	s.get("/v1/audit", token(good)).wants(200)
	s.get("/v1/tokens", token(good)).problem(403, "forbidden")
	s.upload(replaced(t, samplePlan(t, goodPlan), "format: 1\nproject: {county: \"150123\"}\n"), token(good))
	s.get("/v1/me", token(s.newToken(store.Submitter, ""))).wants(200) // tokens open it too

	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	with := func(name string, value any) string {
		claims := b.Good()
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
		return signed(t, jose.ES256, b.Key, claims)
	}
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	parts := strings.Split(good, ".")
	forged, err := json.Marshal(map[string]any{"iss": b.URL, "aud": oidctest.Audience, "sub": "zhang", "exp": time.Now().Add(time.Hour).Unix(), "landcheck_role": "admin", "landcheck_prefix": ""})
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]string{
		"another audience":         with("aud", "mail"),
		"expired":                  with("exp", time.Now().Add(-time.Hour).Unix()),
		"not yet":                  with("nbf", time.Now().Add(time.Hour).Unix()),
		"no expiry":                with("exp", nil),
		"another issuer":           with("iss", "https://sso.example.cn"),
		"a role that there is not": with("landcheck_role", "root"),
		"no role":                  with("landcheck_role", nil),
		"no prefix":                with("landcheck_prefix", nil),
		"a prefix that is none":    with("landcheck_prefix", 15),
		"another key":              signed(t, jose.ES256, stranger, b.Good()),
		"the public key as secret": signed(t, jose.HS256, []byte("0123456789abcdef0123456789abcdef"), b.Good()),
		"alg none":                 encode(`{"alg":"none","typ":"JWT"}`) + "." + encode(string(forged)) + ".",
		"alg none, old signature":  encode(`{"alg":"none"}`) + "." + encode(string(forged)) + "." + parts[2],
		"other claims":             parts[0] + "." + encode(string(forged)) + "." + parts[2],
		"no JWT":                   "a.b.c",
		"empty parts":              "..",
	} {
		if a := s.get("/v1/me", token(secret)); a.status != 401 {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if log := s.log.String(); strings.Contains(log, parts[1]) || strings.Contains(log, "zhang") {
		t.Error("a token or its subject is in the log")
	}
}

// TestOIDCKeysAway: an issuer that cannot be reached when its keys are needed
// is the service's trouble, not the caller's.
func TestOIDCKeysAway(t *testing.T) {
	t.Parallel()
	b := oidctest.New(t)
	issuer, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: b.URL, Audience: oidctest.Audience})
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{issuer: issuer, idle: true, bare: true})
	secret := signed(t, jose.ES256, b.Key, b.Good())
	b.Close()
	a := s.get("/v1/me", token(secret))
	if a.problem(503, "unavailable"); a.header.Get("Retry-After") == "" {
		t.Errorf("%v", a.header)
	}
	if _, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: b.URL, Audience: oidctest.Audience}); err == nil || !strings.Contains(err.Error(), "--oidc-issuer") {
		t.Errorf("%v", err)
	}
}

// TestOIDCKeysStall: an issuer that took a request for its keys and never
// answered it lets people in again as soon as it answers the next.
func TestOIDCKeysStall(t *testing.T) {
	t.Parallel()
	b := oidctest.New(t)
	hold := make(chan struct{})
	t.Cleanup(func() { close(hold) })
	b.Set(oidctest.Behaviour{Keys: func() { <-hold }})
	issuer, err := api.NewIssuer(t.Context(), api.OIDC{Issuer: b.URL, Audience: oidctest.Audience, Timeout: 4 * time.Second, Pause: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{issuer: issuer, idle: true, bare: true, limits: api.Limits{Timeout: time.Second}})
	secret := signed(t, jose.ES256, b.Key, b.Good())
	s.get("/v1/me", token(secret)).problem(503, "unavailable")
	b.Set(oidctest.Behaviour{})
	for end := time.Now().Add(patience); s.get("/v1/me", token(secret)).status != 200; {
		if time.Now().After(end) {
			t.Fatal("nobody gets in any more")
		}
	}
}
