package api_test

import (
	"strings"
	"testing"

	"landcheck/api/store"
)

// TestUploadElsewhere: a plan that lies mostly outside the county that it names
// is refused, and not told where it lies; one that reaches over the border is
// taken, and checked without the neighbour whom the caller does not see.
func TestUploadElsewhere(t *testing.T) {
	t.Parallel()
	bases := map[string][]string{}
	for i := range 2 {
		bases[lands[i]] = []string{landBase(t, i)}
	}
	eachStore(t, setup{bases: bases}, func(t *testing.T, s *service) {
		caller := token(s.newToken(store.Submitter, lands[1]))
		for lang, says := range map[string]string{
			"zh": "方案写明属于 157223，而整治区域约 100% 不在该旗县底图的乡镇之内",
			"en": "the plan says it is of 157223, and about 100 % of its project area lies outside the townships of that county",
		} {
			a := s.do("POST", "/v1/plans", sending("application/zip", drawing{says: 1, project: 7, rest: 7}.zip()), caller, with("Accept-Language", lang))
			p := a.problem(422, "bad-input")
			if p.Detail != says || p.Field != "project.county" || !strings.Contains(p.Advice, "project.county") || strings.Contains(string(a.body), lands[0]) {
				t.Errorf("%s", a.body)
			}
		}
		over := east(1) - 430 // 3.3 of the nine columns lie in the neighbour
		k := s.checked(drawing{says: 1, project: over, rest: over}.zip(), caller)
		if k.Verdict != "violations" || len(k.Neighbours) > 0 {
			t.Errorf("%s with %q", k.Verdict, k.Neighbours)
		}
		wide := s.checked(drawing{says: 1, project: over, rest: over}.zip(), token(s.newToken(store.Reviewer, "15")))
		if len(wide.Neighbours) != 1 || wide.Neighbours[0] != lands[0] {
			t.Errorf("neighbours %q", wide.Neighbours)
		}
		s.get("/v1/checks/"+wide.ID, caller).problem(404, "not-found")
	})
}
