package api_test

import (
	"testing"
)

func TestUpload(t *testing.T) {
	eachStore(t, setup{}, func(t *testing.T, s *service) {
		data := samplePlan(t, goodPlan)
		a := s.do("POST", "/v1/plans", sending("application/zip", data)).wants(201)
		var p planAnswer
		a.into(&p)
		if a.header.Get("Location") != "/v1/plans/"+p.ID || p.County != county || p.Size != int64(len(data)) {
			t.Errorf("%+v", p)
		}
		k := s.checked(data)
		t.Log(k.Verdict)
	})
}
