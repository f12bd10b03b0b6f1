package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/geo/transient"

	"pgregory.net/rapid"
)

// secrets is what no answer may tell: parts of addresses and paths, none of which
// could stand in a random id by chance.
var secrets = []string{"db7.bureau.example", "10.0.0.7", ":5433", "clerk", "hunter2", "landbase", "/srv/", "select", "SQLSTATE", "57P", "inside.sql"}

// saying is a database's answer, with all that servers and drivers tell.
type saying string

func (s saying) Error() string {
	return "failed to connect to `user=clerk database=landbase`: db7.bureau.example:5433 (10.0.0.7): FATAL: password hunter2 in select inside.sql (SQLSTATE " + string(s) + ")"
}

func (s saying) SQLState() string { return string(s) }

// unavailable is some transient error, in some wrapping.
var unavailable = rapid.Custom(func(t *rapid.T) error {
	path := "/srv/landcheck/data/plans/x"
	err := rapid.SampledFrom([]error{
		saying("57P01"), saying("57P03"), saying("53300"), saying("53100"), saying("08006"), saying("40001"), saying("25006"), saying("58030"), saying("42501"),
		&fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}, &fs.PathError{Op: "open", Path: path, Err: syscall.EMFILE},
		&fs.PathError{Op: "open", Path: path, Err: syscall.EIO}, &fs.PathError{Op: "mkdir", Path: path, Err: syscall.EROFS},
		transient.Mark(fmt.Errorf("conn closed by db7.bureau.example")), transient.Mark(fmt.Errorf("unexpected EOF from 10.0.0.7:5433")),
	}).Draw(t, "error")
	if rapid.Bool().Draw(t, "fault") {
		text := err.Error()
		err = &geo.InputError{File: path, Err: err, Message: geo.Text{ZH: text, EN: text}, Advice: geo.Text{ZH: text, EN: text}}
	}
	if rapid.Bool().Draw(t, "wrapped") {
		err = fmt.Errorf("base data at %s: %w", path, err)
	}
	if rapid.Bool().Draw(t, "joined") {
		err = errors.Join(fmt.Errorf("rollback: conn closed"), err)
	}
	return err
})

// TestUnavailable: whatever transient failure occurs, wherever a request meets
// it, the answer is 503, says when to come back, and tells nothing of where the
// service keeps its things; the log does.
func TestUnavailable(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{noSpeak: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	k := s.checked(samplePlan(t, goodPlan))
	other := samplePlan(t, badPlan)
	routes := []struct {
		method, path string
		calls        []call
	}{
		{"GET", "/v1/plans", nil}, {"GET", "/v1/plans/" + k.Plan, nil}, {"GET", "/v1/plans/" + k.Plan + "/package", nil},
		{"GET", "/v1/checks", nil}, {"GET", k.Links["self"], nil}, {"GET", k.Links["events"], nil}, {"GET", k.Links["report"], nil},
		{"GET", k.Links["findings"], nil}, {"GET", k.Links["ledger"], nil}, {"GET", "/v1/counties", nil}, {"GET", "/v1/me", nil},
		{"GET", "/v1/tokens", nil}, {"GET", "/v1/audit", nil}, {"GET", "/v1/ogc/collections", nil},
		{"POST", "/v1/plans/" + k.Plan + "/checks", nil}, {"DELETE", k.Links["self"], nil},
		{"POST", "/v1/plans", []call{sending("application/zip", other)}},
		{"POST", "/v1/tokens", []call{sendingJSON(`{"name": "x", "role": "admin", "prefix": ""}`)}},
	}
	defer m.set(nil)
	rapid.Check(t, func(rt *rapid.T) {
		err := unavailable.Draw(rt, "what")
		m.set(func(context.Context, string) error { return err })
		r := rapid.SampledFrom(routes).Draw(rt, "route")
		a := s.do(r.method, r.path, r.calls...)
		if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || !strings.Contains(string(a.body), `"urn:landcheck:problem:unavailable"`) {
			rt.Fatalf("%s %s: %d %v %s", r.method, r.path, a.status, a.header, a.body)
		}
		answer := string(a.body) + fmt.Sprint(a.header)
		for _, secret := range secrets {
			if strings.Contains(answer, secret) {
				rt.Fatalf("%s %s tells %q: %s", r.method, r.path, secret, answer)
			}
		}
		for _, path := range []string{"/healthz", "/"} { // need no store
			if a := s.do("GET", path); a.status != http.StatusOK {
				rt.Fatalf("%s: %d", path, a.status)
			}
		}
		if a := s.do("GET", "/readyz"); a.status != http.StatusServiceUnavailable || !json.Valid(a.body) {
			rt.Fatalf("/readyz: %d %s", a.status, a.body)
		}
	})
	if log := s.log.String(); !strings.Contains(log, "hunter2") || !strings.Contains(log, "/srv/landcheck/data") {
		t.Error("the log lacks what exactly was wrong")
	}
}
