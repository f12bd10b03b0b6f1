package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestBrokenOff: an answer that cannot be read to its end does not look whole
// to who asked for it, however it was packed.
func TestBrokenOff(t *testing.T) {
	m := &mischief{}
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
	for end := time.Now().Add(20 * time.Second); s.metric("landcheck_requests_running") != 1; time.Sleep(5 * time.Millisecond) { // this one
		if time.Now().After(end) {
			t.Fatal("an answer that broke off is still counted as running")
		}
	}
}
