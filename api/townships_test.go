package api_test

import (
	"math"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/result"
)

// townshipAnswer is a county's ledger.
type townshipAnswer struct {
	BaseVersion int      `json:"base_version"`
	Limit       *float64 `json:"limit"`
	Townships   []struct {
		Code       string   `json:"code"`
		Designated float64  `json:"designated_m2"`
		Moved      float64  `json:"moved_m2"`
		MovedIn    float64  `json:"moved_in_m2"`
		Left       *float64 `json:"left_m2"`
		Projects   []struct {
			Code string  `json:"code"`
			Out  float64 `json:"pbf_out_m2"`
		} `json:"projects"`
	} `json:"townships"`
	Projects []store.LedgerEntry `json:"projects"`
}

// townshipCap is the rule of a report, and its measure of a township.
func townshipCap(t *testing.T, r *result.Report, township string) result.Measure {
	t.Helper()
	for _, rule := range r.Rules {
		for _, m := range rule.Measures {
			if rule.ID == "pbf-township-cap" && m.Scope.Code == township {
				return m
			}
		}
	}
	t.Fatalf("no measure of %s", township)
	return result.Measure{}
}

// TestTownshipLedger: what a project moves is entered by its check, counts in later
// checks of others, which say so, and not against its own versions; it stays when
// its plan goes, until somebody takes it out.
func TestTownshipLedger(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		admin, reviewer, clerk := token(s.newToken(store.Admin, "15")), token(s.newToken(store.Reviewer, "1501")), token(s.newToken(store.Submitter, "150123"))
		elsewhere := token(s.newToken(store.Reviewer, "1502"))
		at := "/v1/counties/" + county + "/ledger"
		reported := func(k checkAnswer) *result.Report {
			t.Helper()
			var r result.Report
			s.get("/v1/checks/"+k.ID+"/report", clerk).wants(200).into(&r)
			return &r
		}
		first := s.checked(samplePlan(t, goodPlan), clerk)
		own := townshipCap(t, reported(first), "150123101")
		if len(reported(first).Prior) != 0 {
			t.Error("something is registered already")
		}
		enter := func(body string, who call) *answer { return s.do("POST", at, sendingJSON(body), who) }
		var empty townshipAnswer
		s.get(at, clerk).wants(200).into(&empty)
		if empty.Limit == nil || *empty.Limit != 0.05 || len(empty.Townships) != 4 || len(empty.Projects) != 0 || empty.Townships[0].Designated != own.Terms["designated_m2"] {
			t.Errorf("%+v", empty)
		}
		s.get(at, elsewhere).problem(404, "not-found")
		enter(`{"check":"`+first.ID+`"}`, clerk).problem(403, "forbidden")
		enter(`{"check":"`+first.ID+`"}`, elsewhere).problem(404, "not-found")
		var p store.LedgerEntry
		enter(`{"check":"`+first.ID+`"}`, reviewer).wants(201).into(&p)
		enter(`{"check":"`+first.ID+`"}`, reviewer).wants(200)
		if p.Code != "150123-2026-01" || p.Check != first.ID || p.Moves[0].Township != "150123101" || p.Moves[0].Out != own.Terms["out_net_m2"] || p.Moves[0].In <= 0 {
			t.Errorf("%+v", p)
		}

		var full townshipAnswer
		s.get(at, clerk).wants(200).into(&full)
		west := full.Townships[0]
		if left := math.Floor(5*west.Designated)/100 - p.Moves[0].Out; west.Moved != p.Moves[0].Out || len(west.Projects) != 1 || west.Left == nil || math.Abs(*west.Left-left) > 0.011 || len(full.Projects) != 1 {
			t.Errorf("%+v, want %.2f left", west, left)
		}

		// What there is to move before a plan leaves it out.
		var room struct {
			Townships []struct {
				Code  string  `json:"code"`
				Moved float64 `json:"moved_m2"`
				Left  float64 `json:"left_m2"`
			} `json:"townships"`
		}
		s.get("/v1/counties/"+county+"/room?township=150123101", clerk).wants(200).into(&room)
		if len(room.Townships) != 1 || room.Townships[0].Left != *west.Left || room.Townships[0].Moved != west.Moved {
			t.Errorf("%+v, the ledger has %.2f left", room, *west.Left)
		}

		// Another project counts it; a version of itself does not.
		other := reported(s.checked(samplePlan(t, "04-compensation-justified.zip"), clerk))
		m := townshipCap(t, other, "150123101")
		if m.Terms["prior_out_m2"] != p.Moves[0].Out || m.Status != "fail" || !strings.Contains(m.Note.ZH, "150123-2026-01") || !strings.Contains(m.Note.EN, "township ledger") {
			t.Errorf("%+v %v", m, m.Note)
		}
		if len(other.Prior) == 0 || !other.Prior[0].Registered || other.Prior[0].PBFOut != p.Moves[0].Out {
			t.Errorf("%+v", other.Prior)
		}
		again := reported(s.checked(samplePlan(t, goodPlan), clerk))
		if m := townshipCap(t, again, "150123101"); m.Terms["prior_out_m2"] != 0 || len(again.Prior) != 0 {
			t.Errorf("its own: %+v %+v", m, again.Prior)
		}

		// What does not comply, is not there or is not this county's is refused.
		bad := s.checked(samplePlan(t, badPlan), clerk)
		enter(`{"check":"`+bad.ID+`"}`, reviewer).problem(409, "conflict")
		for body, field := range map[string]string{
			`{"check":"nobody"}`: "check", `{}`: "project", `{"check":"x","project":"y"}`: "check", `{"project":"a/b","moves":[]}`: "project", `{"project":"a"}`: "moves",
			`{"project":"a","moves":[{"township":"150124101","pbf_out_m2":1,"pbf_in_m2":0}]}`:                 "township",
			`{"project":"a","moves":[{"township":"150123101","pbf_out_m2":-1,"pbf_in_m2":0}]}`:                "moves",
			`{"project":"a","name":"\u0007","moves":[{"township":"150123101","pbf_out_m2":1,"pbf_in_m2":0}]}`: "name",
		} {
			if got := enter(body, reviewer).problem(422, "bad-body"); got.Field != field {
				t.Errorf("%s: %+v", body, got)
			}
		}
		s.do("POST", at, sending("text/plain", []byte(`{}`)), reviewer).problem(415, "unsupported-media-type")
		s.do("POST", "/v1/counties/150999/ledger", sendingJSON(`{}`), reviewer).problem(404, "not-found")

		// A project that was never checked here, by its figures.
		enter(`{"project":"150123-2024-02","name":"以前的项目","moves":[{"township":"150123102","pbf_out_m2":1000,"pbf_in_m2":1001.239}]}`, reviewer).wants(201)
		// The plan goes, its project stays.
		s.do("DELETE", "/v1/plans/"+first.Plan+"?reason=x", admin).wants(204)
		s.get(at, clerk).wants(200).into(&full)
		if len(full.Projects) != 2 || full.Projects[0].Code != "150123-2024-02" || full.Projects[0].Moves[0].In != 1001.24 || full.Projects[1].Check != first.ID {
			t.Errorf("%+v", full.Projects)
		}
		s.do("DELETE", at+"/150123-2026-01", clerk).problem(403, "forbidden")
		s.do("DELETE", at+"/150123-2026-01", elsewhere).problem(404, "not-found")
		s.do("DELETE", at+"/150123-2026-01?reason=%E6%92%A4%E5%9B%9E", reviewer).wants(204)
		s.do("DELETE", at+"/150123-2026-01", reviewer).problem(404, "not-found")
		back := reported(s.checked(samplePlan(t, "04-compensation-justified.zip"), clerk, with("Idempotency-Key", "back")))
		if m := townshipCap(t, back, "150123101"); m.Terms["prior_out_m2"] != 0 {
			t.Errorf("it is out, and counts: %+v", m)
		}
		type entry struct{ Who, What, Object, Digest, Reason string }
		var trail []entry
		for _, e := range pages[entry](s, "/v1/audit", admin) {
			if strings.HasPrefix(e.What, "ledger-") {
				trail = append(trail, e)
			}
		}
		if len(trail) != 3 || trail[0].What != "ledger-remove" || trail[0].Reason != "撤回" || trail[2].Object != "150123-2026-01" || trail[2].Digest != p.Digest || trail[2].Who != "reviewer of 1501" {
			t.Errorf("%+v", trail)
		}
	})
}
