package repair

import (
	"context"
	"fmt"
	"slices"

	"landcheck/geo"
	"landcheck/rules/domain"
	"landcheck/rules/ledger"
	"landcheck/rules/plan"
	"landcheck/rules/room"

	"github.com/paulmach/orb"
)

// How much land that might come in is looked at: the first candidates, and as
// many more as twice what is short takes.
const (
	fewCandidates  = exactly
	mostCandidates = 1000
)

// extension is a plan with land that might be brought into PBF as well.
type extension struct {
	ledger *ledger.Ledger
	absent map[*plan.Change]bool // what is not in the plan yet
}

// extend gives the plan candidates of a part of the county, those of the project
// area first; nil where there are none. short is how much PBF is wanting, m².
func (s *suggester) extend(ctx context.Context, short float64, project bool) (*extension, error) {
	q := room.Request{Base: s.Base, Book: s.Book, Jobs: s.Jobs}
	if project {
		q.Area, q.AreaCRS = s.first.plan.Project, s.first.plan.CRS
	}
	found, err := room.Survey(ctx, q)
	if err != nil {
		if _, wrong := geo.AsInputError(err); wrong { // base data that tells of no such land
			return nil, nil
		}
		return nil, err
	}
	way, err := geo.NewTransform(found.CRS, s.first.plan.CRS)
	if err != nil {
		return nil, err
	}
	p, added, net := *s.first.plan, []plan.Change{}, 0.0
	free := s.freeLand()
	for i := range found.In {
		c := &found.In[i]
		if len(added) >= fewCandidates && net >= 2*short || len(added) == mostCandidates {
			break
		}
		shape, err := way.MultiPolygon(orb.MultiPolygon{c.Geometry})
		if err != nil {
			return nil, err
		}
		if !free(geo.Bound(shape)) || s.first.plan.County != "" && c.Township[:6] != s.first.plan.County {
			continue
		}
		added, net = append(added, s.broughtIn(c, shape, len(added)+1)), net+c.Net
	}
	if len(added) == 0 {
		return nil, nil
	}
	p.Changes, p.StatesAfter = slices.Concat(p.Changes, added), false
	slices.SortStableFunc(p.Changes, func(a, b plan.Change) int { return plan.CompareRoles(a.Role, b.Role) })
	at, err := s.build(ctx, &p)
	if err != nil {
		return nil, err
	}
	e := &extension{ledger: at, absent: map[*plan.Change]bool{}}
	for i := range at.Plan.Changes {
		if c := &at.Plan.Changes[i]; c.File == addedFile {
			e.absent[c] = true
		}
	}
	return e, nil
}

// freeLand tells whether no change of the plan comes near a box.
func (s *suggester) freeLand() func(orb.Bound) bool {
	boxes := make([]orb.Bound, len(s.first.plan.Changes))
	for i := range boxes {
		boxes[i] = geo.Bound(s.first.plan.Changes[i].Geometry)
	}
	index := geo.NewIndex(boxes)
	return func(b orb.Bound) bool {
		free := true
		index.Search(b, func(int) bool {
			free = false
			return false
		})
		return free
	}
}

// addedFile is where land that a suggestion brings in says that it stands: in no
// file of the package.
const addedFile = Mark

// broughtIn is a candidate as a change. It is accepted on the first day on which
// land is taken out, which is the last that compensates first.
func (s *suggester) broughtIn(c *room.Candidate, shape orb.MultiPolygon, n int) plan.Change {
	out := plan.Change{Exists: true, Feature: plan.Feature{Role: domain.PBFIn, File: addedFile, Record: n, ID: fmt.Sprintf("JY%03d-%s", n, c.ID), Geometry: shape}}
	if len(out.ID) > 18 { // as BSM has room
		out.ID = fmt.Sprintf("JY%03d", n)
	}
	out.Traits.Grade, out.Declared = c.Grade, plan.Number{Value: geo.RoundArea(c.Area), Known: true}
	for i := range s.first.plan.Changes {
		x := &s.first.plan.Changes[i]
		if x.Role != domain.PBFOut {
			continue
		}
		if x.Date != "" && (out.Date == "" || x.Date < out.Date) {
			out.Date = x.Date
		}
		if x.Year != 0 && (out.Year == 0 || x.Year < out.Year) {
			out.Year = x.Year
		}
	}
	if out.Date != "" {
		fmt.Sscanf(out.Date[:4], "%d", &out.Year)
	}
	return out
}
