package api_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"landcheck/api/store"
)

// TestBlocked: a plan that ended the processes of two runs is shown as blocked
// and refused in words, until an administrator, who alone may, unblocks it.
func TestBlocked(t *testing.T) {
	t.Parallel()
	var healthy atomic.Bool
	crash := func(run store.Run) store.Run {
		return func(ctx context.Context, t store.Task) (store.Outcome, error) {
			if healthy.Load() {
				return run(ctx, t)
			}
			return store.Outcome{}, fmt.Errorf("%w: signal: aborted", store.ErrCrashed)
		}
	}
	eachStore(t, setup{run: crash}, func(t *testing.T, s *service) {
		healthy.Store(false)
		admin, submitter := token(s.newToken(store.Admin, "15")), token(s.newToken(store.Submitter, "15"))
		elsewhere := token(s.newToken(store.Admin, "16"))
		p := s.upload(samplePlan(t, goodPlan), submitter)
		s.do("DELETE", "/v1/plans/"+p.ID+"/block", admin).problem(409, "conflict")
		var k checkAnswer
		s.order(p, "", submitter, with("Prefer", "wait=60")).wants(200).into(&k)
		if k.State != store.Failed || k.Attempt != 2 || k.Problem == nil || k.Problem.Detail != store.Blocked(nil).Message {
			t.Errorf("%+v %+v", k, k.Problem)
		}
		var shown struct {
			Blocked bool
			Crashes int
		}
		s.get("/v1/plans/"+p.ID, submitter).wants(200).into(&shown)
		if !shown.Blocked || shown.Crashes != 2 {
			t.Errorf("%+v", shown)
		}
		refused := s.order(p, "", submitter, with("Accept-Language", "en")).problem(409, "blocked")
		if refused.Advice != store.Blocked(nil).Advice.EN {
			t.Errorf("%+v", refused)
		}
		if zh := s.order(p, "", submitter).problem(409, "blocked"); zh.Title != "方案已停止核查" {
			t.Errorf("%+v", zh)
		}
		s.do("DELETE", "/v1/plans/"+p.ID+"/block", submitter).problem(403, "forbidden")
		s.do("DELETE", "/v1/plans/"+p.ID+"/block", elsewhere).problem(404, "not-found")
		s.do("DELETE", "/v1/plans/"+p.ID+"/block?x=1", admin).problem(400, "bad-parameter")
		s.do("DELETE", "/v1/plans/"+p.ID+"/block", admin).wants(200)
		healthy.Store(true)
		s.order(p, "", submitter, with("Prefer", "wait=60")).wants(200).into(&k)
		if k.State != store.Done {
			t.Errorf("%+v", k)
		}
		var trail list[store.Entry]
		s.get("/v1/audit", admin).wants(200).into(&trail)
		for _, e := range trail.Items {
			if e.What == "unblock" && e.Object == p.ID && e.County == county {
				return
			}
		}
		t.Errorf("the trail does not have it: %+v", trail.Items)
	})
}
