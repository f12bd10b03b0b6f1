package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/url"
	"slices"
	"strings"

	"landcheck/api/access"
	"landcheck/api/problem"

	"golang.org/x/oauth2"
)

// attempt is what a browser keeps while its user is at the issuer: state ties
// the way back to the browser, nonce the token to the attempt, verifier (PKCE,
// RFC 7636) the code to the service.
type attempt struct{ state, nonce, verifier string }

func (a attempt) String() string { return a.state + "." + a.nonce + "." + a.verifier }

// readAttempt reads what String wrote.
func readAttempt(s string) (attempt, bool) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || slices.Contains(parts, "") {
		return attempt{}, false
	}
	return attempt{parts[0], parts[1], parts[2]}, true
}

// is tells whether a state that came back is the attempt's.
func (a attempt) is(state string) bool {
	return subtle.ConstantTimeCompare([]byte(a.state), []byte(state)) == 1
}

// signInFailure is why a sign-in came to nothing; the page has words for each.
type signInFailure string

const (
	signInDenied      signInFailure = "denied"      // by the user, or to the user
	signInRefused     signInFailure = "refused"     // the issuer does not take the service's request
	signInLost        signInFailure = "lost"        // no such attempt in this browser, or no more
	signInInvalid     signInFailure = "invalid"     // the ID token does not hold
	signInClaims      signInFailure = "claims"      // it does not say what its user may do here
	signInUnreachable signInFailure = "unreachable" // the issuer
	signInBusy        signInFailure = "busy"        // the service
	signInFailed      signInFailure = "failed"      // the service's own fault
)

// signInError is a trouble with its cause, for the log.
type signInError struct {
	failure signInFailure
	cause   error
}

func (e *signInError) Error() string {
	if e.cause == nil {
		return string(e.failure)
	}
	return string(e.failure) + ": " + e.cause.Error()
}

func (e *signInError) Unwrap() error { return e.cause }

// begin makes an attempt and the issuer's address for it. An issuer that only
// signs tokens has none.
func (i *issuer) begin(redirect string) (string, attempt, bool) {
	if i.client.Endpoint.AuthURL == "" || i.client.Endpoint.TokenURL == "" {
		return "", attempt{}, false
	}
	a := attempt{oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier()}
	client := i.client
	client.RedirectURL = redirect
	return client.AuthCodeURL(a.state, oauth2.SetAuthURLParam("nonce", a.nonce), oauth2.S256ChallengeOption(a.verifier)), a, true
}

// finish exchanges a code for an ID token that gives access. What goes wrong
// is a *signInError.
func (i *issuer) finish(ctx context.Context, redirect, code string, a attempt) (string, access.Caller, error) {
	client := i.client
	client.RedirectURL = redirect
	answer, err := client.Exchange(ctx, code, oauth2.VerifierOption(a.verifier))
	if err != nil {
		return "", access.Caller{}, &signInError{exchangeFailure(err), err}
	}
	secret, _ := answer.Extra("id_token").(string)
	if secret == "" {
		return "", access.Caller{}, &signInError{signInInvalid, errors.New("the issuer sent no ID token")}
	}
	t, err := i.verified(ctx, secret)
	var p *problem.Error
	switch {
	case errors.As(err, &p) && p.Kind == "unavailable":
		return "", access.Caller{}, &signInError{signInUnreachable, err}
	case err != nil:
		return "", access.Caller{}, &signInError{signInInvalid, err}
	case !slices.Contains(t.Audience, i.client.ClientID):
		return "", access.Caller{}, &signInError{signInInvalid, errors.New("the ID token is for another client")}
	case subtle.ConstantTimeCompare([]byte(t.Nonce), []byte(a.nonce)) != 1:
		return "", access.Caller{}, &signInError{signInInvalid, errors.New("the ID token is of another attempt")}
	}
	in, ok := claimed(t)
	if !ok {
		return "", access.Caller{}, &signInError{signInClaims, errors.New("landcheck_role or landcheck_prefix is missing or no such thing")}
	}
	return secret, in, nil
}

// exchangeFailure tells an issuer that says no from one that says nothing.
func exchangeFailure(err error) signInFailure {
	var said *oauth2.RetrieveError
	var network *url.Error
	switch {
	case errors.As(err, &said) && said.Response.StatusCode < 500:
		return signInRefused
	case errors.As(err, &said), errors.As(err, &network), errors.Is(err, context.DeadlineExceeded):
		return signInUnreachable
	}
	return signInInvalid
}
