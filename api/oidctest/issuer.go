// Package oidctest is an OpenID issuer on this machine, for tests: it signs
// tokens and lets people in by authorization code with PKCE.
package oidctest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"golang.org/x/oauth2"
)

// The client and the audience that an issuer knows.
const (
	Audience = "landcheck"
	Client   = "landcheck-web"
	Secret   = "p&ss wörd"
)

// Issuer is one whose only user has signed in there already.
type Issuer struct {
	*httptest.Server
	Key *ecdsa.PrivateKey

	mutex     sync.Mutex
	behaviour Behaviour
	orders    map[string]url.Values // by code: what the browser brought
}

// Behaviour is how an issuer differs from a good one.
type Behaviour struct {
	Deny   string                      // error it sends browsers back with
	Status int                         // of its token endpoint
	Claims func(claims map[string]any) // changes what it signs
	Answer func()                      // before the token endpoint answers
	Keys   func()                      // before its keys are told
	Key    *ecdsa.PrivateKey           // that it has instead of its own
}

// New starts an issuer, which ends with the test.
func New(t testing.TB) *Issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i := &Issuer{Key: key, orders: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, map[string]any{"issuer": i.URL, "jwks_uri": i.URL + "/keys", "authorization_endpoint": i.URL + "/auth",
			"token_endpoint": i.URL + "/token", "id_token_signing_alg_values_supported": []string{"ES256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, r *http.Request) {
		i.mutex.Lock()
		behaviour := i.behaviour
		i.mutex.Unlock()
		if behaviour.Keys != nil {
			behaviour.Keys()
		}
		own := key
		if behaviour.Key != nil {
			own = behaviour.Key
		}
		answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: own.Public(), KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	})
	mux.HandleFunc("GET /auth", i.authorize)
	mux.HandleFunc("POST /token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

// Set gives it a behaviour.
func (i *Issuer) Set(m Behaviour) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	i.behaviour = m
}

// Good is claims that are accepted.
func (i *Issuer) Good() map[string]any {
	return map[string]any{"iss": i.URL, "aud": Audience, "sub": "zhang", "exp": time.Now().Add(time.Hour).Unix(),
		"iat": time.Now().Unix(), "landcheck_role": "reviewer", "landcheck_prefix": "1501"}
}

// Sign makes a token of claims.
func (i *Issuer) Sign(claims map[string]any) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: i.Key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "1"))
	if err != nil {
		return "", err
	}
	return jwt.Signed(signer).Claims(claims).Serialize()
}

// authorize sends the browser back at once, as RFC 6749, 4.1.1 and RFC 7636
// have it.
func (i *Issuer) authorize(w http.ResponseWriter, r *http.Request) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Host == "" || q.Get("client_id") != Client || q.Get("response_type") != "code" || q.Get("state") == "" ||
		q.Get("nonce") == "" || q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256" || q.Get("scope") != "openid profile" {
		http.Error(w, "this is no authorization request: "+r.URL.RawQuery, http.StatusBadRequest)
		return
	}
	said := url.Values{"state": {q.Get("state")}}
	if i.behaviour.Deny != "" {
		said.Set("error", i.behaviour.Deny)
	} else {
		code := rand.Text()
		i.orders[code] = q
		said.Set("code", code)
	}
	back.RawQuery = said.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// token gives an ID token for a code, once, to the client that asked for it.
func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mutex.Lock()
	behaviour := i.behaviour
	order := i.orders[r.PostFormValue("code")]
	delete(i.orders, r.PostFormValue("code"))
	i.mutex.Unlock()
	if behaviour.Answer != nil {
		behaviour.Answer()
	}
	id, secret, _ := r.BasicAuth() // both are escaped: RFC 6749, 2.3.1
	switch {
	case behaviour.Status != 0:
		answer(w, behaviour.Status, map[string]any{"error": "server_error"})
		return
	case id != Client || secret != url.QueryEscape(Secret):
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	case order == nil || r.PostFormValue("redirect_uri") != order.Get("redirect_uri") ||
		oauth2.S256ChallengeFromVerifier(r.PostFormValue("code_verifier")) != order.Get("code_challenge"):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := i.Good()
	claims["aud"], claims["nonce"] = Client, order.Get("nonce")
	if behaviour.Claims != nil {
		behaviour.Claims(claims)
	}
	said := map[string]any{"access_token": "opaque", "token_type": "Bearer"}
	if len(claims) > 0 {
		token, err := i.Sign(claims)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		said["id_token"] = token
	}
	answer(w, http.StatusOK, said)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the caller has gone
}
