package api_test

import (
	"context"
	"testing"
	"time"

	"landcheck/api/store"
)

// TestFlood: whoever asks for more checks than one may have waiting is told so,
// nobody else is; and another county's check does not wait for the flood, but
// for a worker.
func TestFlood(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{also: "150124", each: 20}, func(t *testing.T, s *service) {
		flood, other := s.newToken(store.Submitter, county), s.newToken(store.Submitter, "150124")
		p := s.upload(samplePlan(t, badPlan), token(flood))
		q := s.upload(replaced(t, samplePlan(t, goodPlan), "format: 1\nproject: {county: \"150124\"}\n"), token(other))
		var refused bool
		for range 60 {
			switch a := s.order(p, "", token(flood), with("Accept-Language", "en")); a.status {
			case 202:
			case 429:
				if got := a.problem(429, "busy"); got.Limit != "max-waiting-per-caller" || a.header.Get("Retry-After") == "" {
					t.Errorf("%+v", got)
				}
				refused = true
			default:
				t.Fatalf("%d %s", a.status, a.body)
			}
		}
		if !refused {
			t.Error("nothing was refused")
		}
		var k checkAnswer
		s.order(q, "", token(other), with("Prefer", "wait=60")).wants(200).into(&k)
		var flooded []checkAnswer
		for _, c := range pages[checkAnswer](s, "/v1/checks?county="+county, token(flood)) {
			if c.State == store.Queued || c.Finished != nil && c.Finished.After(*k.Started) {
				flooded = append(flooded, c)
			}
		}
		if len(flooded) < 10 {
			t.Skipf("the flood was over: %d", len(flooded)) // a machine faster than any we have
		}
		before := 0 // of the flood, taken up while it waited
		for _, c := range pages[checkAnswer](s, "/v1/checks?county="+county, token(flood)) {
			if c.Started != nil && c.Started.After(k.Created) && c.Started.Before(*k.Started) {
				before++
			}
		}
		if before > 2 { // those whose turn had come
			t.Errorf("%d checks of the flood went first", before)
		}
		t.Logf("it waited for %s", k.Started.Sub(k.Created).Round(time.Millisecond))
	})
}

// TestFloodOfOneCaller: of one county too, another caller's check waits for a
// worker, not for the flood; also where both have one name.
func TestFloodOfOneCaller(t *testing.T) {
	t.Parallel()
	for _, kind := range stores() {
		t.Run(kind, func(t *testing.T) {
			began, release := make(chan string, 64), make(chan struct{})
			s := serve(t, kind, setup{run: func(run store.Run) store.Run {
				return func(ctx context.Context, t store.Task) (store.Outcome, error) {
					began <- t.Check.ID
					select {
					case <-release:
					case <-ctx.Done():
						return store.Outcome{}, ctx.Err()
					}
					return run(ctx, t)
				}
			}})
			flood, other := s.newToken(store.Submitter, county), s.newToken(store.Submitter, county)
			p := s.upload(samplePlan(t, badPlan), token(flood))
			for range 12 {
				s.order(p, "", token(flood)).wants(202)
			}
			for range 2 { // as many as work
				<-began
			}
			var k checkAnswer
			s.order(p, "", token(other)).wants(202).into(&k)
			release <- struct{}{}
			if next := <-began; next != k.ID {
				t.Errorf("%s of the flood goes before %s", next, k.ID)
			}
			close(release)
		})
	}
}
