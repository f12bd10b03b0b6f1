package api

import (
	"context"
	"net/http"

	"landcheck/api/problem"
	"landcheck/geo"

	"github.com/paulmach/orb"
)

// placesOf is how many places of a plan are held against its county.
const placesOf = 400

// inCounty refuses a plan whose project area lies mostly outside the townships
// of its county. The problem speaks of that county alone: in which other one
// the plan lies is not the caller's to know. A county without townships in its
// base data cannot tell.
func (s *Server) inCounty(ctx context.Context, county string, places []orb.Point) error {
	outline, err := s.bases.Outline(ctx, county, s.Limits.Timeout)
	if err != nil || len(outline) == 0 || len(places) == 0 {
		return err
	}
	in := 0
	for _, p := range places {
		if outline.Holds(p) {
			in++
		}
	}
	if 2*in >= len(places) {
		return nil
	}
	out := 100 * float64(len(places)-in) / float64(len(places))
	return &problem.Error{Status: http.StatusUnprocessableEntity, Kind: "bad-input", Field: "project.county",
		Detail: geo.Textf("方案写明属于 %[1]s，而整治区域约 %.0[2]f%% 不在该旗县底图的乡镇之内", "the plan says it is of %[1]s, and about %.0[2]f %% of its project area lies outside the townships of that county", county, out),
		Advice: geo.Text{ZH: "请改正 plan.yaml 的 project.county，或图层的坐标系（带号、单位）",
			EN: "Correct project.county in plan.yaml, or the layers' coordinate system (zone, units)"}}
}
