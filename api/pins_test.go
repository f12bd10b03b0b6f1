package api_test

import (
	"strings"
	"testing"

	"landcheck/api"
	"landcheck/rules/proving/kit"
	"landcheck/rules/result"
)

// requesting is a plan that asks for a rulebook.
func requesting(book string) []byte {
	p := kit.Clean()
	for _, l := range p.Layers {
		for _, r := range l.Rows {
			r.Shape = kit.Shift(r.Shape, 7, 3)
		}
	}
	m := p.Manifest
	m.Rulebook, m.County = book, lands[0]
	return p.Files().Zip("")
}

// TestDecreedRulebook: the service says which rulebook judges whom; a plan's
// wish is ignored and is told so, a request for another is refused.
func TestDecreedRulebook(t *testing.T) {
	t.Parallel()
	bases := map[string][]string{lands[0]: {landBase(t, 0)}}
	pins := []api.Pin{{Prefix: "", Book: "cn-2024"}, {Prefix: "157123", Book: "cn-2019-pilot"}, {Prefix: "15", Book: "nmg-2025"}}
	s := serve(t, "embedded", setup{bases: bases, decreed: true, pins: pins})
	judged := func(s *service, data []byte) (checkAnswer, result.Report) {
		t.Helper()
		k := s.checked(data)
		var r result.Report
		s.get("/v1/checks/" + k.ID + "/report").wants(200).into(&r)
		return k, r
	}
	k, r := judged(s, requesting("cn-2024"))
	if k.Rulebook != "cn-2019-pilot" || r.Rulebook.ID != k.Rulebook || r.Rulebook.ByPlan {
		t.Errorf("judged by %q, %+v", k.Rulebook, r.Rulebook)
	}
	told := ""
	for _, n := range r.Inputs {
		told += n.Message.ZH + n.Message.EN
	}
	if !strings.Contains(told, "方案要求用规则册 cn-2024，未采用") || !strings.Contains(told, "asks for the rulebook cn-2024") {
		t.Errorf("inputs: %s", told)
	}
	var p struct {
		Decreed string `json:"decreed_rulebook"`
	}
	if s.get("/v1/plans/" + k.Plan).wants(200).into(&p); p.Decreed != "cn-2019-pilot" {
		t.Errorf("decreed %q", p.Decreed)
	}
	order := func(book string) *answer {
		return s.do("POST", "/v1/plans/"+k.Plan+"/checks", sendingJSON(`{"rulebook": "`+book+`"}`), with("Accept-Language", "en"), with("Prefer", "wait=60"))
	}
	order("cn-2019-pilot").wants(200)
	if q := order("cn-2024").problem(422, "bad-body"); q.Field != "rulebook" || !strings.Contains(q.Detail, "157123 by the rulebook cn-2019-pilot") || !strings.Contains(q.Advice, "--plan-rulebooks") {
		t.Errorf("%+v", q)
	}

	s = serve(t, "embedded", setup{bases: bases, pins: pins})
	if k, r := judged(s, requesting("cn-2024")); r.Rulebook.ID != "cn-2024" || !r.Rulebook.ByPlan || k.Rulebook != "" {
		t.Errorf("chosen by the plan: %q, %+v", k.Rulebook, r.Rulebook)
	}
	if k, r := judged(s, requesting("")); r.Rulebook.ID != "cn-2019-pilot" || r.Rulebook.ByPlan || k.Rulebook != "cn-2019-pilot" {
		t.Errorf("chosen by nobody: %q, %+v", k.Rulebook, r.Rulebook)
	}
	if _, err := api.New(api.Config{Store: s.store, Pins: []api.Pin{{Prefix: "15", Book: "nobody"}}}); err == nil {
		t.Error("a pin to no rulebook is taken")
	}
}
