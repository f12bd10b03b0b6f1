package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"landcheck/api/store"
	"landcheck/geo"
	"landcheck/rules/domain"

	"github.com/paulmach/orb"
)

// placesOf is how many places of a plan are held against its county.
const placesOf = 400

// inCounty refuses a plan whose project area lies mostly outside the townships
// of its county. The problem speaks of that county alone: in which other one
// the plan lies is not the caller's to know. A county without townships in its
// base data cannot tell.
func (s *Server) inCounty(ctx context.Context, county string, places []orb.Point) error {
	outline, err := s.outline(ctx, county)
	if err != nil || len(outline) == 0 || len(places) == 0 {
		return err
	}
	in := 0
	for _, p := range places {
		if outline.holds(p) {
			in++
		}
	}
	if 2*in >= len(places) {
		return nil
	}
	out := 100 * float64(len(places)-in) / float64(len(places))
	return &problem{status: http.StatusUnprocessableEntity, kind: "bad-input", field: "project.county",
		detail: geo.Textf("方案写明属于 %[1]s，而整治区域约 %.0[2]f%% 不在该旗县底图的乡镇之内", "the plan says it is of %[1]s, and about %.0[2]f %% of its project area lies outside the townships of that county", county, out),
		advice: geo.Text{ZH: "请改正 plan.yaml 的 project.county，或图层的坐标系（带号、单位）",
			EN: "Correct project.county in plan.yaml, or the layers' coordinate system (zone, units)"}}
}

// outline is the townships of a county, in degrees.
type outline []boxed

type boxed struct {
	box   orb.Bound
	shape orb.MultiPolygon
}

func (o outline) holds(p orb.Point) bool {
	for i := range o {
		if o[i].box.Contains(p) && geo.Locate(p, o[i].shape) != geo.Outside {
			return true
		}
	}
	return false
}

// outline of a county's current base data; nil without base data or townships.
func (s *Server) outline(ctx context.Context, county string) (_ outline, err error) {
	counties, err := s.Store.Counties(ctx, county)
	if err != nil || len(counties) == 0 {
		return nil, err
	}
	open, base, back, err := s.bases.use(ctx, county, counties[0].Version)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { back(err) }()
	return open.outline.get(func() (outline, error) {
		// Shared: not one caller's to cancel. A table that somebody has locked
		// holds an upload up no longer than any other request.
		reading, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.Limits.Timeout)
		defer cancel()
		towns, err := base.Near(reading, domain.Townships, geo.CRS{Kind: geo.Geographic}, nil)
		if err != nil && reading.Err() != nil {
			return nil, unavailable(err)
		}
		if err != nil {
			return nil, err
		}
		var all outline
		for _, t := range towns {
			if strings.HasPrefix(t.Code, county) {
				all = append(all, boxed{t.Box, t.Geometry})
			}
		}
		return all, nil
	})
}
