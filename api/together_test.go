package api_test

import (
	"fmt"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/result"
)

// TestTogether: checks that are done are held against each other, as on the
// command line; what a caller does not see is not there.
func TestTogether(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		clerk, elsewhere := token(s.newToken(store.Submitter, "150123")), token(s.newToken(store.Admin, "1502"))
		a, b := s.checked(samplePlan(t, goodPlan), clerk), s.checked(samplePlan(t, "03-compensation-outside-project.zip"), clerk)
		again := s.checked(samplePlan(t, goodPlan), clerk)
		ask := func(who call, ids ...string) *answer {
			return s.do("POST", "/v1/together", sendingJSON(fmt.Sprintf(`{"checks":["%s"]}`, strings.Join(ids, `","`))), who)
		}
		var found result.Together
		ask(clerk, a.ID, b.ID, again.ID, a.ID).wants(200).into(&found)
		rules := map[string]result.RuleResult{}
		for _, r := range found.Rules {
			rules[r.ID] = r
		}
		if area := rules["together-area"].Findings; len(area) != 1 || area[0].Packages[0] != a.ID || area[0].Packages[1] != b.ID || area[0].Area < 9e6 || area[0].Geometry == nil {
			t.Errorf("%+v", area)
		}
		if len(rules["together-out"].Findings) == 0 || len(rules["together-papers"].Findings) != 0 || rules["together-township-cap"].Status != "fail" {
			t.Errorf("%+v", found.Summary)
		}
		if p := found.Packages; len(p) != 3 || p[2].CopyOf != a.ID || len(rules["together-same-project"].Findings) != 1 {
			t.Errorf("%+v", p)
		}
		s.do("POST", "/v1/together", sending("text/plain", []byte(`{}`)), clerk).problem(415, "unsupported-media-type")
		for _, bad := range []*answer{ask(clerk, a.ID), ask(clerk, a.ID, a.ID), ask(clerk, a.ID, "nobody"), ask(elsewhere, a.ID, b.ID)} {
			if got := bad.problem(422, "bad-body"); got.Field != "checks" {
				t.Errorf("%+v", got)
			}
		}
	})
}
