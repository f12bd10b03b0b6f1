package api

import (
	"context"
	"fmt"
	"strings"

	"landcheck/api/store"
	"landcheck/geo"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Issuer verifies JWTs of a bureau's own sign-in service.
type Issuer interface {
	Verify(ctx context.Context, token string) (caller, error)
}

type issuer struct{ verifier *oidc.IDTokenVerifier }

// NewIssuer finds an OpenID issuer's keys. Its tokens must be for the audience
// and carry the claims landcheck_role (submitter, reviewer, admin) and
// landcheck_prefix (administrative code, "" everywhere). An issuer that cannot
// be reached is a *geo.Fault. ctx carries the HTTP client and must live on.
func NewIssuer(ctx context.Context, url, audience string) (Issuer, error) {
	p, err := oidc.NewProvider(ctx, url)
	if err != nil {
		return nil, &geo.Fault{File: url, Err: err,
			Problem: geo.Textf("无法使用这个 OIDC 签发方：%v", "this OIDC issuer cannot be used: %v", err),
			Advice:  geo.Text{ZH: "请检查 --oidc-issuer 的地址和网络", EN: "Check the address given as --oidc-issuer and the network"}}
	}
	return &issuer{p.Verifier(&oidc.Config{ClientID: audience})}, nil
}

// Verify reads who a token is for. A token that does not hold is unauthorized,
// whatever is wrong with it.
func (i *issuer) Verify(ctx context.Context, token string) (caller, error) {
	t, err := i.verifier.Verify(ctx, token)
	switch {
	case err != nil && strings.Contains(err.Error(), "fetching keys"): // the library says it in words only
		return caller{}, unavailable(err)
	case err != nil:
		return caller{}, errNoToken
	}
	var claims struct {
		Role   store.Role `json:"landcheck_role"`
		Prefix *string    `json:"landcheck_prefix"`
	}
	if err := t.Claims(&claims); err != nil || rank(claims.Role) == 0 || claims.Prefix == nil {
		return caller{}, errNoToken // without the claim: no area, not every area
	}
	return caller{name: fmt.Sprintf("oidc:%s", t.Subject), role: claims.Role, prefix: *claims.Prefix}, nil
}
