package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"landcheck/api/access"
	"landcheck/api/store"
	"landcheck/rules/domain"
	"landcheck/rules/result"

	"github.com/labstack/echo/v4"
)

// sightingsFile is what the run of a check leaves of its findings, so that those of
// many versions are held against each other without reading their reports.
const sightingsFile = "sightings.json"

// sighting is one finding of one check that somebody has to look at.
type sighting struct {
	ID     string        `json:"id"`
	Rule   string        `json:"rule"`
	Level  domain.Level  `json:"level"`
	Status domain.Status `json:"status"`
	Area   float64       `json:"area_m2"`
}

// sightingsIn are the findings of a report, but for those that pass.
func sightingsIn(r *result.Report) []sighting {
	all := []sighting{}
	for i := range r.Rules {
		rule := &r.Rules[i]
		for _, f := range rule.Findings {
			if f.Status != domain.Pass {
				all = append(all, sighting{f.ID, rule.ID, rule.Level, f.Status, f.Area})
			}
		}
	}
	return all
}

// leaveSightings writes them into the directory of a run.
func leaveSightings(dir string, r *result.Report) error {
	data, err := json.Marshal(sightingsIn(r))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, sightingsFile), data, 0o600)
}

// sightings of a check that is done; a run of an older program left none.
func (s *Server) sightings(c echo.Context, k store.Check) (all []sighting, err error) {
	file, err := s.Store.Artifact(c.Request().Context(), k.ID, sightingsFile)
	if store.IsAbsent(err) {
		r, err := s.results.For(c, k).Report()
		if err != nil {
			return nil, err
		}
		return sightingsIn(r), nil
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err == nil {
		err = json.Unmarshal(data, &all)
	}
	return all, err
}

// sighted is what the done checks of a project found, one after the other.
type sighted struct {
	newest string              // the last of them, "" where there is none
	now    map[string]sighting // what that finds
	gone   map[string]string   // finding → the last check that no longer found it
}

// mostSighted is how many checks of a project are looked at, the newest ones.
const mostSighted = 60

// sightedBytes is about what a finding takes in memory, in each check.
const sightedBytes, sightedMemory = 200, 64 << 20

// sightedIn is what the checks of a project that the caller sees found. Those of some
// sub-projects alone are left out: they find less, and nothing is fixed by that.
func (s *Server) sightedIn(c echo.Context, county, project string) (*sighted, error) {
	ctx := c.Request().Context()
	checks, err := s.Store.ListChecks(ctx, store.Query{Prefix: access.Who(c).Prefix, County: county, Project: project, State: store.Done})
	if err != nil {
		return nil, err
	}
	checks = slices.DeleteFunc(checks, func(k store.Check) bool { return len(k.SubProjects) > 0 })
	checks = checks[:min(len(checks), mostSighted)]
	slices.Reverse(checks)
	key := sha256.New()
	for _, k := range checks {
		fmt.Fprintln(key, k.ID)
	}
	return s.seen.Of(ctx, hex.EncodeToString(key.Sum(nil)), func() (*sighted, int64, error) {
		v, err := s.hold(c, checks)
		if err != nil {
			return nil, 0, err
		}
		return v, int64(len(v.now)+len(v.gone)+1) * sightedBytes, nil
	})
}

// hold holds checks against each other, the oldest first.
func (s *Server) hold(c echo.Context, checks []store.Check) (*sighted, error) {
	v := &sighted{now: map[string]sighting{}, gone: map[string]string{}}
	for _, k := range checks {
		if err := c.Request().Context().Err(); err != nil {
			return nil, err
		}
		all, err := s.sightings(c, k)
		if err != nil {
			return nil, err
		}
		now := make(map[string]sighting, len(all))
		for _, f := range all {
			now[f.ID] = f
		}
		for id := range v.now {
			if _, there := now[id]; !there {
				v.gone[id] = k.ID
			}
		}
		v.newest, v.now = k.ID, now
	}
	return v, nil
}

// state is what is held of a finding by what people said and what the checks found: it
// is fixed when the newest does not find it, and what was said holds until it was gone.
func (v *sighted) state(r store.Review, id string) store.FindingState {
	_, there := v.now[id]
	gone := v.gone[id]
	switch {
	case !there && gone != "":
		return store.FixedFinding
	case there && gone != "" && gone > r.Check:
		return store.ReopenedFinding
	}
	return r.State
}

// knows tells whether any check found it.
func (v *sighted) knows(id string) bool {
	_, there := v.now[id]
	return there || v.gone[id] != ""
}

// standing is what is held of the findings of one project.
type standing struct {
	*sighted
	reviews map[string]store.Review
}

// of is what was said of a finding, and its state.
func (v standing) of(id string) (store.Review, store.FindingState) {
	r, ok := v.reviews[id]
	if !ok {
		r.State = store.OpenFinding
	}
	return r, v.state(r, id)
}

// standingOf is what is held of the findings of a project.
func (s *Server) standingOf(c echo.Context, county, project string) (v standing, err error) {
	if v.sighted, err = s.sightedIn(c, county, project); err != nil {
		return v, err
	}
	all, err := s.Store.Reviews(c.Request().Context(), county, project)
	v.reviews = make(map[string]store.Review, len(all))
	for _, r := range all {
		v.reviews[r.Finding] = r
	}
	return v, err
}

// standingIn is what is held of the findings of a check's project.
func (s *Server) standingIn(c echo.Context, k store.Check) (v standing, project string, err error) {
	p, err := s.Store.Plan(c.Request().Context(), k.Plan)
	if err != nil {
		return v, "", err
	}
	project = store.ProjectOf(p)
	v, err = s.standingOf(c, k.County, project)
	return v, project, err
}

// settled tells of a finding that stands in nobody's way.
func settled(state store.FindingState) bool {
	return state == store.AcceptedFinding || state == store.FalseAlarm
}

// outgrew tells whether a finding is of another area than what was held of it: by
// more than a hundredth, and a square metre.
func outgrew(then, now float64) bool {
	d := now - then
	return max(d, -d) > 1 && max(d, -d) > 0.01*max(then, -then)
}
