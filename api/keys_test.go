package api_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"landcheck/api"
	"landcheck/api/oidctest"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// named is a JWT of a key that calls itself something.
func named(t *testing.T, b *oidctest.Issuer, kid string, subject string) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: b.Key}, (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", kid))
	if err != nil {
		t.Fatal(err)
	}
	claims := b.Good()
	claims["sub"] = subject
	out, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// issued is a service of an issuer that counts how often it is asked for keys.
func issued(t *testing.T, o api.OIDC) (*service, *oidctest.Issuer, *atomic.Int32) {
	t.Helper()
	b := oidctest.New(t)
	var asked atomic.Int32
	b.Set(oidctest.Behaviour{Keys: func() { asked.Add(1) }})
	o.Issuer, o.Audience = b.URL, oidctest.Audience
	issuer, err := api.NewIssuer(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, "embedded", setup{issuer: issuer, idle: true, bare: true, limits: api.Limits{WrongTokens: 1 << 20}}), b, &asked
}

// TestUnknownKeys: a flood of tokens of keys that the issuer does not have, and
// of forged ones of a key that it has, asks it once; who holds a good one goes on.
func TestUnknownKeys(t *testing.T) {
	s, b, asked := issued(t, api.OIDC{Pause: time.Hour})
	good := named(t, b, "1", "zhang")
	s.get("/v1/me", token(good)).wants(200)
	for n := range 100 {
		s.get("/v1/me", token(named(t, b, fmt.Sprint("k", n), "zhang"))).problem(401, "unauthorized")
	}
	forged := named(t, oidctest.New(t), "1", "zhang")
	s.get("/v1/me", token(forged)).problem(401, "unauthorized")
	s.get("/v1/me", token(named(t, b, "1", "li"))).wants(200)
	if n := asked.Load(); n != 1 {
		t.Errorf("the issuer was asked %d times", n)
	}
}

// TestNewKey: a key that the issuer has taken up since is found after a pause.
func TestNewKey(t *testing.T) {
	s, b, asked := issued(t, api.OIDC{Pause: time.Millisecond})
	good := named(t, b, "1", "zhang")
	s.get("/v1/me", token(good)).wants(200)
	next := oidctest.New(t)
	b.Set(oidctest.Behaviour{Keys: func() { asked.Add(1) }, Key: next.Key})
	fresh := b.Good()
	s.until(200, func() *answer { return s.get("/v1/me", token(signed(t, jose.ES256, next.Key, fresh))) })
}

// TestSlowIssuer: while an issuer does not answer, tokens of known keys are let
// in at once, and few wait for it; the others are told to come again. There is no
// pause, within which an unknown key is none of the issuer's.
func TestSlowIssuer(t *testing.T) {
	s, b, asked := issued(t, api.OIDC{Pause: time.Nanosecond, Timeout: patience})
	good := named(t, b, "1", "zhang")
	s.get("/v1/me", token(good)).wants(200)
	hold, begun := make(chan struct{}), make(chan struct{})
	release := sync.OnceFunc(func() { close(hold) })
	defer release()
	b.Set(oidctest.Behaviour{Keys: sync.OnceFunc(func() { asked.Add(1); close(begun); <-hold })})
	var flood sync.WaitGroup
	var refused atomic.Int32
	for n := range 40 {
		secret := named(t, b, fmt.Sprint("k", n), "zhang")
		flood.Go(func() {
			if a := s.get("/v1/me", token(secret)); a.status == 503 && a.header.Get("Retry-After") != "" {
				refused.Add(1)
			}
		})
	}
	<-begun
	for range 20 {
		s.get("/v1/me", token(good)).wants(200)
	}
	for end := time.Now().Add(patience); refused.Load() < 32; time.Sleep(5 * time.Millisecond) { // all but those who wait
		if time.Now().After(end) {
			t.Fatalf("%d are told to come again", refused.Load())
		}
	}
	if n := asked.Load(); n != 2 {
		t.Errorf("the issuer was asked %d times", n)
	}
	release()
	flood.Wait()
}
