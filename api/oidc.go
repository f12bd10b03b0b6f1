package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Issuer verifies JWTs of a bureau's own sign-in service, and signs people in
// there.
type Issuer interface {
	Verify(ctx context.Context, token string) (caller, error)

	begin(redirect string) (address string, a attempt, ok bool)
	finish(ctx context.Context, redirect, code string, a attempt) (token string, in caller, err error)
}

// OIDC is how the service knows its issuer and is known there.
type OIDC struct {
	Issuer   string        // its address
	Audience string        // that tokens must be for
	Client   string        // as which the service signs people in; "" is the audience
	Secret   string        // of the client; "" for a public one
	Timeout  time.Duration // of one request to it; 0 means 10 s
}

type issuer struct {
	verifier *oidc.IDTokenVerifier
	audience string
	client   oauth2.Config
}

// NewIssuer finds an OpenID issuer's keys. Its tokens must be for the audience
// or the client and carry the claims landcheck_role (submitter, reviewer,
// admin) and landcheck_prefix (administrative code, "" everywhere). An issuer
// that cannot be reached is a *geo.Fault.
func NewIssuer(ctx context.Context, c OIDC) (Issuer, error) {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	// Whoever needs the keys waits for one request for them: one that is never
	// answered would be waited for ever after.
	ctx = oidc.ClientContext(ctx, &http.Client{Timeout: c.Timeout})
	p, err := oidc.NewProvider(ctx, c.Issuer)
	if err != nil {
		return nil, &geo.Fault{File: c.Issuer, Err: err,
			Problem: geo.Textf("无法使用这个 OIDC 签发方：%v", "this OIDC issuer cannot be used: %v", err),
			Advice:  geo.Text{ZH: "请检查 --oidc-issuer 的地址和网络", EN: "Check the address given as --oidc-issuer and the network"}}
	}
	if c.Client == "" {
		c.Client = c.Audience
	}
	endpoint := p.Endpoint()
	if c.Secret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams // RFC 6749, 3.2.1: a public client only names itself
	}
	return &issuer{
		verifier: p.Verifier(&oidc.Config{SkipClientIDCheck: true}), // claims looks at the audience: there may be two
		audience: c.Audience,
		client:   oauth2.Config{ClientID: c.Client, ClientSecret: c.Secret, Endpoint: endpoint, Scopes: []string{oidc.ScopeOpenID, "profile"}},
	}, nil
}

// Verify reads who a token is for. A token that does not hold is unauthorized,
// whatever is wrong with it.
func (i *issuer) Verify(ctx context.Context, token string) (caller, error) {
	t, err := i.verified(ctx, token)
	if err != nil {
		return caller{}, err
	}
	if !slices.Contains(t.Audience, i.audience) && !slices.Contains(t.Audience, i.client.ClientID) {
		return caller{}, errNoToken
	}
	in, ok := claimed(t)
	if !ok {
		return caller{}, errNoToken
	}
	return in, nil
}

// verified is a token of the issuer's that is valid now, for whomever.
func (i *issuer) verified(ctx context.Context, token string) (*oidc.IDToken, error) {
	t, err := i.verifier.Verify(ctx, token)
	switch {
	case err != nil && strings.Contains(err.Error(), "fetching keys"): // the library says it in words only
		return nil, unavailable(err)
	case err != nil:
		return nil, errNoToken
	}
	return t, nil
}

// claimed is who a token says its bearer is: without the claim no area, not
// every area.
func claimed(t *oidc.IDToken) (caller, bool) {
	var claims struct {
		Role   store.Role `json:"landcheck_role"`
		Prefix *string    `json:"landcheck_prefix"`
	}
	if err := t.Claims(&claims); err != nil || rank(claims.Role) == 0 || claims.Prefix == nil {
		return caller{}, false
	}
	name := "oidc:" + t.Subject
	return caller{id: name, name: name, role: claims.Role, prefix: *claims.Prefix}, true
}
