package api_test

import (
	"net/http"
	"strings"
	"testing"

	"landcheck/api/store"
)

// TestDelete: who may delete a plan, what is gone then, and what stays.
func TestDelete(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin, reviewer := token(s.newToken(store.Admin, "15")), token(s.newToken(store.Reviewer, "15"))
		clerk, elsewhere := token(s.newToken(store.Submitter, "1501")), token(s.newToken(store.Admin, "1502"))
		p := s.upload(samplePlan(t, goodPlan), clerk)
		k := s.checked(samplePlan(t, goodPlan), clerk)
		other := s.checked(samplePlan(t, badPlan), admin)
		at := "/v1/plans/" + p.ID
		s.do("DELETE", at+"?reason=mine", elsewhere).problem(404, "not-found")
		s.do("DELETE", at, reviewer).problem(403, "forbidden")
		for _, query := range []string{"", "?reason=", "?reason=%20", "?reason=a%0ab", "?reason=" + strings.Repeat("x", 1001)} {
			if got := s.do("DELETE", at+query, admin).problem(400, "bad-parameter"); got.Field != "reason" {
				t.Errorf("%q: %+v", query, got)
			}
		}
		s.get(at, clerk).wants(200)
		s.do("DELETE", at, clerk).wants(204)
		for _, address := range []string{at, at + "/package", at + "/checks", "/v1/checks/" + k.ID, "/v1/checks/" + k.ID + "/report", "/v1/checks/" + k.ID + "/events",
			"/v1/checks/" + k.ID + "/findings", "/v1/checks/" + k.ID + "/ledger", "/v1/checks/" + k.ID + "/overview", "/v1/checks/" + k.ID + "/tiles",
			"/v1/checks/" + k.ID + "/diff/" + other.ID, "/v1/checks/" + other.ID + "/diff/" + k.ID, "/v1/ogc/collections/check." + k.ID + ".findings/items"} {
			s.get(address, clerk).problem(404, "not-found")
		}
		s.do("DELETE", at, clerk).problem(404, "not-found")
		s.do("DELETE", at+"?reason=again", admin).problem(404, "not-found")
		s.get("/v1/checks/"+other.ID+"/report", admin).wants(200)
		if again := s.upload(samplePlan(t, goodPlan), admin); again.ID != p.ID {
			t.Errorf("the same bytes are %s, were %s", again.ID, p.ID)
		}
		s.do("DELETE", at, clerk).problem(403, "forbidden") // another's now
		s.do("DELETE", at+"?reason=%E9%87%8D%E5%A4%8D", admin).wants(204)
		type entry struct{ Who, What, Object, Digest, Reason, Request string }
		var deleted []entry
		for _, e := range pages[entry](s, "/v1/audit", admin) {
			if e.What == "delete" {
				deleted = append(deleted, e)
			}
		}
		if len(deleted) != 2 || deleted[0].Reason != "重复" || deleted[1].Who != "submitter of 1501" || deleted[1].Object != p.ID || deleted[1].Digest != p.Digest || deleted[1].Request == "" {
			t.Errorf("the audit trail says %+v", deleted)
		}
	})
}

// TestDeleteStreams: the events of a check end with its plan.
func TestDeleteStreams(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true}, func(t *testing.T, s *service) {
		p := s.upload(samplePlan(t, goodPlan))
		var k checkAnswer
		s.order(p, "").wants(202).into(&k)
		events := s.listen(k.ID)
		first, ok := events.next()
		if !ok || first.check.State != "queued" {
			t.Fatalf("%+v, %t", first, ok)
		}
		s.do("DELETE", "/v1/plans/"+p.ID+"?reason=test").wants(204)
		last := first
		for e, ok := events.next(); ok; e, ok = events.next() {
			last = e
		}
		if last.check.State != "cancelled" {
			t.Errorf("the last event is %+v", last)
		}
	})
}

// TestQuota: a county whose room is used up is told what to delete; other
// counties go on, and what was uploaded before is still that plan.
func TestQuota(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{idle: true, also: "150124", quota: store.Quota{county: 1}}, func(t *testing.T, s *service) {
		a := s.do("POST", "/v1/plans", sending("application/zip", samplePlan(t, goodPlan)))
		if got := a.problem(http.StatusInsufficientStorage, "quota"); !strings.Contains(got.Advice, "DELETE /v1/plans/") || !strings.Contains(got.Advice, county) {
			t.Errorf("%+v", got)
		}
	})
	eachStore(t, setup{idle: true, quota: store.Quota{"": int64(len(samplePlan(t, goodPlan)))}}, func(t *testing.T, s *service) {
		p := s.upload(samplePlan(t, goodPlan))
		s.upload(samplePlan(t, goodPlan))
		s.do("POST", "/v1/plans", sending("application/zip", samplePlan(t, badPlan))).problem(507, "quota")
		s.order(p, "").problem(507, "quota")
		s.do("DELETE", "/v1/plans/"+p.ID+"?reason=room").wants(204)
		s.upload(samplePlan(t, goodPlan))
	})
}
