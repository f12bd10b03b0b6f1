package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"landcheck/api/access"
	"landcheck/api/problem"
	"landcheck/api/store"
	"landcheck/geo"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Issuer verifies JWTs of a bureau's own sign-in service, and signs people in
// there.
type Issuer interface {
	Verify(ctx context.Context, token string) (access.Caller, error)

	begin(redirect string) (address string, a attempt, ok bool)
	finish(ctx context.Context, redirect, code string, a attempt) (token string, in access.Caller, err error)
}

// OIDC is how the service knows its issuer and is known there.
type OIDC struct {
	Issuer   string        // its address
	Audience string        // that tokens must be for
	Client   string        // as which the service signs people in; "" is the audience
	Secret   string        // of the client; "" for a public one
	Timeout  time.Duration // of one request to it; 0 means 10 s
	Pause    time.Duration // between two requests for its keys; 0 means 10 s
}

// goodAlgs are the algorithms by which others cannot sign with what everybody
// knows; none where the issuer names none, which means RS256.
func goodAlgs() []string {
	return []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.EdDSA}
}

type issuer struct {
	verifier *oidc.IDTokenVerifier
	audience string
	client   oauth2.Config
}

// NewIssuer finds an OpenID issuer's keys. Its tokens must be for the audience
// or the client and carry the claims landcheck_role (submitter, reviewer,
// admin) and landcheck_prefix (administrative code, "" everywhere). An issuer
// that cannot be reached is a *geo.InputError.
func NewIssuer(ctx context.Context, c OIDC) (Issuer, error) {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	if c.Pause == 0 {
		c.Pause = 10 * time.Second
	}
	// Whoever needs the keys waits for one request for them: one that is never
	// answered would be waited for ever after.
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: c.Timeout})
	p, err := oidc.NewProvider(ctx, c.Issuer)
	if err != nil {
		return nil, &geo.InputError{File: c.Issuer, Err: err,
			Message: geo.Textf("无法使用这个 OIDC 签发方：%v", "this OIDC issuer cannot be used: %v", err),
			Advice:  geo.Text{ZH: "请检查 --oidc-issuer 的地址和网络", EN: "Check the address given as --oidc-issuer and the network"}}
	}
	var told struct {
		Keys string   `json:"jwks_uri"`
		Algs []string `json:"id_token_signing_alg_values_supported"`
	}
	if err := p.Claims(&told); err != nil {
		return nil, err // the library has read it before
	}
	algs := slices.DeleteFunc(told.Algs, func(a string) bool { return !slices.Contains(goodAlgs(), a) })
	if c.Client == "" {
		c.Client = c.Audience
	}
	endpoint := p.Endpoint()
	if c.Secret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams // RFC 6749, 3.2.1: a public client only names itself
	}
	return &issuer{
		// claims looks at the audience: there may be two
		verifier: oidc.NewVerifier(c.Issuer, newIssuerKeys(ctx, told.Keys, c), &oidc.Config{SkipClientIDCheck: true, SupportedSigningAlgs: algs}),
		audience: c.Audience,
		client:   oauth2.Config{ClientID: c.Client, ClientSecret: c.Secret, Endpoint: endpoint, Scopes: []string{oidc.ScopeOpenID, "profile"}},
	}, nil
}

// Verify reads who a token is for. A token that does not hold is unauthorized,
// whatever is wrong with it.
func (i *issuer) Verify(ctx context.Context, token string) (access.Caller, error) {
	t, err := i.verified(ctx, token)
	if err != nil {
		return access.Caller{}, err
	}
	if !slices.Contains(t.Audience, i.audience) && !slices.Contains(t.Audience, i.client.ClientID) {
		return access.Caller{}, errNoToken
	}
	in, ok := claimed(t)
	if !ok {
		return access.Caller{}, errNoToken
	}
	return in, nil
}

// verified is a token of the issuer's that is valid now, for whomever.
func (i *issuer) verified(ctx context.Context, token string) (*oidc.IDToken, error) {
	trouble := &issuerError{}
	t, err := i.verifier.Verify(context.WithValue(ctx, issuerErrorKey{}, trouble), token)
	switch {
	case trouble.error != nil:
		return nil, problem.Unavailable(trouble.error)
	case err != nil:
		return nil, errNoToken
	}
	return t, nil
}

// claimed is who a token says its bearer is: without the claim no area, not
// every area.
func claimed(t *oidc.IDToken) (access.Caller, bool) {
	var claims struct {
		Role   store.Role `json:"landcheck_role"`
		Prefix *string    `json:"landcheck_prefix"`
	}
	if err := t.Claims(&claims); err != nil || access.Rank(claims.Role) == 0 || claims.Prefix == nil {
		return access.Caller{}, false
	}
	name := "oidc:" + t.Subject
	return access.Caller{ID: name, Name: name, Role: claims.Role, Prefix: *claims.Prefix, Until: t.Expiry}, true
}
