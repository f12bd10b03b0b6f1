package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// client speaks for one token.
type client struct {
	service    *service
	invariants *invariants
	token      string
	http       *http.Client
}

func newClient(s *service, p *invariants, token string) *client {
	return &client{service: s, invariants: p, token: token, http: &http.Client{
		Timeout: 3 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("%w in %.200s", err, a.body)
	}
	return nil
}

// ask sends a request of a kind, with headers in pairs, and counts its answer.
// Who is told that there is too much waits as long as is said, and comes back.
func (c *client) ask(ctx context.Context, kind, method, path string, body []byte, headers ...string) (answer, error) {
	for {
		a, err := c.once(ctx, kind, method, path, body, headers...)
		if err != nil || a.status != http.StatusTooManyRequests {
			return a, err
		}
		wait, _ := time.ParseDuration(a.header.Get("Retry-After") + "s")
		select {
		case <-time.After(max(wait, time.Second)):
		case <-ctx.Done():
			return a, ctx.Err()
		}
	}
}

func (c *client) once(ctx context.Context, kind, method, path string, body []byte, headers ...string) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.service.base+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	began := time.Now()
	res, err := c.http.Do(req)
	if err != nil {
		if ctx.Err() == nil {
			c.invariants.violated("%s %s: %v", method, kind, err)
		}
		return answer{}, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil && ctx.Err() == nil {
		c.invariants.violated("%s %s: %s, then %v", method, kind, res.Status, err)
	}
	c.invariants.answered(kind, res.StatusCode, time.Since(began))
	if res.StatusCode >= 500 {
		c.invariants.violated("%s %s: %s: %.300s", method, path, res.Status, data)
	}
	return answer{res.StatusCode, res.Header, data}, err
}

// errRefused is an answer that ends a visit: what was sent is not taken.
var errRefused = errors.New("refused")

// upload sends a package and gives the plan's id.
func (c *client) upload(ctx context.Context, data []byte) (string, error) {
	a, err := c.ask(ctx, "upload", "POST", "/v1/plans", data, "Content-Type", "application/zip")
	if err != nil {
		return "", err
	}
	if a.status >= 300 {
		return "", errRefused
	}
	var plan struct{ ID string }
	return plan.ID, a.into(&plan)
}

// checkState is a check as the service shows it.
type checkState struct {
	ID, State string
	Problem   *struct{ Fault bool }
}

func (k checkState) ended() bool {
	return k.State == "done" || k.State == "failed" || k.State == "cancelled"
}

// check has a plan checked and waits for the end.
func (c *client) check(ctx context.Context, plan string) (k checkState, err error) {
	a, err := c.ask(ctx, "check", "POST", "/v1/plans/"+plan+"/checks", []byte("{}"), "Content-Type", "application/json", "Prefer", "wait=30")
	if err != nil {
		return k, err
	}
	if a.status >= 300 {
		return k, errRefused
	}
	if err := a.into(&k); err != nil {
		return k, err
	}
	for !k.ended() {
		select {
		case <-time.After(200 * time.Millisecond):
		case <-ctx.Done():
			return k, ctx.Err()
		}
		if a, err = c.ask(ctx, "check state", "GET", "/v1/checks/"+k.ID, nil); err != nil {
			return k, err
		}
		if a.status == http.StatusNotFound { // another client has deleted its plan
			return k, errRefused
		}
		if err := a.into(&k); err != nil {
			return k, err
		}
	}
	if k.State == "failed" && (k.Problem == nil || !k.Problem.Fault) {
		c.invariants.violated("check %s failed, and not by its input", k.ID)
	}
	return k, nil
}
