package api_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/store"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// bureau is an issuer of JWTs.
type bureau struct {
	*httptest.Server
	key *ecdsa.PrivateKey
}

const audience = "landcheck"

func newBureau(t testing.TB) *bureau {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &bureau{key: key}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"issuer": b.URL, "jwks_uri": b.URL + "/keys", "authorization_endpoint": b.URL + "/auth",
			"token_endpoint": b.URL + "/token", "id_token_signing_alg_values_supported": []string{"ES256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	})
	b.Server = httptest.NewServer(mux)
	t.Cleanup(b.Close)
	return b
}

// claims are good ones.
func (b *bureau) claims() map[string]any {
	return map[string]any{"iss": b.URL, "aud": audience, "sub": "zhang", "exp": time.Now().Add(time.Hour).Unix(),
		"iat": time.Now().Unix(), "landcheck_role": "reviewer", "landcheck_prefix": "1501"}
}

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

// TestOIDC: a JWT of the bureau's issuer opens the door with the role and the
// prefix that it claims; one that does not hold does not.
func TestOIDC(t *testing.T) {
	b := newBureau(t)
	issuer, err := api.NewIssuer(t.Context(), b.URL, audience)
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{issuer: issuer, idle: true, bare: true})
	s.get("/v1/me").problem(401, "unauthorized") // an issuer is a lock
	good := signed(t, jose.ES256, b.key, b.claims())
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
		claims := b.claims()
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
		return signed(t, jose.ES256, b.key, claims)
	}
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	parts := strings.Split(good, ".")
	forged, err := json.Marshal(map[string]any{"iss": b.URL, "aud": audience, "sub": "zhang", "exp": time.Now().Add(time.Hour).Unix(), "landcheck_role": "admin", "landcheck_prefix": ""})
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
		"another key":              signed(t, jose.ES256, stranger, b.claims()),
		"the public key as secret": signed(t, jose.HS256, []byte("0123456789abcdef0123456789abcdef"), b.claims()),
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
	b := newBureau(t)
	issuer, err := api.NewIssuer(t.Context(), b.URL, audience)
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "embedded", setup{issuer: issuer, idle: true, bare: true})
	secret := signed(t, jose.ES256, b.key, b.claims())
	b.Close()
	a := s.get("/v1/me", token(secret))
	if a.problem(503, "unavailable"); a.header.Get("Retry-After") == "" {
		t.Errorf("%v", a.header)
	}
	if _, err := api.NewIssuer(t.Context(), b.URL, audience); err == nil || !strings.Contains(err.Error(), "--oidc-issuer") {
		t.Errorf("%v", err)
	}
}
