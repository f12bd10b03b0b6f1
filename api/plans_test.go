package api_test

import (
	"context"
	"errors"
	"testing"

	"landcheck/api/store"
)

// listedPlan is a plan as lists show it.
type listedPlan struct {
	ID     string
	Latest *checkAnswer
}

// TestLatestCheck: each plan comes with its newest check, however many checks
// of other plans came after it.
func TestLatestCheck(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		unchecked, p := s.upload(samplePlan(t, goodPlan)), s.upload(samplePlan(t, badPlan))
		var first, last checkAnswer
		s.order(p, "", with("Prefer", "wait=60")).wants(200).into(&first)
		latest := func() map[string]*checkAnswer {
			found := map[string]*checkAnswer{}
			for _, listed := range pages[listedPlan](s, "/v1/plans?limit=1") {
				found[listed.ID] = listed.Latest
				var shown listedPlan
				s.get("/v1/plans/" + listed.ID).wants(200).into(&shown)
				if (shown.Latest == nil) != (listed.Latest == nil) || shown.Latest != nil && shown.Latest.ID != listed.Latest.ID {
					t.Errorf("the list has %+v, the plan %+v", listed.Latest, shown.Latest)
				}
			}
			return found
		}
		if got := latest(); got[unchecked.ID] != nil || got[p.ID] == nil || got[p.ID].ID != first.ID || got[p.ID].Verdict != first.Verdict || got[p.ID].Links["report"] == "" {
			t.Errorf("%+v", got)
		}
		s.order(p, `{"stage": "proposal"}`, with("Prefer", "wait=60")).wants(200).into(&last)
		if got := latest(); got[p.ID] == nil || got[p.ID].ID != last.ID || got[p.ID].State != store.Done {
			t.Errorf("after %s comes %+v", last.ID, got[p.ID])
		}
	})
}

// TestLatestCheckFails: a list of which the checks cannot be read is no list of
// plans that nobody checked.
func TestLatestCheckFails(t *testing.T) {
	t.Parallel()
	faulty := &faultyStore{}
	s := serve(t, "embedded", setup{wrap: func(st store.Store) store.Store { faulty.Store = st; return faulty }})
	p := s.upload(samplePlan(t, goodPlan))
	faulty.set(func(_ context.Context, method string) error {
		if method == "LatestChecks" {
			return errors.New("no checks today")
		}
		return nil
	})
	for _, path := range []string{"/v1/plans", "/v1/plans/" + p.ID} {
		s.get(path).wants(500)
	}
}
