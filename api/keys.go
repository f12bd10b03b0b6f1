package api

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// issuerKeys are an issuer's keys as oidc.RemoteKeySet keeps them, but that a
// flood of tokens of unknown keys, or an issuer that is slow or unavailable, leads to
// one request for them in each pause, and that few wait for it.
type issuerKeys struct {
	remote  *oidc.RemoteKeySet
	fetches *pausedTransport
	waiters chan struct{}
}

// keyWaiters is how many tokens of unknown keys wait for the issuer to tell its
// keys; the others are to come again.
const keyWaiters = 8

func newIssuerKeys(ctx context.Context, address string, c OIDC) *issuerKeys {
	fetches := &pausedTransport{next: http.DefaultTransport, pause: c.Pause, now: time.Now}
	ctx = oidc.ClientContext(ctx, &http.Client{Transport: fetches, Timeout: c.Timeout})
	return &issuerKeys{oidc.NewRemoteKeySet(ctx, address), fetches, make(chan struct{}, keyWaiters)}
}

// issuerError is where VerifySignature says that it is the issuer's fault: the
// verifier that calls it hands on words only.
type issuerError struct{ error }

type issuerErrorKey struct{}

// VerifySignature implements oidc.KeySet.
func (k *issuerKeys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	// Who does not wait is served from the keys that are known; an unknown one
	// sets a request for them off.
	hurried, cancel := context.WithCancel(ctx)
	cancel()
	payload, err := k.remote.VerifySignature(hurried, token)
	if err == nil {
		return payload, nil
	}
	crowded := false
	select {
	case k.waiters <- struct{}{}:
		payload, err = k.remote.VerifySignature(ctx, token)
		<-k.waiters
	default:
		crowded = true
		err = errors.New("others wait for the issuer's keys")
	}
	if err == nil {
		return payload, nil
	}
	if k.fetches.rests() { // others may have fetched them just now
		if payload, again := k.remote.VerifySignature(hurried, token); again == nil {
			return payload, nil
		}
	}
	if trouble, ok := ctx.Value(issuerErrorKey{}).(*issuerError); ok && (crowded || !k.fetches.fresh()) {
		trouble.error = err
	}
	return nil, err
}

// pausedTransport lets one request through in each pause.
type pausedTransport struct {
	next  http.RoundTripper
	pause time.Duration
	now   func() time.Time
	mutex sync.Mutex
	last  time.Time // when the last began
	good  bool      // whether it was answered
}

var errRests = errors.New("the issuer was asked for its keys a moment ago")

// RoundTrip implements http.RoundTripper.
func (p *pausedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mutex.Lock()
	if now := p.now(); now.Sub(p.last) < p.pause {
		p.mutex.Unlock()
		return nil, errRests
	} else {
		p.last, p.good = now, false
	}
	p.mutex.Unlock()
	answer, err := p.next.RoundTrip(r)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.good = err == nil && answer.StatusCode == http.StatusOK
	return answer, err
}

// rests tells whether no request is let through now.
func (p *pausedTransport) rests() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.now().Sub(p.last) < p.pause
}

// fresh tells whether the last request was answered: a key that is not among
// the known ones then is none of the issuer's.
func (p *pausedTransport) fresh() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.good
}
