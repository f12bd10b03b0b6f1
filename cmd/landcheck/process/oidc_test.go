package process

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// TestOIDC: with an issuer access is given to its tokens and to no one else, on
// this machine either. Browsers are sent there in the client's name, and back
// to the public address.
func TestOIDC(t *testing.T) {
	t.Parallel()
	key := must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048))
	var issuer *httptest.Server
	issuer = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		var v any = map[string]any{"issuer": issuer.URL, "jwks_uri": issuer.URL + "/keys", "authorization_endpoint": issuer.URL + "/auth",
			"token_endpoint": issuer.URL + "/token", "id_token_signing_alg_values_supported": []string{"RS256"}}
		switch r.URL.Path {
		case "/auth": // says what it was asked
			v = r.URL.Query()
		case "/keys":
			v = jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "1", Algorithm: "RS256", Use: "sig"}}}
		}
		_ = json.NewEncoder(w).Encode(v)
	}))
	defer issuer.Close()
	signer := must[jose.Signer](t)(jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key},
		(&jose.SignerOptions{}).WithHeader("kid", "1")))
	sign := func(audience string, prefix any) []string {
		claims := map[string]any{"landcheck_role": "submitter"}
		if prefix != nil {
			claims["landcheck_prefix"] = prefix
		}
		token := must[string](t)(jwt.Signed(signer).Claims(jwt.Claims{Issuer: issuer.URL, Subject: "wang", Audience: jwt.Audience{audience},
			Expiry: jwt.NewNumericDate(time.Now().Add(time.Hour))}).Claims(claims).Serialize())
		return []string{"Authorization", "Bearer " + token}
	}
	p := start(t, "serve", "--base", base(t), "--listen", "127.0.0.1:0", "--oidc-issuer", issuer.URL, "--oidc-audience", "landcheck",
		"--oidc-client", "landcheck-web", "--oidc-secret", "s", "--public-url", "https://plans.example.cn")
	at := p.upload(plan(t, "01-compliant"), sign("landcheck", "1501")...)
	for name, want := range map[string]struct {
		header []string
		status int
	}{
		"its area":         {sign("landcheck", "150123"), http.StatusOK},
		"another area":     {sign("landcheck", "22"), http.StatusNotFound},
		"another audience": {sign("other", "1501"), http.StatusUnauthorized},
		"no area":          {sign("landcheck", nil), http.StatusUnauthorized},
		"no token":         {nil, http.StatusUnauthorized},
	} {
		if a := p.ask("GET", at, nil, want.header...); a.status != want.status {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	var asked map[string][]string
	if err := json.Unmarshal(p.get("/sign-in"), &asked); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(asked["client_id"], asked["redirect_uri"]); got != "[landcheck-web] [https://plans.example.cn/sign-in/return]" {
		t.Error(got)
	}
}

// TestOIDCSilent: who stops a service that waits for an answer of its issuer
// need not wait for that.
func TestOIDCSilent(t *testing.T) {
	t.Parallel()
	l := must[net.Listener](t)(net.Listen("tcp", "127.0.0.1:0"))
	defer l.Close()
	cmd := command(t, "serve", "--listen", "127.0.0.1:0", "--oidc-issuer", "http://"+l.Addr().String(), "--oidc-audience", "landcheck")
	p := &process{t: t, cmd: cmd, ended: make(chan struct{})}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	defer cmd.Process.Kill()
	conn := must[net.Conn](t)(l.Accept()) // it asks, and is told nothing
	defer conn.Close()
	p.signal(syscall.SIGTERM)
	p.wait(patience)
}
