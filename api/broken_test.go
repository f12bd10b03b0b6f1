package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"landcheck/api/store"
)

// TestBrokenOff: an answer that cannot be read to its end does not look whole
// to who asked for it, however it was packed.
func TestBrokenOff(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{noSpeak: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	k := s.checked(samplePlan(t, badPlan))
	read := func(calls ...call) (int, error) {
		t.Helper()
		a, err := s.client.Do(s.request(http.MethodGet, k.Links["report"], calls...))
		if err != nil {
			return 0, err
		}
		defer a.Body.Close()
		if a.StatusCode != http.StatusOK {
			t.Errorf("status %d", a.StatusCode)
		}
		body, err := io.ReadAll(a.Body)
		return len(body), err
	}
	for _, encoding := range []string{"identity", "gzip"} {
		m.set(nil)
		if _, err := read(with("Accept-Encoding", encoding)); err != nil {
			t.Fatal(err)
		}
		m.set(func(_ context.Context, method string) error {
			if method == "Read" {
				return errors.New("the disk is gone")
			}
			return nil
		})
		if n, err := read(with("Accept-Encoding", encoding)); err == nil {
			t.Errorf("%s: half a report looks whole, %d bytes", encoding, n)
		}
	}
	m.set(nil)
	if log := s.log.String(); strings.Count(log, "response broken off") != 2 || strings.Count(log, `"route":"/v1/checks/:id/report"`) != 4 {
		t.Errorf("log %s", log)
	}
	for end := time.Now().Add(patience); s.metric("landcheck_requests_running") != 1; time.Sleep(5 * time.Millisecond) { // this one
		if time.Now().After(end) {
			t.Fatal("an answer that broke off is still counted as running")
		}
	}
}

// TestHangUp: what was done is in the audit trail, also when who asked for it
// did not wait for the answer.
func TestHangUp(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{idle: true, noSpeak: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	hangUp := func(path string, calls ...call) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		heard := make(chan error, 1)
		m.set(func(ctx context.Context, method string) error {
			switch method {
			case "added":
				cancel()
				select {
				case <-ctx.Done():
					heard <- nil
				case <-time.After(patience):
					heard <- errors.New("the service does not notice")
				}
			case "Record":
				return ctx.Err() // as a database says
			}
			return nil
		})
		if _, err := s.client.Do(s.request("POST", path, calls...).WithContext(ctx)); err == nil {
			t.Error("there is an answer")
		}
		if err := <-heard; err != nil {
			t.Fatal(err)
		}
	}
	hangUp("/v1/plans", sending("application/zip", samplePlan(t, goodPlan)))
	m.set(nil)
	p := s.upload(samplePlan(t, goodPlan))
	hangUp(p.Links["checks"])
	s.stop() // the requests have ended
	all, err := s.store.Entries(t.Context(), store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, e := range all {
		did = append(did, e.What)
	}
	if got := strings.Join(did, " "); got != "check upload upload" {
		t.Errorf("the trail has: %s", got)
	}
}

// TestWaitFails: a check that was queued is queued, also where it cannot be
// waited for.
func TestWaitFails(t *testing.T) {
	t.Parallel()
	m := &faultyStore{}
	s := serve(t, "embedded", setup{idle: true, wrap: func(st store.Store) store.Store { m.Store = st; return m }})
	p := s.upload(samplePlan(t, goodPlan))
	m.set(func(ctx context.Context, method string) error {
		if method != "Watch" {
			return nil
		}
		<-ctx.Done() // the database is slow
		return ctx.Err()
	})
	var k checkAnswer
	a := s.order(p, "", with("Prefer", "wait=1")).wants(202)
	a.into(&k)
	if k.State != store.Queued || a.header.Get("Location") != "/v1/checks/"+k.ID {
		t.Errorf("%+v %v", k, a.header)
	}
}
