package api_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landcheck/api/store"
	"landcheck/rules/domain"
	"landcheck/rules/report"
	"landcheck/rules/result"
)

// TestOverview: it says of every rule what the report says, without findings,
// and where to draw the plan.
func TestOverview(t *testing.T) {
	t.Parallel()
	eachStore(t, setup{}, overviewOf)
}

func overviewOf(t *testing.T, s *service) {
	k := s.checked(samplePlan(t, badPlan))
	var whole result.Report
	s.get(k.Links["report"]).wants(200).into(&whole)
	a := s.get(k.Links["self"] + "/overview").wants(200)
	var o struct {
		report.Overview
		Townships map[string]string `json:"townships"`
		Map       struct {
			EPSG int       `json:"epsg"`
			Proj string    `json:"proj"`
			BBox []float64 `json:"bbox"`
		} `json:"map"`
		Tolerance map[string]float64 `json:"tolerance"`
		First     struct {
			Items []result.Finding `json:"items"`
			Total int              `json:"total"`
		} `json:"first"`
	}
	a.into(&o)
	if o.Verdict != whole.Verdict || o.Summary != whole.Summary || len(o.Rules) != len(whole.Rules) || len(o.Form) < 20 {
		t.Errorf("%s, %+v, %d rules, %d rows of the form", o.Verdict, o.Summary, len(o.Rules), len(o.Form))
	}
	for _, r := range whole.Rules {
		for _, mine := range o.Rules {
			if mine.ID != r.ID {
				continue
			}
			n := 0
			for _, count := range mine.Findings {
				n += count
			}
			if n != len(r.Findings) || mine.Status != r.Status || len(mine.Measures)+mine.More != len(r.Measures) {
				t.Errorf("%s: %+v", r.ID, mine)
			}
			if r.ID == "pbf-township-cap" && (mine.Measures[0].Value.EN != "5.50 %" || mine.Measures[0].Limit.ZH != "上限 5.00 %" || !mine.Measures[0].Beyond) {
				t.Errorf("%+v", mine.Measures[0])
			}
		}
	}
	if strings.Contains(string(a.body), "MultiPolygon") {
		t.Error("the overview holds outlines")
	}
	if o.Map.EPSG != 4525 || !strings.Contains(o.Map.Proj, "+lon_0=111") || len(o.Map.BBox) != 4 || o.Townships["150123101"] == "" || o.Tolerance["area_m2"] != 1 {
		t.Errorf("%+v, %v, %v", o.Map, o.Townships, o.Tolerance)
	}
	if len(o.First.Items) != 2 || o.First.Total != 2 || o.First.Items[0].Status != domain.Fail {
		t.Errorf("%+v", o.First)
	}
	s.get(k.Links["self"]+"/overview", with("If-None-Match", a.header.Get("ETag"))).wants(304)
	s.get("/v1/checks/00000000-0000-7000-8000-000000000000/overview").problem(404, "not-found")
	s.get(k.Links["self"]+"/overview?x=1").problem(400, "bad-parameter")
}

// TestFindingsInBrief: several statuses at once, how many there are, and
// without what makes a page heavy.
func TestFindingsInBrief(t *testing.T) {
	t.Parallel()
	s := serve(t, "embedded", setup{})
	k := s.checked(samplePlan(t, badPlan))
	type page struct {
		Items []result.Finding `json:"items"`
		Total int              `json:"total"`
	}
	get := func(query string) (p page) {
		s.get(k.Links["findings"] + query).wants(200).into(&p)
		return p
	}
	all, bad, good := get(""), get("?status=fail,warn"), get("?status=pass")
	if all.Total != len(all.Items) || bad.Total+good.Total != all.Total || bad.Total == 0 || good.Total == 0 {
		t.Errorf("%d = %d + %d", all.Total, bad.Total, good.Total)
	}
	if p := get("?limit=1"); len(p.Items) != 1 || p.Total != all.Total {
		t.Errorf("%d of %d", len(p.Items), p.Total)
	}
	brief := get("?detail=list").Items
	for i, f := range all.Items {
		if b := brief[i]; b.ID != f.ID || b.Message != f.Message || b.Geometry != nil || len(b.Features) != 0 || len(b.Faces) != 0 {
			t.Errorf("%+v", b)
		}
		if f.Geometry == nil || len(f.Features) == 0 {
			t.Errorf("%s lost its outline", f.ID)
		}
	}
	s.get(k.Links["findings"]+"?status=fail,nonsense").problem(400, "bad-parameter")
	s.get(k.Links["findings"]+"?detail=none").problem(400, "bad-parameter")
}

// TestOverviewOfOlderProgram: a check whose run left no overview, or one that
// knew of no reservations, has a whole one all the same.
func TestOverviewOfOlderProgram(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(path string) error{
		"none":           os.Remove,
		"without a tone": func(path string) error { return os.WriteFile(path, []byte(`{"verdict":"compliant"}`), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, "embedded", setup{run: func(run store.Run) store.Run {
				return func(ctx context.Context, task store.Task) (store.Outcome, error) {
					out, err := run(ctx, task)
					return out, errors.Join(err, leave(filepath.Join(task.Dir, "overview.json")))
				}
			}})
			k := s.checked(samplePlan(t, badPlan))
			var o struct {
				Verdict   domain.Verdict
				Tone      string
				Remarks   []any
				Tolerance map[string]float64
			}
			s.get(k.Links["self"] + "/overview").wants(200).into(&o)
			if o.Verdict != domain.Violations || o.Tone != "against" || o.Remarks == nil || o.Tolerance["area_m2"] != 1 {
				t.Errorf("%+v", o)
			}
		})
	}
}
